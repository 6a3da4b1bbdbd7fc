import type { Check } from '../core/shape';
import { checkArgument, like, text } from '../core/shape';
import { readProperty } from '../core/snapshot';

/** When a CronJob starts runs. `Cron` of cdk8s is one. */
export interface ISchedule {
  /** Five fields or a macro such as `@weekly`, as the CronJob controller reads them. */
  readonly expressionString: string;
}

const expressionText = text({ max: 200 });
const isSchedule = like('schedule', ['expressionString'], "Cron.schedule({...}) or Schedule.expression('0 4 * * 0')");

/** Check of something that says when runs start. */
export const scheduleCheck: Check = (value, property, problems) => {
  const before = problems.length;
  isSchedule(value, property, problems);
  if (problems.length > before) return;
  expressionText(readProperty(value as object, 'expressionString'), `${property}.expressionString`, problems);
};

/** A schedule as text. */
export class Schedule implements ISchedule {
  /**
   * A cron expression: five fields, or a macro such as `@weekly`.
   *
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
   */
  public static expression(expression: string): Schedule {
    checkArgument('expression', expression, expressionText);
    return new Schedule(expression);
  }

  private constructor(
    /** Five fields or a macro, as the CronJob controller reads them. */
    public readonly expressionString: string,
  ) {}
}
