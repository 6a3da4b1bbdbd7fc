import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { JobSpec } from '../../imports/k8s';
import { ClusterProfile } from '../cluster/profile';
import { TrainingBackend } from '../cluster/settings';
import { secondsOf } from '../core/amounts';
import type { Problem } from '../core/diagnostics';
import { Gpu } from '../kinds/gpu';
import type { Manifest } from '../render/api-object';
import type { PlainResult } from '../render/plain';
import { plain } from '../render/plain';
import { podTemplate } from '../render/pod-template';
import { isAbleTo } from './backends/backend-checks';
import { indexedJobSpec } from './backends/indexed-job';
import { BACKEND_TABLE } from './backends/table';
import { queueLabels } from './declared-run';
import { NO_NAMESPACE } from './diagnostics';
import type { DistributedRunProps } from './gang-props';
import type { SingleRunProps } from './gpu-training-job';
import { resolveGang } from './resolve-gang';
import { boundedJobSpec, runBounds } from './run-bounds';
import type { LaunchedRun, LauncherProps } from './schedule/launcher';
import { launcherCompanions, launcherJobSpec } from './schedule/launcher';
import { trainingProblems } from './training-checks';
import { memberLabels, TRAINER, trainingPod } from './training-pod';
import type { TrainingRun } from './training-run';

/** A run as the template of a Job inside another object, or a Job that makes it. Nothing in it knows the name of the Job. */
export interface EmbeddedRun {
  readonly activeDeadlineSeconds: number;
  /** Labels of the user, for the object and its Jobs. */
  readonly labels: { readonly [label: string]: string };
  /** Labels that Kueue reads on each Job. */
  readonly queueLabels: { readonly [label: string]: string };
  readonly companions: readonly Manifest[];
  jobSpec(): JobSpec;
  problems(): Problem[];
}

/** What a schedule says of the runs that its ticks start. */
export interface TickProps {
  readonly concurrencyPolicy: string;
  /** Ended runs that are kept. */
  readonly keptRuns: number;
  readonly launcher?: LauncherProps;
}

/** Resolves a run inside the object of `scope`, which is called `name`. */
export function embedRun(scope: IConstruct, run: TrainingRun, name: string, ticks: TickProps): EmbeddedRun {
  return run._distributed ? embedGang(scope, run._distributed, name, ticks) : embedSingle(scope, run._single!, name);
}

function embedSingle(scope: IConstruct, props: SingleRunProps, name: string): EmbeddedRun {
  const bounds = runBounds(props);
  const trained = trainingPod(scope, props, { name, gpu: props.gpu ?? Gpu.any(1), nodes: 1, restartPolicy: 'Never' });
  return {
    activeDeadlineSeconds: secondsOf(props.activeDeadline),
    labels: { ...props.labels },
    queueLabels: queueLabels(props),
    companions: [],
    jobSpec: () => ({ ...boundedJobSpec(bounds, TRAINER), template: podTemplate(trained.pod) }),
    problems: () => inJob(trainingProblems(scope, props, trained, 1)),
  };
}

// The CronJob controller names a Job after its CronJob and the minute it is due: '-' and eight digits, soon nine, up to ten.
const TICK = '-0123456789';

function embedGang(scope: IConstruct, given: DistributedRunProps, name: string, ticks: TickProps): EmbeddedRun {
  const props = { ...given, backend: scheduledBackend(ClusterProfile.of(scope), given) };
  const row = BACKEND_TABLE[props.backend];
  const isJob = props.backend === TrainingBackend.INDEXED_JOB;
  const {
    gang,
    backend,
    companions: beside,
    problems,
  } = resolveGang(scope, props, {
    baseName: name,
    ownName: name,
    metadata: {
      name: name + TICK,
      labels: isJob ? {} : { ...props.labels, ...memberLabels(name), ...queueLabels(props) },
    },
    podLabels: {},
    run: runBounds(props, !isJob && row.ttl ? TTL_SECONDS : undefined),
  });
  const common = {
    activeDeadlineSeconds: secondsOf(props.activeDeadline),
    labels: { ...props.labels },
  };
  const companions = [...(backend.strategy.prerequisites?.(gang) ?? []), ...beside];
  if (isJob) {
    return {
      ...common,
      queueLabels: queueLabels(props),
      companions,
      jobSpec: () => indexedJobSpec(gang),
      problems: () => inJob(problems()),
    };
  }
  const template = backend.strategy.workload(gang);
  const spec = (): PlainResult => plain(typeof template.spec === 'function' ? template.spec() : template.spec, 'spec');
  const { namespace } = Chart.of(scope);
  const run: LaunchedRun = {
    name,
    namespace,
    template,
    spec: () => spec().value,
    concurrencyPolicy: ticks.concurrencyPolicy,
    keptRuns: row.ttl ? undefined : ticks.keptRuns,
    launcher: ticks.launcher ?? {},
  };
  return {
    ...common,
    queueLabels: {}, // the run is queued, not its launcher
    companions: [...companions, ...launcherCompanions(run)],
    jobSpec: () => launcherJobSpec(run),
    problems: () => inJob([...problems(), ...spec().problems, ...namespaceProblems(namespace, row.resource)]),
  };
}

/** Long enough for somebody to look at a run that has failed on a weekend. */
const TTL_SECONDS = 3 * 24 * 3600;

/** A Job, which a CronJob holds itself, wherever it can do what is asked; otherwise what the cluster runs gangs with. */
function scheduledBackend(profile: ClusterProfile, props: DistributedRunProps): TrainingBackend {
  if (props.backend !== undefined) return props.backend;
  return isAbleTo(TrainingBackend.INDEXED_JOB, props) ? TrainingBackend.INDEXED_JOB : profile.trainingBackend;
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

/** The props of the run are those of `job`. */
function inJob(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) =>
    problem.property === undefined ? problem : { ...problem, property: `job.${problem.property}` },
  );
}
