import { CRON_WORKFLOWS, WORKFLOWS } from './argo';
import { AGENTS, CRON_JOBS, JOBS, PODS, SERVERS } from './core';
import { JOB_SETS, LEADER_WORKER_SETS, VOLCANO_JOBS } from './gangs';
import { SCALED_JOBS } from './keda';
import type { KindReader } from './kind-reader';
import { INFERENCE_SERVICES, LLM_INFERENCE_SERVICES, SELDON_DEPLOYMENTS } from './kserve';
import { NOTEBOOKS, TRAIN_JOBS, TRAINING_JOBS, TRAINING_RUNTIMES } from './kubeflow';
import { RAY_CLUSTERS, RAY_JOBS, RAY_SERVICES } from './ray';

/** Every kind that carries pods. */
export const KIND_READERS: readonly KindReader[] = [
  PODS,
  ...SERVERS,
  ...AGENTS,
  JOBS,
  CRON_JOBS,
  TRAINING_JOBS,
  TRAIN_JOBS,
  TRAINING_RUNTIMES,
  NOTEBOOKS,
  JOB_SETS,
  LEADER_WORKER_SETS,
  VOLCANO_JOBS,
  RAY_JOBS,
  RAY_CLUSTERS,
  RAY_SERVICES,
  INFERENCE_SERVICES,
  LLM_INFERENCE_SERVICES,
  SELDON_DEPLOYMENTS,
  WORKFLOWS,
  CRON_WORKFLOWS,
  SCALED_JOBS,
];
