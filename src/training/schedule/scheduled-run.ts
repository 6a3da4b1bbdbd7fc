import type { IConstruct } from 'constructs';
import { ClusterProfile } from '../../cluster/profile';
import { secondsOf } from '../../core/amounts';
import type { Problem } from '../../core/diagnostics';
import { Gpu } from '../../kinds/gpu';
import type { Manifest } from '../../render/api-object';
import { podTemplate } from '../../render/pod-template';
import { queueLabels } from '../declared-run';
import type { SingleRunProps } from '../gpu-training-job';
import { singlePreflightProblems } from '../preflight/preflight-script';
import { boundedJobSpec, runBounds } from '../run-bounds';
import { singleCompanions } from '../single-companions';
import { trainingProblems } from '../training-checks';
import { TRAINER, trainingPod } from '../training-pod';
import { cronJob } from './cron-job';
import type { Clock } from './clock';

/** A run as its schedule starts it. Nothing in it knows the name of the object of a tick. */
export interface ScheduledRun {
  readonly activeDeadlineSeconds: number;
  /** Labels of the user. */
  readonly labels: { readonly [label: string]: string };
  /** The object that starts the run at every tick of a clock. */
  starter(clock: Clock): Manifest;
  /** Objects that all runs share. */
  companions(clock: Clock): readonly Manifest[];
  problems(): Problem[];
}

/** A run on one node: a Job, which its CronJob holds itself. */
export function scheduledSingle(scope: IConstruct, props: SingleRunProps, name: string): ScheduledRun {
  const bounds = runBounds(props);
  const trained = trainingPod(scope, props, { name, gpu: props.gpu ?? Gpu.any(1), nodes: 1, restartPolicy: 'Never' });
  const jobSpec = () => ({ ...boundedJobSpec(bounds, TRAINER), template: podTemplate(trained.pod) });
  return {
    activeDeadlineSeconds: secondsOf(props.activeDeadline),
    labels: { ...props.labels },
    starter: (clock) => cronJob(clock, { ...clock.labels, ...queueLabels(props) }, jobSpec),
    companions: () => singleCompanions(ClusterProfile.of(scope), props, name, trained.pod),
    problems: () =>
      inJob([
        ...trainingProblems(scope, props, trained, 1),
        ...singlePreflightProblems(props, trained.placement.devices),
      ]),
  };
}

/** The props of the run are those of `job`. */
export function inJob(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) =>
    problem.property === undefined ? problem : { ...problem, property: `job.${problem.property}` },
  );
}
