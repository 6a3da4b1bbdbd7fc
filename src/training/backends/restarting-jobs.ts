import type { JobSpec, PodFailurePolicyRule } from '../../../imports/k8s';
import type { JobSetSpec } from '../../../imports/jobset.x-k8s.io';
import type { Literal } from '../../render/literal';
import { podTemplate } from '../../render/pod-template';
import type { RunBounds } from '../run-bounds';
import { sharedMetadata } from './companions';
import type { Gang, GangPlan, Role } from './gang';
import type { RolePlan } from '../gang-role';
import { GangRole } from '../gang-role';

/** Name of the Job of the nodes, and so a part of their host names; others are called after their roles too. */
export const NODES = GangRole.NODE;
/** What the Job controller appends to the name of a pod. */
const POD_SUFFIX = '-abcde';

/** The longest name of a pod of a JobSet. */
export function lastPodName(jobSetName: string, plan: GangPlan): string {
  const names = jobsOf(plan.roles).map(({ role, replicas }) => `${jobSetName}-${role}-0-${replicas - 1}${POD_SUFFIX}`);
  return names.reduce((longest, name) => (name.length > longest.length ? name : longest));
}

/** The field of the network as the API server calls it; the import spells it in its own way. */
type Spec = Omit<Literal<JobSetSpec>, 'network'> & {
  readonly network: { readonly enableDNSHostnames: boolean; readonly publishNotReadyAddresses: boolean };
};

/** What differs between JobSets of ours and those that the Trainer makes. */
export interface RestartingJobsOptions {
  /** Labels of the Job that runs the program, beside those of the gang. */
  readonly labels?: { readonly [label: string]: string };
  /** Time that each start of the gang may take. */
  readonly deadlineOfStart?: number;
}

/**
 * The spec of a JobSet with one Job, whose pods are the nodes, and one for a launcher where there is one, which runs the program.
 *
 * A pod that fails ends its Job, and the operator then removes all pods and makes them again. A launcher decides when the run has
 * succeeded: its nodes serve until they are removed.
 *
 * @see https://jobset.sigs.k8s.io/docs/concepts/
 */
export function restartingJobs(gang: Gang, { labels, deadlineOfStart }: RestartingJobsOptions): Spec {
  const { roles, run } = gang;
  const launcher = roles.find(({ role }) => role === GangRole.LAUNCHER);
  const program = launcher ?? roles[0];
  return {
    replicatedJobs: jobsOf(roles).map((role) => ({
      name: role.role,
      replicas: 1,
      template: {
        metadata: { labels: { ...sharedMetadata(gang).labels, ...(role === program ? labels : {}) } },
        spec: jobOf(role, run, deadlineOfStart),
      },
    })),
    network: { enableDNSHostnames: true, publishNotReadyAddresses: true },
    successPolicy: { operator: 'All', targetReplicatedJobs: launcher && [launcher.role] },
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

/** Pods of other roles no JobSet of ours has. */
function jobsOf<T extends RolePlan>(roles: readonly T[]): T[] {
  return roles.filter(({ role }) => role === GangRole.NODE || role === GangRole.LAUNCHER);
}

function jobOf({ replicas, pod }: Role, run: RunBounds, deadlineOfStart: number | undefined): JobSpec {
  return {
    completionMode: 'Indexed',
    completions: replicas,
    parallelism: replicas,
    backoffLimit: 0,
    activeDeadlineSeconds: deadlineOfStart,
    podReplacementPolicy: 'Failed',
    podFailurePolicy: { rules: endsOfJob(run, pod.main.name) },
    template: podTemplate(pod),
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
