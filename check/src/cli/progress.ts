import type * as CliProgress from 'cli-progress';
import type { Output } from './surroundings';

/** Shorter runs need no bar. */
const PATIENCE_MS = 1000;

/** A bar on a terminal that shows how far a long run is; nothing elsewhere. */
export class Progress {
  private bar?: CliProgress.SingleBar;
  private readonly started = performance.now();

  constructor(
    private readonly output: Output,
    private readonly patience = PATIENCE_MS,
  ) {}

  /** Says how much of a part is done. */
  public show(part: string, done: number, all: number): void {
    if (this.output.isTTY !== true || performance.now() - this.started < this.patience) return;
    this.bar ??= this.start(part, all);
    this.bar.setTotal(all);
    this.bar.update(done, { part });
  }

  /** Takes the bar away. */
  public stop(): void {
    this.bar?.stop();
  }

  private start(part: string, all: number): CliProgress.SingleBar {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- only long runs on a terminal need it
    const { SingleBar } = require('cli-progress') as typeof CliProgress;
    const bar = new SingleBar({
      format: '{part} [{bar}] {value} of {total}',
      stream: this.output as NodeJS.WriteStream,
      clearOnComplete: true,
      barCompleteChar: '=',
      barIncompleteChar: ' ',
    });
    bar.start(all, 0, { part });
    return bar;
  }
}
