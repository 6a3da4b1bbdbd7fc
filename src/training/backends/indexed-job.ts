import type { JobSpec, ServiceSpec } from '../../../imports/k8s';
import { TrainingBackend } from '../../cluster/settings';
import { JOB_INDEX_LABEL, JOB_NAME_LABEL } from '../../kinds/labels';
import type { Manifest } from '../../render/api-object';
import { podTemplate } from '../../render/pod-template';
import { boundedJobSpec } from '../run-bounds';
import { memberLabels } from '../training-pod';
import type { BackendStrategy, Gang, GangPlan } from './gang';
import { gangNetworkPolicy, sharedMetadata } from './companions';
import { gangAffinity, RENDEZVOUS_PORT, rendezvousVariables } from './rendezvous';

/**
 * A plain Indexed Job with a headless Service; needs no operator.
 *
 * Pods restart one by one. When one of a gang dies its peers fail with it, so every retry of the run costs as many failures as
 * there are pods.
 *
 * @see https://kubernetes.io/docs/tasks/job/job-with-pod-to-pod-communication/
 */
export const indexedJob: BackendStrategy = {
  kind: TrainingBackend.INDEXED_JOB,

  podOptions: (plan) => ({
    restartPolicy: 'Never',
    runLabel: JOB_NAME_LABEL,
    subdomain: plan.baseName,
    ports: [{ name: 'rendezvous', containerPort: RENDEZVOUS_PORT }],
    podAffinity: gangAffinity(plan, JOB_NAME_LABEL),
    env: rendezvousVariables(plan, meeting(plan), true),
    injectedEnv: ['JOB_COMPLETION_INDEX'],
  }),

  supports: () => [],

  longestDerivedName: (objectName, { roles: [{ replicas }] }) => `${objectName}-${replicas - 1}`,

  workload: (gang) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: gang.metadata, spec: indexedJobSpec(gang) }),

  companions: (gang) => [headlessService(gang), gangNetworkPolicy(gang)],
};

/** The Job of a gang, for a Job of its own or inside a CronJob. */
export function indexedJobSpec({ roles, run }: Gang): JobSpec {
  const [{ replicas, pod }] = roles;
  return {
    completionMode: 'Indexed',
    completions: replicas,
    parallelism: replicas,
    ...boundedJobSpec(run, pod.main.name, replicas),
    template: podTemplate(pod),
  };
}

function meeting({ baseName }: GangPlan) {
  return { rankField: `metadata.labels['${JOB_INDEX_LABEL}']`, address: `$(RUN)-0.${baseName}`, port: RENDEZVOUS_PORT };
}

/** Gives every pod a host name. Published before pods are ready, since they become ready only after they have met. */
function headlessService(gang: Gang): Manifest {
  const spec: ServiceSpec = {
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    selector: memberLabels(gang.baseName),
    ports: [{ name: 'rendezvous', port: RENDEZVOUS_PORT }],
  };
  return { apiVersion: 'v1', kind: 'Service', metadata: sharedMetadata(gang), spec };
}
