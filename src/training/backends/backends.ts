import { TrainingBackend } from '../../cluster/settings';
import type { BackendStrategy } from './gang';
import { indexedJob } from './indexed-job';
import { jaxJob } from './jax-job';
import { jobSet } from './job-set';
import { mpiJob } from './mpi-job';
import { mpiJobV1 } from './mpi-job-v1';
import { pytorchJob } from './pytorch-job';
import { rayJob } from './ray-job';
import { tfJob } from './tf-job';
import { trainJob } from './train-job';
import { volcanoJob } from './volcano-job';
import { xgboostJob } from './xgboost-job';

/** A backend, and what the cluster must have for it. */
export interface KnownBackend {
  readonly strategy: BackendStrategy;
  /** Name of its kind in Kueue's configuration; Kueue knows no other way to manage it. */
  readonly kueueFramework?: string;
}

const BACKENDS: { readonly [kind in TrainingBackend]: KnownBackend } = {
  [TrainingBackend.INDEXED_JOB]: { strategy: indexedJob, kueueFramework: 'batch/job' },
  [TrainingBackend.PYTORCH_JOB]: { strategy: pytorchJob, kueueFramework: 'kubeflow.org/pytorchjob' },
  [TrainingBackend.JAX_JOB]: { strategy: jaxJob, kueueFramework: 'kubeflow.org/jaxjob' },
  [TrainingBackend.XGBOOST_JOB]: { strategy: xgboostJob, kueueFramework: 'kubeflow.org/xgboostjob' },
  [TrainingBackend.JOB_SET]: { strategy: jobSet, kueueFramework: 'jobset.x-k8s.io/jobset' },
  [TrainingBackend.TF_JOB]: { strategy: tfJob, kueueFramework: 'kubeflow.org/tfjob' },
  [TrainingBackend.TRAIN_JOB]: { strategy: trainJob, kueueFramework: 'trainer.kubeflow.org/trainjob' },
  [TrainingBackend.MPI_JOB]: { strategy: mpiJob, kueueFramework: 'kubeflow.org/mpijob' },
  // Kueue knows v2beta1 of the kind alone.
  [TrainingBackend.MPI_JOB_V1]: { strategy: mpiJobV1 },
  [TrainingBackend.RAY_JOB]: { strategy: rayJob, kueueFramework: 'ray.io/rayjob' },
  [TrainingBackend.VOLCANO_JOB]: { strategy: volcanoJob },
};

/** The backend of a kind. */
export function backendOf(kind: TrainingBackend): KnownBackend {
  return BACKENDS[kind];
}
