import type { PodFailurePolicyRule } from '../../../imports/k8s';
import type { JobSetSpec } from '../../../imports/jobset.x-k8s.io';
import type { Literal } from '../../render/literal';
import { podTemplate } from '../../render/pod-template';
import type { RunBounds } from '../run-bounds';
import { sharedMetadata } from './companions';
import type { Gang, GangPlan } from './gang';

/** Name of the only group of pods, and so a part of their host names. */
export const NODES = 'node';
/** What the Job controller appends to the name of a pod. */
const POD_SUFFIX = '-abcde';

/** Name of the last pod of a JobSet. */
export function lastPodName(jobSetName: string, { roles: [{ replicas }] }: GangPlan): string {
  return `${jobSetName}-${NODES}-0-${replicas - 1}${POD_SUFFIX}`;
}

/** The field of the network as the API server calls it; the import spells it in its own way. */
type Spec = Omit<Literal<JobSetSpec>, 'network'> & {
  readonly network: { readonly enableDNSHostnames: boolean; readonly publishNotReadyAddresses: boolean };
};

/** What differs between JobSets of ours and those that the Trainer makes. */
export interface RestartingJobsOptions {
  /** Labels of the Job, beside those of the gang. */
  readonly labels?: { readonly [label: string]: string };
  /** Time that each start of the gang may take. */
  readonly deadlineOfStart?: number;
}

/**
 * The spec of a JobSet with one Job, whose pods are the nodes.
 *
 * A pod that fails ends its Job, and the operator then removes all pods and makes them again.
 *
 * @see https://jobset.sigs.k8s.io/docs/concepts/
 */
export function restartingJobs(gang: Gang, { labels, deadlineOfStart }: RestartingJobsOptions): Spec {
  const { roles, run } = gang;
  const [{ replicas, pod }] = roles;
  return {
    replicatedJobs: [
      {
        name: NODES,
        replicas: 1,
        template: {
          metadata: { labels: { ...sharedMetadata(gang).labels, ...labels } },
          spec: {
            completionMode: 'Indexed',
            completions: replicas,
            parallelism: replicas,
            backoffLimit: 0,
            activeDeadlineSeconds: deadlineOfStart,
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
      // The webhook takes no dashes in the names of rules.
      rules: [
        {
          name: 'exitCodeOfABug',
          action: 'FailJobSet',
          onJobFailureReasons: ['PodFailurePolicy'],
          onJobFailureMessagePatterns: ['failed with exit code'],
        },
        ...(deadlineOfStart === undefined
          ? []
          : [{ name: 'deadline', action: 'FailJobSet' as const, onJobFailureReasons: ['DeadlineExceeded'] }]),
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
