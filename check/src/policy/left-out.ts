/** An operational fact that no rule stands for. */
export interface LeftOut {
  readonly fact: string;
  /** What it says. */
  readonly says: string;
  /** Why there is no rule. */
  readonly because: string;
}

/** Operational facts that cannot be told from manifests, or not well enough. */
export const LEFT_OUT: readonly LeftOut[] = [];
