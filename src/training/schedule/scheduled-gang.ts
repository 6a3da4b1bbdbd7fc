import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ClusterProfile } from '../../cluster/profile';
import { Component, TrainingBackend } from '../../cluster/settings';
import { secondsOf } from '../../core/amounts';
import type { Problem } from '../../core/diagnostics';
import { INSTANCE_LABEL } from '../../kinds/labels';
import type { PlainResult } from '../../render/plain';
import { plain } from '../../render/plain';
import { isAbleTo } from '../backends/backend-checks';
import { backendOf } from '../backends/backends';
import { indexedJobAnnotations, indexedJobSpec } from '../backends/indexed-job';
import { hasLauncher } from '../backends/mpi-pods';
import { BACKEND_TABLE } from '../backends/table';
import { queueLabels } from '../declared-run';
import { NO_NAMESPACE } from '../diagnostics';
import type { DistributedRunProps } from '../gang-props';
import type { ResolvedGang } from '../resolve-gang';
import { resolveGang } from '../resolve-gang';
import { runBounds } from '../run-bounds';
import { memberLabels } from '../training-pod';
import { ConcurrencyPolicy } from './concurrency-policy';
import { cronJob } from './cron-job';
import { cronWorkflow, cronWorkflowCompanions } from './cron-workflow';
import type { LauncherProps } from './launcher';
import { launcherCompanions, launcherJobSpec } from './launcher';
import type { LaunchedRun } from './launched-run';
import { RUN_REFERENCE } from './launched-run';
import type { ScheduledRun } from './scheduled-run';
import { inJob } from './scheduled-run';

/** How a gang is started whose kind a CronJob cannot hold. */
export interface LaunchOptions {
  readonly concurrencyPolicy: ConcurrencyPolicy;
  /** The launcher that the user asks for; undefined where none is named. */
  readonly launcher?: LauncherProps;
}

// What makes an object of a tick appends '-' and ten digits at most.
const TICK = '-0123456789';
/** Long enough for somebody to look at a run that has failed on a weekend. */
const TTL_SECONDS = 3 * 24 * 3600;

/** A run on several nodes: a Job, which its CronJob holds itself, or an object that something makes at every tick, with its group. */
export function scheduledGang(
  scope: IConstruct,
  given: DistributedRunProps,
  name: string,
  options: LaunchOptions,
): ScheduledRun {
  const profile = ClusterProfile.of(scope);
  const props = { ...given, backend: scheduledBackend(profile, given) };
  if (props.backend === TrainingBackend.INDEXED_JOB && !isGrouped(scope, props, name))
    return gangInCronJob(scope, props, name);
  // A workflow that makes room for another leaves its run at work.
  const byWorkflow =
    profile.components.includes(Component.ARGO_WORKFLOWS) &&
    options.concurrencyPolicy !== ConcurrencyPolicy.REPLACE &&
    options.launcher === undefined;
  return byWorkflow ? gangInWorkflow(scope, props, name) : launchedGang(scope, props, name, options.launcher ?? {});
}

/** A Job wherever it can do what is asked; otherwise what the cluster runs gangs with. */
function scheduledBackend(profile: ClusterProfile, props: DistributedRunProps): TrainingBackend {
  if (props.backend !== undefined) return props.backend;
  return isAbleTo(TrainingBackend.INDEXED_JOB, props) ? TrainingBackend.INDEXED_JOB : profile.trainingBackend;
}

type Given = DistributedRunProps & { readonly backend: TrainingBackend };

function gangInCronJob(scope: IConstruct, props: Given, name: string): ScheduledRun {
  const { gang, companions, problems } = resolveGang(scope, props, {
    baseName: name,
    ownName: name,
    metadata: { name: name + TICK },
    groupName: RUN_REFERENCE,
    podLabels: {},
    run: runBounds(props),
  });
  return {
    ...commonOf(props),
    starter: (clock) => {
      const labels = { ...clock.labels, ...queueLabels(props) };
      return cronJob(clock, labels, () => indexedJobSpec(gang), indexedJobAnnotations(gang));
    },
    companions: () => companions,
    problems: () => inJob(problems()),
  };
}

/** Ended runs go with their workflows, which the history limits keep. */
function gangInWorkflow(scope: IConstruct, props: Given, name: string): ScheduledRun {
  const resolved = resolveLaunched(scope, props, name);
  return {
    ...commonOf(props),
    starter: (clock) => cronWorkflow(clock, resolved.run),
    companions: () => [...resolved.companions, ...cronWorkflowCompanions(resolved.run)],
    problems: resolved.problems,
  };
}

/** Ended runs go after a time, or by the history limits where their kind has no TTL. */
function launchedGang(scope: IConstruct, props: Given, name: string, launcher: LauncherProps): ScheduledRun {
  const { ttl } = BACKEND_TABLE[props.backend];
  const resolved = resolveLaunched(scope, props, name, ttl ? TTL_SECONDS : undefined);
  const { run } = resolved;
  return {
    ...commonOf(props),
    // The run is queued, not its launcher.
    starter: (clock) => cronJob(clock, clock.labels, () => launcherJobSpec(run, launcher)),
    companions: ({ concurrencyPolicy, successfulJobsHistoryLimit, failedJobsHistoryLimit }) => {
      const keptRuns = ttl ? undefined : successfulJobsHistoryLimit + failedJobsHistoryLimit;
      return [...resolved.companions, ...launcherCompanions(run, { concurrencyPolicy, keptRuns })];
    },
    problems: resolved.problems,
  };
}

/** Whether each run wants a group of its own, which no CronJob makes. */
function isGrouped(scope: IConstruct, props: Given, name: string): boolean {
  return ClusterProfile.of(scope).gangScheduler !== undefined && resolveLaunched(scope, props, name).isGrouped;
}

interface ResolvedLaunch extends Pick<ResolvedGang, 'companions' | 'isGrouped' | 'problems'> {
  readonly run: LaunchedRun;
}

function resolveLaunched(scope: IConstruct, props: Given, name: string, ttlSeconds?: number): ResolvedLaunch {
  const { namespace } = Chart.of(scope);
  const { resource, ends, endsWithLauncher } = BACKEND_TABLE[props.backend];
  const { leavesPodsUnnamed = false, scheduledSuffix: nameSuffix } = backendOf(props.backend).strategy;
  const labels = { ...props.labels, ...memberLabels(name), ...queueLabels(props) };
  const { gang, backend, companions, podGroup, isGrouped, problems } = resolveGang(scope, props, {
    baseName: name,
    ownName: name,
    metadata: { name: name + TICK + (nameSuffix ?? ''), labels },
    groupName: RUN_REFERENCE,
    podLabels: leavesPodsUnnamed ? { [INSTANCE_LABEL]: RUN_REFERENCE } : {},
    run: runBounds(props, ttlSeconds),
  });
  const template = backend.strategy.workload(gang);
  const spec = (): PlainResult => plain(typeof template.spec === 'function' ? template.spec() : template.spec, 'spec');
  return {
    run: {
      name,
      namespace,
      nameSuffix,
      group: podGroup,
      template,
      spec: () => spec().value,
      ends: (hasLauncher(gang) ? endsWithLauncher : undefined) ?? ends,
      bounds: gang.run,
      queued: !!props.queue,
    },
    companions: [...(backend.strategy.prerequisites?.(gang) ?? []), ...companions],
    isGrouped,
    problems: () => inJob([...problems(), ...spec().problems, ...namespaceProblems(namespace, resource)]),
  };
}

function commonOf(props: DistributedRunProps): Pick<ScheduledRun, 'activeDeadlineSeconds' | 'labels'> {
  return { activeDeadlineSeconds: secondsOf(props.activeDeadline), labels: { ...props.labels } };
}

function namespaceProblems(namespace: string | undefined, resource: string): Problem[] {
  if (namespace !== undefined) return [];
  const message = `a ${resource} on a schedule is made by an account of its namespace, and the chart names none.`;
  return [
    {
      rule: NO_NAMESPACE,
      message,
      fix: "Give the chart a namespace: new Chart(app, 'ml', { namespace: 'ml-training' }).",
    },
  ];
}
