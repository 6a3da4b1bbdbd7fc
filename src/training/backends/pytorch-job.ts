import type { PyTorchJobSpec, PyTorchJobSpecElasticPolicy } from '../../../imports/kubeflow.org';
import { TrainingBackend } from '../../cluster/settings';
import { TRAINING_JOB_NAME_LABEL, TRAINING_REPLICA_INDEX_LABEL } from '../../kinds/labels';
import type { ElasticSettings } from '../frameworks/elastic';
import type { BackendStrategy, Gang } from './gang';
import { gangNetworkPolicy } from './companions';
import { gangAffinity, RENDEZVOUS_BACKEND, rendezvousConf, rendezvousVariables } from './rendezvous';
import { boundedTemplate, operatorRunPolicy } from './training-operator';

const CONTAINER = 'pytorch';
const PORT_NAME = 'pytorchjob-port';
const PORT = 23456;
const INJECTED_ELASTIC = ['PET_RDZV_BACKEND', 'PET_RDZV_ENDPOINT', 'PET_MAX_RESTARTS'];

/**
 * PyTorchJob of the Kubeflow Training Operator v1, without a Master.
 *
 * With a Master the operator adds an init container without a security context to the workers, which a namespace at the level
 * `restricted` refuses. Without one it sets only the sizes; the address of worker 0 comes from us. Containers restart one by
 * one on their nodes; the operator counts the restarts of all pods together. An elastic one has succeeded for the operator when its
 * first pod has, which our script therefore holds back until the run is complete.
 *
 * @see https://www.kubeflow.org/docs/components/trainer/legacy-v1/user-guides/pytorch/
 */
export const pytorchJob: BackendStrategy = {
  kind: TrainingBackend.PYTORCH_JOB,

  podOptions: (plan) => ({
    containerName: CONTAINER,
    runLabel: TRAINING_JOB_NAME_LABEL,
    ports: [{ name: PORT_NAME, containerPort: PORT }],
    podAffinity: gangAffinity(plan, TRAINING_JOB_NAME_LABEL),
    env: rendezvousVariables(
      plan,
      { rankField: `metadata.labels['${TRAINING_REPLICA_INDEX_LABEL}']`, address: '$(RUN)-worker-0', port: PORT },
      false,
    ),
    injectedEnv: [
      'PET_NNODES',
      'PET_NPROC_PER_NODE',
      'PYTHONUNBUFFERED',
      'MASTER_ADDR',
      'MASTER_PORT',
      'WORLD_SIZE',
      'RANK',
      ...(plan.elastic ? INJECTED_ELASTIC : []),
    ],
  }),

  supports: () => [],

  longestDerivedName: (objectName, { roles: [{ replicas }] }) => `${objectName}-worker-${replicas - 1}`,

  workload: (gang) => ({
    apiVersion: 'kubeflow.org/v1',
    kind: 'PyTorchJob',
    metadata: gang.metadata,
    spec: pytorchJobSpec(gang),
  }),

  companions: (gang) => [gangNetworkPolicy(gang)],
};

function pytorchJobSpec({ roles, run, elastic }: Gang): PyTorchJobSpec {
  const [{ replicas, processesPerReplica, pod }] = roles;
  return {
    elasticPolicy: elastic && elasticPolicy(elastic, replicas),
    nprocPerNode: String(processesPerReplica),
    pytorchReplicaSpecs: {
      Worker: { replicas, restartPolicy: 'OnFailure', template: boundedTemplate(pod, run) },
    },
    runPolicy: operatorRunPolicy(run, replicas),
  };
}

function elasticPolicy(elastic: ElasticSettings, maxReplicas: number): PyTorchJobSpecElasticPolicy {
  const conf = Object.entries(rendezvousConf(elastic)).map(([key, value]) => ({ key, value }));
  const { minNodes: minReplicas, maxRestarts } = elastic;
  return { rdzvBackend: RENDEZVOUS_BACKEND, minReplicas, maxReplicas, maxRestarts, rdzvConf: conf };
}
