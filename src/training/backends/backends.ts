import { Component, TrainingBackend } from '../../cluster/settings';
import type { BackendStrategy } from './gang';
import { indexedJob } from './indexed-job';
import { pytorchJob } from './pytorch-job';

/** A backend, and what the cluster must have for it. */
export interface KnownBackend {
  readonly strategy: BackendStrategy;
  /** Operator that runs it; none for a Job. */
  readonly component?: Component;
  /** Name of its kind in Kueue's configuration. */
  readonly kueueFramework: string;
}

const BACKENDS: { readonly [kind in TrainingBackend]: KnownBackend } = {
  [TrainingBackend.INDEXED_JOB]: { strategy: indexedJob, kueueFramework: 'batch/job' },
  [TrainingBackend.PYTORCH_JOB]: {
    strategy: pytorchJob,
    component: Component.TRAINING_OPERATOR,
    kueueFramework: 'kubeflow.org/pytorchjob',
  },
};

/** The backend of a kind. */
export function backendOf(kind: TrainingBackend): KnownBackend {
  return BACKENDS[kind];
}
