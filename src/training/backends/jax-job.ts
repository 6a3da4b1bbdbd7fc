import type { JaxJobSpec } from '../../../imports/kubeflow.org';
import { TrainingBackend } from '../../cluster/settings';
import { TRAINING_JOB_NAME_LABEL, TRAINING_REPLICA_INDEX_LABEL } from '../../kinds/labels';
import type { BackendStrategy, Gang } from './gang';
import { gangNetworkPolicy } from './companions';
import { gangAffinity, rendezvousVariables } from './rendezvous';
import { boundedTemplate, operatorRunPolicy } from './training-operator';

const CONTAINER = 'jax';
const PORT_NAME = 'jaxjob-port';
const PORT = 6666;

/**
 * JAXJob of the Kubeflow Training Operator v1.
 *
 * Its variables have names of its own, which JAX does not read: those of every other backend are beside them.
 * Containers restart one by one on their nodes; the operator counts the restarts of all pods together.
 *
 * @see https://www.kubeflow.org/docs/components/trainer/legacy-v1/user-guides/jax/
 */
export const jaxJob: BackendStrategy = {
  kind: TrainingBackend.JAX_JOB,

  podOptions: (plan) => ({
    containerName: CONTAINER,
    runLabel: TRAINING_JOB_NAME_LABEL,
    ports: [{ name: PORT_NAME, containerPort: PORT }],
    podAffinity: gangAffinity(plan, TRAINING_JOB_NAME_LABEL),
    env: rendezvousVariables(
      plan,
      { rankField: `metadata.labels['${TRAINING_REPLICA_INDEX_LABEL}']`, address: '$(RUN)-worker-0', port: PORT },
      true,
    ),
    injectedEnv: ['PYTHONUNBUFFERED', 'COORDINATOR_ADDRESS', 'COORDINATOR_PORT', 'NUM_PROCESSES', 'PROCESS_ID'],
  }),

  supports: () => [],

  longestDerivedName: (objectName, { roles: [{ replicas }] }) => `${objectName}-worker-${replicas - 1}`,

  workload: (gang) => ({
    apiVersion: 'kubeflow.org/v1',
    kind: 'JAXJob',
    metadata: gang.metadata,
    spec: jaxJobSpec(gang),
  }),

  companions: (gang) => [gangNetworkPolicy(gang)],
};

function jaxJobSpec({ roles: [{ replicas, pod }], run }: Gang): JaxJobSpec {
  return {
    jaxReplicaSpecs: { Worker: { replicas, restartPolicy: 'OnFailure', template: boundedTemplate(pod, run) } },
    runPolicy: operatorRunPolicy(run, replicas),
  };
}
