import type { IConstruct } from 'constructs';
import type { JobSpec } from '../../imports/k8s';
import { TrainingBackend } from '../cluster/settings';
import { secondsOf } from '../core/amounts';
import type { Problem } from '../core/diagnostics';
import { Gpu } from '../kinds/gpu';
import type { Manifest } from '../render/api-object';
import { podTemplate } from '../render/pod-template';
import { indexedJobSpec } from './backends/indexed-job';
import { queueLabels } from './declared-run';
import { BACKEND_LACKS } from './diagnostics';
import type { DistributedRunProps } from './gang-props';
import type { SingleRunProps } from './gpu-training-job';
import { resolveGang } from './resolve-gang';
import { boundedJobSpec, runBounds } from './run-bounds';
import { trainingProblems } from './training-checks';
import { TRAINER, trainingPod } from './training-pod';
import type { TrainingRun } from './training-run';

/** A run as the template of a Job inside another object. Nothing in it knows the name of the Job. */
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

/** Resolves a run inside the object of `scope`, which is called `name`. */
export function embedRun(scope: IConstruct, run: TrainingRun, name: string): EmbeddedRun {
  return run._distributed ? embedGang(scope, run._distributed, name) : embedSingle(scope, run._single!, name);
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

function embedGang(scope: IConstruct, props: DistributedRunProps, name: string): EmbeddedRun {
  const embeddable = { ...props, backend: TrainingBackend.INDEXED_JOB };
  const metadata = { name: name + TICK };
  const { gang, backend, problems } = resolveGang(scope, embeddable, {
    baseName: name,
    metadata,
    podLabels: {},
    run: runBounds(props),
  });
  return {
    activeDeadlineSeconds: secondsOf(props.activeDeadline),
    labels: { ...props.labels },
    queueLabels: queueLabels(props),
    companions: backend.strategy.companions(gang),
    jobSpec: () => indexedJobSpec(gang),
    problems: () => inJob([...problems(), ...backendProblems(props)]),
  };
}

function backendProblems({ backend }: DistributedRunProps): Problem[] {
  if (backend === undefined || backend === TrainingBackend.INDEXED_JOB) return [];
  const message = `backend is ${backend}, and a CronJob can only start Jobs.`;
  return [
    {
      rule: BACKEND_LACKS,
      property: 'backend',
      value: backend,
      message,
      fix: 'Leave backend out, or set it to TrainingBackend.INDEXED_JOB.',
    },
  ];
}

/** The props of the run are those of `job`. */
function inJob(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) =>
    problem.property === undefined ? problem : { ...problem, property: `job.${problem.property}` },
  );
}
