import type { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { CronJobSpec, JobTemplateSpec } from '../../imports/k8s';
import { duration, secondsOf } from '../core/amounts';
import type { Problem } from '../core/diagnostics';
import { dns1035LabelProblem } from '../core/names';
import { report } from '../core/report';
import type { Shape } from '../core/shape';
import { bool, checkShape, enumOf, instanceOf, integer, optional, record, text } from '../core/shape';
import { apiObject } from '../render/api-object';
import { objectName } from '../render/object-name';
import { OVERLAPPING_RUNS } from './diagnostics';
import type { EmbeddedRun } from './embedded-run';
import { embedRun } from './embedded-run';
import { schedulePeriod, scheduleProblems } from './schedule-checks';
import type { ISchedule } from '../kinds/schedule';
import { scheduleCheck } from '../kinds/schedule';
import type { LauncherProps } from './schedule/launcher';
import { launcherShape } from './schedule/launcher';
import { memberLabels } from './training-pod';
import { TrainingRun } from './training-run';

/** What happens when a run is due while the last one is still at work. */
export enum ConcurrencyPolicy {
  /** It is left out. */
  FORBID = 'Forbid',
  /** It runs beside the other. */
  ALLOW = 'Allow',
  /** It takes the place of the other, which is killed. */
  REPLACE = 'Replace',
}

/** Properties of a scheduled training. */
export interface ScheduledRetrainProps {
  /**
   * When runs start: `Cron` of cdk8s, or `Schedule.expression('0 4 * * 0')`.
   *
   * TRN009 when it never fires, TRN010 when the controller cannot read it, TRN012 (unsafe) when a change of the clocks skips or
   * doubles a run, TRN013 (unsafe) when day of month and day of week are both set.
   */
  readonly schedule: ISchedule;
  /** What runs. TRN008 (unsafe) when its deadline is longer than the time to the next run. */
  readonly job: TrainingRun;
  /**
   * IANA time zone of the schedule. TRN011 when there is none of that name.
   *
   * @default 'Etc/UTC'
   */
  readonly timeZone?: string;
  /**
   * What happens when a run is due while the last one is still at work. TRN015 (unsafe) for anything but FORBID.
   *
   * @default ConcurrencyPolicy.FORBID
   */
  readonly concurrencyPolicy?: ConcurrencyPolicy;
  /**
   * How late a run may start, when the control plane was away at its time. TRN014 (unsafe) below 10 seconds.
   *
   * @default - a quarter of the time between two runs, at most 6 hours
   */
  readonly startingDeadline?: Duration;
  /**
   * Ended runs that are kept.
   *
   * @default 3
   */
  readonly successfulJobsHistoryLimit?: number;
  /**
   * Failed runs that are kept.
   *
   * @default 3
   */
  readonly failedJobsHistoryLimit?: number;
  /**
   * Whether no run is started for now.
   *
   * @default false
   */
  readonly suspend?: boolean;
  /**
   * What starts a distributed run whose kind a CronJob cannot hold: a small pod that makes the object and ends.
   *
   * @default - an image with Python
   */
  readonly launcher?: LauncherProps;
  /**
   * Name of the CronJob, at most 52 characters.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
}

const scheduledRetrainShape: Shape<ScheduledRetrainProps> = {
  schedule: scheduleCheck,
  job: instanceOf(TrainingRun, 'TrainingRun.single({...}) or TrainingRun.distributed({...})'),
  timeZone: optional(text({ max: 100 })),
  concurrencyPolicy: optional(enumOf('ConcurrencyPolicy', ConcurrencyPolicy)),
  startingDeadline: optional(duration({ min: 1, max: 365 * 86400 })),
  successfulJobsHistoryLimit: optional(integer({ max: 1000 })),
  failedJobsHistoryLimit: optional(integer({ max: 1000 })),
  suspend: optional(bool),
  launcher: optional(record('LauncherProps', launcherShape)),
  name: optional(text({ max: 52 })),
};

// The controller appends '-' and ten digits for the name of each Job.
const LONGEST_NAME = 52;
const HISTORY = 3;
const LONGEST_STARTING_DEADLINE = 6 * 3600; // long enough for an upgrade of the control plane, short enough to keep the rhythm

/**
 * A training run that starts on a schedule.
 *
 * Renders: CronJob, and for a distributed run headless Service and NetworkPolicy. Every run has directories of its own for
 * checkpoints and model. Ended runs are removed by the history limits.
 *
 * A distributed run whose backend is not a Job is made by a small pod of the CronJob, with a ServiceAccount, Role, RoleBinding and
 * ConfigMap for it. The account may make objects of that one kind in its namespace, and with that run any pod there: give such
 * schedules a namespace of their own. A tick finds the run of the last one by its label and is left out while it is at work;
 * ended runs go after three days, or by the history limits where the kind has no TTL.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export class ScheduledRetrain extends Construct {
  /** Name of the CronJob. */
  public readonly cronJobName: string;
  /** Schedule as text. */
  public readonly schedule: string;
  /** IANA time zone of the schedule. */
  public readonly timeZone: string;
  /** What happens when a run is due while the last one is still at work. */
  public readonly concurrencyPolicy: ConcurrencyPolicy;
  /** The CronJob. */
  public readonly resource: ApiObject;

  private readonly startingDeadlineSeconds: number;
  private readonly run: EmbeddedRun;

  constructor(scope: Construct, id: string, props: ScheduledRetrainProps) {
    super(scope, id);
    const given = checkShape(this, 'ScheduledRetrainProps', props, scheduledRetrainShape);

    this.cronJobName = objectName(this, given.name, undefined, (name) => dns1035LabelProblem(name, LONGEST_NAME));
    this.schedule = given.schedule.expressionString;
    this.timeZone = given.timeZone ?? 'Etc/UTC';
    this.concurrencyPolicy = given.concurrencyPolicy ?? ConcurrencyPolicy.FORBID;
    this.startingDeadlineSeconds = given.startingDeadline
      ? secondsOf(given.startingDeadline)
      : this.defaultStartingDeadline();
    const successful = given.successfulJobsHistoryLimit ?? HISTORY;
    const failed = given.failedJobsHistoryLimit ?? HISTORY;
    this.run = embedRun(this, given.job, this.cronJobName, {
      concurrencyPolicy: this.concurrencyPolicy,
      keptRuns: successful + failed,
      launcher: given.launcher,
    });

    report(this, () => this.problems());
    this.resource = apiObject(this, 'Resource', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: this.cronJobName, labels: { ...this.run.labels, ...memberLabels(this.cronJobName) } },
      spec: () => this.toCronJobSpec(given),
    });
    for (const companion of this.run.companions) apiObject(this, companion.id ?? companion.kind, companion);
  }

  private toCronJobSpec(props: ScheduledRetrainProps): CronJobSpec {
    return {
      schedule: this.schedule,
      timeZone: this.timeZone,
      concurrencyPolicy: this.concurrencyPolicy,
      startingDeadlineSeconds: this.startingDeadlineSeconds,
      suspend: props.suspend || undefined,
      successfulJobsHistoryLimit: props.successfulJobsHistoryLimit ?? HISTORY,
      failedJobsHistoryLimit: props.failedJobsHistoryLimit ?? HISTORY,
      jobTemplate: this.toJobTemplate(),
    };
  }

  private toJobTemplate(): JobTemplateSpec {
    const labels = { ...this.run.labels, ...this.run.queueLabels, ...memberLabels(this.cronJobName) };
    return { metadata: { labels }, spec: this.run.jobSpec() };
  }

  private defaultStartingDeadline(): number {
    const period = schedulePeriod(this.schedule) ?? LONGEST_STARTING_DEADLINE;
    return Math.max(10, Math.min(Math.floor(period / 4), LONGEST_STARTING_DEADLINE));
  }

  private problems(): Problem[] {
    const { schedule: expression, timeZone, startingDeadlineSeconds, run } = this;
    return [
      ...scheduleProblems({
        expression,
        timeZone,
        startingDeadlineSeconds,
        activeDeadlineSeconds: run.activeDeadlineSeconds,
      }),
      ...this.overlapProblems(),
      ...run.problems(),
    ];
  }

  private overlapProblems(): Problem[] {
    if (this.concurrencyPolicy === ConcurrencyPolicy.FORBID) return [];
    const effect =
      this.concurrencyPolicy === ConcurrencyPolicy.ALLOW
        ? 'two runs may be paid at once'
        : 'a run that is late is killed';
    const message = `concurrencyPolicy is ${this.concurrencyPolicy}, so ${effect}.`;
    return [
      {
        rule: OVERLAPPING_RUNS,
        property: 'concurrencyPolicy',
        value: this.concurrencyPolicy,
        message,
        fix: 'Use ConcurrencyPolicy.FORBID.',
      },
    ];
  }
}
