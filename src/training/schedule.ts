import { checkArgument, text } from '../core/shape';

/** When a CronJob starts runs. `Cron` of cdk8s is one. */
export interface ISchedule {
  /** Five fields or a macro such as `@weekly`, as the CronJob controller reads them. */
  readonly expressionString: string;
}

/** A schedule as text. */
export class Schedule implements ISchedule {
  /**
   * A cron expression: five fields, or a macro such as `@weekly`.
   *
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
   */
  public static expression(expression: string): Schedule {
    checkArgument('expression', expression, text({ max: 200 }));
    return new Schedule(expression);
  }

  private constructor(
    /** Five fields or a macro, as the CronJob controller reads them. */
    public readonly expressionString: string,
  ) {}
}
