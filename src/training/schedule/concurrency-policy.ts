/** What happens when a run is due while the last one is still at work. */
export enum ConcurrencyPolicy {
  /** It is left out. */
  FORBID = 'Forbid',
  /** It runs beside the other. */
  ALLOW = 'Allow',
  /** It takes the place of the other, which is killed. */
  REPLACE = 'Replace',
}
