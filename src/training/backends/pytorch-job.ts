import type { PodTemplateSpec } from '../../../imports/k8s';
import type { PyTorchJobSpec } from '../../../imports/kubeflow.org';
import { TrainingBackend } from '../../cluster/settings';
import { TRAINING_JOB_NAME_LABEL, TRAINING_REPLICA_INDEX_LABEL } from '../../kinds/labels';
import type { PodDescription } from '../../render/pod-description';
import { podTemplate } from '../../render/pod-template';
import type { RunBounds } from '../run-bounds';
import type { BackendStrategy, Gang } from './gang';
import { gangNetworkPolicy } from './companions';
import { gangAffinity, rendezvousVariables } from './rendezvous';

const CONTAINER = 'pytorch';
const PORT_NAME = 'pytorchjob-port';
const PORT = 23456;
/** What the deadline of the pods is later than that of the run, which the operator must find passed. */
const LATER_SECONDS = 10;

/**
 * PyTorchJob of the Kubeflow Training Operator v1, without a Master.
 *
 * With a Master the operator adds an init container without a security context to the workers, which a namespace at the level
 * `restricted` refuses. Without one it sets only the sizes; the address of worker 0 comes from us. Containers restart one by
 * one on their nodes; the operator counts the restarts of all pods together.
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

function pytorchJobSpec({ roles, run }: Gang): PyTorchJobSpec {
  const [{ replicas, processesPerReplica, pod }] = roles;
  return {
    nprocPerNode: String(processesPerReplica),
    pytorchReplicaSpecs: {
      Worker: { replicas, restartPolicy: 'OnFailure', template: boundedTemplate(pod, run) },
    },
    runPolicy: {
      activeDeadlineSeconds: run.activeDeadlineSeconds,
      // It fails the run when this number is reached, not passed; and with 0 for a disrupted pod too.
      backoffLimit: run.retries * replicas + 1,
      cleanPodPolicy: 'Running',
      ttlSecondsAfterFinished: run.ttlSeconds,
    },
  };
}

/**
 * The operator looks at the deadline of a run only when something happens to it. So that something does, the kubelet ends the
 * pods of a run that hangs.
 */
function boundedTemplate(pod: PodDescription, { activeDeadlineSeconds }: RunBounds): PodTemplateSpec {
  const { metadata, spec } = podTemplate(pod);
  return { metadata, spec: { ...spec!, activeDeadlineSeconds: activeDeadlineSeconds + LATER_SECONDS } };
}
