import type { ConcurrencyPolicy } from './concurrency-policy';

/** When a schedule starts its runs, and how it keeps them. */
export interface Clock {
  /** Name of the object. */
  readonly name: string;
  /** Labels of the object. */
  readonly labels: { readonly [label: string]: string };
  readonly schedule: string;
  readonly timeZone: string;
  readonly concurrencyPolicy: ConcurrencyPolicy;
  readonly startingDeadlineSeconds: number;
  readonly suspend?: boolean;
  readonly successfulJobsHistoryLimit: number;
  readonly failedJobsHistoryLimit: number;
}
