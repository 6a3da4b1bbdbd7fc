// A counter that says whether what was computed earlier still holds.

let epoch = 0;

/** Says that some construct was made or grew, so that kept results no longer hold. */
export function changed(): void {
  epoch++;
}

/** Changes whenever a construct is made or grows; what was computed under another value is stale. */
export function currentEpoch(): number {
  return epoch;
}
