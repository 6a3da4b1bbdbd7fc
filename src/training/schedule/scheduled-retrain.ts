import type { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { duration, secondsOf } from '../../core/amounts';
import type { Problem } from '../../core/diagnostics';
import { dns1035LabelProblem } from '../../core/names';
import { report } from '../../core/report';
import type { Shape } from '../../core/shape';
import { bool, checkShape, enumOf, instanceOf, integer, optional, record, text } from '../../core/shape';
import { apiObject } from '../../render/api-object';
import { objectName } from '../../render/object-name';
import { OVERLAPPING_RUNS } from '../diagnostics';
import type { Clock } from './clock';
import { ConcurrencyPolicy } from './concurrency-policy';
import { schedulePeriod, scheduleProblems } from './schedule-checks';
import type { ISchedule } from '../../kinds/schedule';
import { scheduleCheck } from '../../kinds/schedule';
import type { LauncherProps } from './launcher';
import { launcherShape } from './launcher';
import { scheduledGang } from './scheduled-gang';
import type { ScheduledRun } from './scheduled-run';
import { scheduledSingle } from './scheduled-run';
import { memberLabels } from '../training-pod';
import { TrainingRun } from '../training-run';

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
   * @default - a CronWorkflow where the profile has Component.ARGO_WORKFLOWS, unless a late run is to be replaced; otherwise a pod with Python
   */
  readonly launcher?: LauncherProps;
  /**
   * Name of the CronJob or CronWorkflow, at most 52 characters.
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
 * A distributed run whose backend is not a Job, or that has a gang scheduler (`gangScheduler` of the profile), is made by a step of a
 * CronWorkflow, which waits for its end, where the profile has Argo; otherwise by a small pod of the CronJob. Either has a
 * ServiceAccount, Role and RoleBinding, the pod also a ConfigMap.
 * The account may make objects of that one kind and their groups in its namespace, and with that run any pod there: give such
 * schedules a namespace of their own. A tick is left out while the run of the last one is at work. Ended runs go with their
 * workflow by the history limits; those that a pod has made after three days, or by the history limits where the kind has no TTL.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export class ScheduledRetrain extends Construct {
  /** Name of the CronJob or CronWorkflow. */
  public readonly scheduleName: string;
  /** Schedule as text. */
  public readonly schedule: string;
  /** IANA time zone of the schedule. */
  public readonly timeZone: string;
  /** What happens when a run is due while the last one is still at work. */
  public readonly concurrencyPolicy: ConcurrencyPolicy;
  /** The CronJob, or the CronWorkflow. */
  public readonly resource: ApiObject;

  private readonly startingDeadlineSeconds: number;
  private readonly run: ScheduledRun;

  constructor(scope: Construct, id: string, props: ScheduledRetrainProps) {
    super(scope, id);
    const given = checkShape(this, 'ScheduledRetrainProps', props, scheduledRetrainShape);

    this.scheduleName = objectName(this, given.name, undefined, (name) => dns1035LabelProblem(name, LONGEST_NAME));
    this.schedule = given.schedule.expressionString;
    this.timeZone = given.timeZone ?? 'Etc/UTC';
    this.concurrencyPolicy = given.concurrencyPolicy ?? ConcurrencyPolicy.FORBID;
    this.startingDeadlineSeconds = given.startingDeadline
      ? secondsOf(given.startingDeadline)
      : this.defaultStartingDeadline();
    this.run = this.scheduledRun(given);

    report(this, () => this.problems());
    const clock = this.toClock(given);
    this.resource = apiObject(this, 'Resource', this.run.starter(clock));
    for (const companion of this.run.companions(clock)) apiObject(this, companion.id ?? companion.kind, companion);
  }

  private scheduledRun({ job, launcher }: ScheduledRetrainProps): ScheduledRun {
    const { scheduleName: name, concurrencyPolicy } = this;
    return job._distributed
      ? scheduledGang(this, job._distributed, name, { concurrencyPolicy, launcher })
      : scheduledSingle(this, job._single!, name);
  }

  private toClock(props: ScheduledRetrainProps): Clock {
    return {
      name: this.scheduleName,
      labels: { ...this.run.labels, ...memberLabels(this.scheduleName) },
      schedule: this.schedule,
      timeZone: this.timeZone,
      concurrencyPolicy: this.concurrencyPolicy,
      startingDeadlineSeconds: this.startingDeadlineSeconds,
      suspend: props.suspend,
      successfulJobsHistoryLimit: props.successfulJobsHistoryLimit ?? HISTORY,
      failedJobsHistoryLimit: props.failedJobsHistoryLimit ?? HISTORY,
    };
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
