import type { Duration } from 'cdk8s';
import type { NodePoolSpecDisruptionBudgets } from '../../../imports/karpenter.sh';
import { duration, secondsOf } from '../../core/amounts';
import { refuse, show } from '../../core/diagnostics';
import type { Shape } from '../../core/shape';
import { checkArgument, enumOf, integer, listOf, optional, record } from '../../core/shape';
import { neverFires, parseCron } from '../../kinds/cron';
import { goDuration } from '../../kinds/go-duration';
import type { ISchedule } from '../../kinds/schedule';
import { scheduleCheck } from '../../kinds/schedule';
import type { Spelled } from '../../render/spelled';
import { BAD_BUDGET } from '../diagnostics';

/** Why Karpenter takes a node away on its own account. */
export enum DisruptionReason {
  /** No pod but those of DaemonSets runs on it. */
  EMPTY = 'Empty',
  /** Its pods would fit elsewhere, or on a cheaper node. */
  UNDERUTILIZED = 'Underutilized',
  /** It is not what its NodePool or node class says any more, such as after a new image. */
  DRIFTED = 'Drifted',
}

/** When and for what a budget holds. */
export interface DisruptionBudgetOptions {
  /**
   * Reasons that it holds for.
   *
   * @default - every reason
   */
  readonly reasons?: DisruptionReason[];
  /**
   * When it begins to hold, in UTC: `Cron` of cdk8s, or `Schedule.expression('0 6 * * mon-fri')`. GPU023 without `duration`,
   * and for a schedule that cannot be read, is `@every`, or never comes.
   *
   * @default - it always holds
   */
  readonly schedule?: ISchedule;
  /**
   * How long it holds each time, in whole minutes. GPU023 without `schedule`.
   *
   * @default - it always holds
   */
  readonly duration?: Duration;
}

const DAY_SECONDS = 24 * 3600;
const optionsShape: Shape<DisruptionBudgetOptions> = {
  reasons: optional(listOf(enumOf('DisruptionReason', DisruptionReason), { min: 1, max: 3 })),
  schedule: optional(scheduleCheck),
  duration: optional(duration({ min: 60, max: 366 * DAY_SECONDS })),
};

/**
 * How many nodes of a pool Karpenter may take away at a time on its own account; of those that hold, the strictest counts.
 *
 * Expiry, spot interruption and node repair do not ask it. `spec.disruption.budgets[]`
 *
 * @see https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets
 */
export class DisruptionBudget {
  /** So many nodes; 0 for none. */
  public static nodes(nodes: number, options?: DisruptionBudgetOptions): DisruptionBudget {
    checkArgument('nodes', nodes, integer({ max: 100000 }));
    return new DisruptionBudget(String(nodes), checkedOptions(options));
  }

  /** So many of a hundred nodes, rounded up; 0 for none. */
  public static percent(percent: number, options?: DisruptionBudgetOptions): DisruptionBudget {
    checkArgument('percent', percent, integer({ max: 100 }));
    return new DisruptionBudget(`${percent}%`, checkedOptions(options));
  }

  private constructor(
    /** Nodes at a time: `1`, `10%`. */
    public readonly limit: string,
    private readonly options: DisruptionBudgetOptions,
  ) {}

  /**
   * Whether nothing is ever taken away for the reason while it holds, and it always holds.
   *
   * @internal
   */
  public _alwaysForbids(reason: DisruptionReason): boolean {
    const { reasons, schedule } = this.options;
    const isNone = this.limit === '0' || this.limit === '0%';
    return isNone && schedule === undefined && (reasons === undefined || reasons.includes(reason));
  }

  /** @internal */
  public _toBudget(): Spelled<NodePoolSpecDisruptionBudgets> {
    const { reasons, schedule, duration } = this.options;
    return {
      nodes: this.limit,
      reasons: reasons && [...new Set(reasons)],
      schedule: schedule?.expressionString,
      duration: duration && goDuration(secondsOf(duration)),
    };
  }
}

function checkedOptions(options: DisruptionBudgetOptions = {}): DisruptionBudgetOptions {
  const given = checkArgument('options', options, record('DisruptionBudgetOptions', optionsShape));
  const { schedule, duration } = given;
  if ((schedule === undefined) !== (duration === undefined)) {
    const [there, missing] = schedule ? ['schedule', 'duration'] : ['duration', 'schedule'];
    refuse(BAD_BUDGET, `${there} is set, and ${missing} is not.`, `Set ${missing} as well, or neither.`, missing);
  }
  if (duration && secondsOf(duration) % 60 !== 0) {
    const message = `duration is ${secondsOf(duration)} s, and Karpenter reads hours and minutes only.`;
    refuse(BAD_BUDGET, message, 'Give whole minutes.', 'duration', secondsOf(duration));
  }
  if (schedule) checkSchedule(schedule.expressionString);
  return given;
}

function checkSchedule(expression: string): void {
  const { cron, problem } = parseCron(expression);
  const refused = (why: string, fix: string): never =>
    refuse(BAD_BUDGET, `the schedule ${show(expression)} ${why}.`, fix, 'schedule', expression);
  if (!cron) refused(`is not read by Karpenter: ${problem!.message}`, problem!.fix);
  else if (cron.kind === 'interval') refused('has no times of day', "Write five fields, such as '0 6 * * mon-fri'.");
  else if (neverFires(cron)) refused('names no day that exists', 'Name a day that the month has.');
}
