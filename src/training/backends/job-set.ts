import type { EnvVar, PodFailurePolicyRule } from '../../../imports/k8s';
import type { JobSetSpec } from '../../../imports/jobset.x-k8s.io';
import { TrainingBackend } from '../../cluster/settings';
import {
  ARGO_SYNC_OPTIONS_ANNOTATION,
  JOB_INDEX_LABEL,
  JOB_SET_NAME_LABEL,
  MAX_EXEC_TIME_LABEL,
  QUEUE_LABEL,
} from '../../kinds/labels';
import type { Manifest } from '../../render/api-object';
import type { Literal } from '../../render/literal';
import { podTemplate } from '../../render/pod-template';
import type { RunBounds } from '../run-bounds';
import type { BackendStrategy, Gang, GangPlan } from './gang';
import { gangNetworkPolicy, sharedMetadata } from './companions';
import { gangAffinity, RENDEZVOUS_PORT, rendezvousVariables } from './rendezvous';
import { tfConfigProblems, tfConfigVariables } from './tf-config';

/** Name of the only group of pods, and so a part of their host names. */
const NODES = 'node';
/** What the Job controller appends to the name of a pod. */
const POD_SUFFIX = '-abcde';

/**
 * JobSet with one Job, whose pods are the nodes.
 *
 * A pod that fails ends its Job, and the operator then removes all pods and makes them again. Its Service carries the name of
 * the run and publishes addresses before pods are ready.
 *
 * @see https://jobset.sigs.k8s.io/docs/concepts/
 */
export const jobSet: BackendStrategy = {
  kind: TrainingBackend.JOB_SET,

  podOptions: (plan) => ({
    restartPolicy: 'Never',
    runLabel: JOB_SET_NAME_LABEL,
    ports: [{ name: 'rendezvous', containerPort: RENDEZVOUS_PORT }],
    podAffinity: gangAffinity(plan, JOB_SET_NAME_LABEL),
    env: variables(plan),
    injectedEnv: ['JOB_COMPLETION_INDEX'],
  }),

  supports: (gang) => {
    const { name } = gang.metadata;
    return tfConfigProblems(gang, `${name}-${NODES}-0-${gang.roles[0].replicas}.${name}`);
  },

  longestDerivedName: (objectName, { roles: [{ replicas }] }) =>
    `${objectName}-${NODES}-0-${replicas - 1}${POD_SUFFIX}`,

  workload: (gang) => ({
    apiVersion: 'jobset.x-k8s.io/v1alpha2',
    kind: 'JobSet',
    metadata: metadata(gang),
    spec: jobSetSpec(gang),
  }),

  companions: (gang) => [gangNetworkPolicy(gang)],
};

function variables(plan: GangPlan): EnvVar[] {
  const rankField = `metadata.labels['${JOB_INDEX_LABEL}']`;
  const hostOf = (rank: number): string => `$(RUN)-${NODES}-0-${rank}.$(RUN)`;
  return plan.framework.name === 'tensorflow'
    ? tfConfigVariables(plan, rankField, hostOf)
    : rendezvousVariables(plan, { rankField, address: hostOf(0), port: RENDEZVOUS_PORT }, true);
}

/**
 * Kueue stops the run when all its starts together reach the deadline, which a JobSet cannot do by itself. It also writes into
 * lists of the object, which client-side apply would take out again and is then refused.
 */
function metadata({ metadata: head, run }: Gang): Manifest['metadata'] {
  if (head.labels?.[QUEUE_LABEL] === undefined) return head;
  const options = [head.annotations?.[ARGO_SYNC_OPTIONS_ANNOTATION], 'ServerSideApply=true'];
  return {
    ...head,
    labels: { ...head.labels, [MAX_EXEC_TIME_LABEL]: String(run.activeDeadlineSeconds) },
    annotations: {
      ...head.annotations,
      [ARGO_SYNC_OPTIONS_ANNOTATION]: options.filter((option) => option !== undefined).join(','),
    },
  };
}

/** The field of the network as the API server calls it; the import spells it in its own way. */
type Spec = Omit<Literal<JobSetSpec>, 'network'> & {
  readonly network: { readonly enableDNSHostnames: boolean; readonly publishNotReadyAddresses: boolean };
};

function jobSetSpec(gang: Gang): Spec {
  const { roles, run } = gang;
  const [{ replicas, pod }] = roles;
  return {
    replicatedJobs: [
      {
        name: NODES,
        replicas: 1,
        template: {
          metadata: { labels: sharedMetadata(gang).labels },
          spec: {
            completionMode: 'Indexed',
            completions: replicas,
            parallelism: replicas,
            backoffLimit: 0,
            activeDeadlineSeconds: run.activeDeadlineSeconds,
            podReplacementPolicy: 'Failed',
            podFailurePolicy: { rules: endsOfJob(run, pod.main.name) },
            template: podTemplate(pod),
          },
        },
      },
    ],
    network: { enableDNSHostnames: true, publishNotReadyAddresses: true },
    successPolicy: { operator: 'All' },
    failurePolicy: {
      maxRestarts: run.retries,
      restartStrategy: 'BlockingRecreate',
      rules: [
        {
          name: 'exitCodeOfABug',
          action: 'FailJobSet',
          onJobFailureReasons: ['PodFailurePolicy'],
          onJobFailureMessagePatterns: ['failed with exit code'],
        },
        { name: 'deadline', action: 'FailJobSet', onJobFailureReasons: ['DeadlineExceeded'] },
        {
          name: 'disruption',
          action: 'RestartJobSetAndIgnoreMaxRestarts',
          onJobFailureReasons: ['PodFailurePolicy'],
          onJobFailureMessagePatterns: ['DisruptionTarget'],
        },
      ],
    },
    ttlSecondsAfterFinished: run.ttlSeconds,
  };
}

/** Every failure ends the Job; which rule of the JobSet then holds is told by the message, since both give one reason. */
function endsOfJob({ failOnExitCodes }: RunBounds, containerName: string): PodFailurePolicyRule[] {
  return [
    { action: 'FailJob', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
    ...(failOnExitCodes.length === 0
      ? []
      : [
          {
            action: 'FailJob' as const,
            onExitCodes: { containerName, operator: 'In' as const, values: [...failOnExitCodes] },
          },
        ]),
  ];
}
