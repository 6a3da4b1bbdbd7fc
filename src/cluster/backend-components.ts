import { Component, TrainingBackend } from './settings';

const COMPONENTS: { readonly [backend in TrainingBackend]: Component | undefined } = {
  [TrainingBackend.INDEXED_JOB]: undefined,
  [TrainingBackend.PYTORCH_JOB]: Component.TRAINING_OPERATOR,
  [TrainingBackend.JAX_JOB]: Component.TRAINING_OPERATOR,
  [TrainingBackend.XGBOOST_JOB]: Component.TRAINING_OPERATOR,
  [TrainingBackend.JOB_SET]: Component.JOBSET,
  [TrainingBackend.TF_JOB]: Component.TRAINING_OPERATOR,
  [TrainingBackend.TRAIN_JOB]: Component.TRAINER,
  [TrainingBackend.MPI_JOB]: Component.MPI_OPERATOR,
  [TrainingBackend.MPI_JOB_V1]: Component.TRAINING_OPERATOR,
  [TrainingBackend.RAY_JOB]: Component.KUBERAY,
  [TrainingBackend.VOLCANO_JOB]: Component.VOLCANO,
};

/** The operator that a backend needs; none for what Kubernetes itself runs. */
export function componentOf(backend: TrainingBackend): Component | undefined {
  return COMPONENTS[backend];
}
