/** Where a command writes. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What a command meets beside its arguments. */
export interface Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: { readonly [name: string]: string | undefined };
  readonly now: () => Date;
}

/** Exit codes, which CI systems rely on. */
export enum ExitCode {
  /** Nothing found at the level that fails. */
  CLEAN = 0,
  /** Findings at the level that fails, or above it. */
  FINDINGS = 1,
  /** Wrong usage, or input that cannot be read. */
  USAGE = 2,
}

/** Whether to write in colours: as asked for by NO_COLOR and FORCE_COLOR, and otherwise on terminals. https://no-color.org */
export function wantsColor(output: Output, { NO_COLOR, FORCE_COLOR, TERM }: Surroundings['env']): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return output.isTTY === true && TERM !== 'dumb';
}

/** Columns of a terminal, as far as lines of that length can be read; undefined elsewhere. */
export function readableWidth({ isTTY, columns }: Output): number | undefined {
  return isTTY === true ? Math.min(columns ?? WIDEST, WIDEST) : undefined;
}

const WIDEST = 120;
