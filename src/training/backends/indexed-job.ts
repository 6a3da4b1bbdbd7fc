import type { EnvVar, JobSpec, ServiceSpec } from '../../../imports/k8s';
import { TrainingBackend } from '../../cluster/settings';
import {
  COMPLETIONS_EQUAL_PARALLELISM_ANNOTATION,
  JOB_INDEX_LABEL,
  JOB_NAME_LABEL,
  MIN_PARALLELISM_ANNOTATION,
} from '../../kinds/labels';
import type { Manifest } from '../../render/api-object';
import { podTemplate } from '../../render/pod-template';
import { boundedJobSpec } from '../run-bounds';
import { memberLabels } from '../training-pod';
import type { BackendStrategy, Gang, GangPlan } from './gang';
import { gangNetworkPolicy, sharedMetadata } from './companions';
import { gangAffinity, RENDEZVOUS_PORT, rendezvousVariables } from './rendezvous';
import { tfConfigProblems, tfConfigVariables } from './tf-config';

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
  // The Job of the tick that makes it has the other name.
  scheduledSuffix: '-gang',

  podOptions: (plan) => ({
    restartPolicy: 'Never',
    runLabel: JOB_NAME_LABEL,
    subdomain: plan.baseName,
    ports: [{ name: 'rendezvous', containerPort: RENDEZVOUS_PORT }],
    podAffinity: gangAffinity(plan, JOB_NAME_LABEL),
    env: variables(plan),
    injectedEnv: ['JOB_COMPLETION_INDEX'],
  }),

  supports: (gang) => tfConfigProblems(gang, `${gang.metadata.name}-${gang.roles[0].replicas}.${gang.baseName}`),

  longestDerivedName: (objectName, { roles: [{ replicas }] }) => `${objectName}-${replicas - 1}`,

  workload: (gang) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...gang.metadata, annotations: { ...gang.metadata.annotations, ...indexedJobAnnotations(gang) } },
    spec: indexedJobSpec(gang),
  }),

  companions: (gang) => [headlessService(gang), gangNetworkPolicy(gang)],
};

/**
 * Annotations of that Job: lets Kueue admit an elastic gang with fewer pods, all of which must then succeed.
 *
 * @see https://kueue.sigs.k8s.io/docs/tasks/run/jobs/#partial-admission
 */
export function indexedJobAnnotations({ elastic, roles: [{ replicas }] }: Gang): { readonly [name: string]: string } {
  if (elastic === undefined || elastic.minNodes >= replicas) return {};
  return {
    [MIN_PARALLELISM_ANNOTATION]: String(elastic.minNodes),
    [COMPLETIONS_EQUAL_PARALLELISM_ANNOTATION]: 'true',
  };
}

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

function variables(plan: GangPlan): EnvVar[] {
  const rankField = `metadata.labels['${JOB_INDEX_LABEL}']`;
  const hostOf = (rank: number): string => `$(RUN)-${rank}.${plan.baseName}`;
  return plan.framework.name === 'tensorflow'
    ? tfConfigVariables(plan, rankField, hostOf)
    : rendezvousVariables(plan, { rankField, address: hostOf(0), port: RENDEZVOUS_PORT }, true);
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
