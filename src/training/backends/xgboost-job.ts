import type { XgBoostJobSpec } from '../../../imports/kubeflow.org';
import { TrainingBackend } from '../../cluster/settings';
import { TRAINING_JOB_NAME_LABEL } from '../../kinds/labels';
import type { BackendStrategy, Gang } from './gang';
import { gangNetworkPolicy } from './companions';
import { gangAffinity, rendezvousVariables } from './rendezvous';
import { boundedTemplate, operatorRunPolicy } from './training-operator';

const CONTAINER = 'xgboost';
const PORT_NAME = 'xgboostjob-port';
const PORT = 9999;

/**
 * XGBoostJob of the Kubeflow Training Operator v1: the first node is its Master, the others its Workers.
 *
 * The operator leaves the tracker to the program: a script of ours runs it on the first node. No label of a pod holds its number in the
 * whole gang, but a variable of the operator does, which the script reads. Containers restart one by one on their nodes; a pod that
 * is lost ends the run.
 *
 * @see https://www.kubeflow.org/docs/components/trainer/legacy-v1/user-guides/xgboost/
 */
export const xgboostJob: BackendStrategy = {
  kind: TrainingBackend.XGBOOST_JOB,
  hasFirstNode: true,

  podOptions: (plan) => ({
    containerName: CONTAINER,
    runLabel: TRAINING_JOB_NAME_LABEL,
    ports: [{ name: PORT_NAME, containerPort: PORT }],
    podAffinity: gangAffinity(plan, TRAINING_JOB_NAME_LABEL),
    env: rendezvousVariables(plan, { address: '$(RUN)-master-0', port: PORT }, true),
    injectedEnv: [
      'PYTHONUNBUFFERED',
      'MASTER_ADDR',
      'MASTER_PORT',
      'WORLD_SIZE',
      'RANK',
      'NODE_RANK',
      'WORKER_PORT',
      'WORKER_ADDRS',
    ],
  }),

  supports: () => [],

  longestDerivedName: (objectName, { roles: [{ replicas }] }) =>
    replicas > 1 ? `${objectName}-worker-${replicas - 2}` : `${objectName}-master-0`,

  workload: (gang) => ({
    apiVersion: 'kubeflow.org/v1',
    kind: 'XGBoostJob',
    metadata: gang.metadata,
    spec: xgboostJobSpec(gang),
  }),

  companions: (gang) => [gangNetworkPolicy(gang)],
};

function xgboostJobSpec({ roles: [{ replicas, pod }], run }: Gang): XgBoostJobSpec {
  const pods = (count: number) => ({
    replicas: count,
    restartPolicy: 'OnFailure',
    template: boundedTemplate(pod, run),
  });
  return {
    runPolicy: operatorRunPolicy(run, replicas),
    xgbReplicaSpecs: { Master: pods(1), ...(replicas > 1 ? { Worker: pods(replicas - 1) } : {}) },
  };
}
