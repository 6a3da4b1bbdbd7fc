/** One bad input: its number, what is wrong with it, what says so, and the diagnostic that it must meet. */
export interface Refused {
  readonly row: string;
  readonly what: string;
  /** What making and synthesizing says. */
  readonly says: () => string;
  readonly id: string;
  /** What the message must contain beside the id. */
  readonly naming?: string;
}

/** An input that looks bad and must pass. */
export interface Passed {
  readonly row: string;
  readonly what: string;
  readonly says: () => string;
}

// Where, id, what is wrong, what to do, name of the rule. A value object has no place in the tree: the stack shows the line.
const FOUR_PARTS = /^\s*(\[[^\n]*\] )?[A-Z]{3}\d{3}: .+\.\n +Fix: .+\. ?(Or Acknowledge.*\. )?\([a-z0-9-]+\)$/m;

export function refuses(rows: readonly Refused[]): void {
  test.each(rows.map((row) => [row.id, row.what, row.row, row] as const))('%s fails for %s (%s)', (id, _, __, row) => {
    const message = row.says();
    expect(message).toMatch(new RegExp(`\\b${id}: `));
    expect(message).toMatch(FOUR_PARTS);
    if (row.naming !== undefined) expect(message).toContain(row.naming);
    expect(message).not.toContain('COR010');
  });
}

export function passes(rows: readonly Passed[]): void {
  test.each(rows.map((row) => [row.what, row.row, row] as const))('takes %s (%s)', (_, __, row) => {
    expect(row.says()).toBe('');
  });
}
