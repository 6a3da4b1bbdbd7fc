import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { KEEPER_PROCESS } from './paths';

/** Time a program has to end by itself. */
const GRACE_MILLISECONDS = 20_000;

/** A program to start. */
export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: string[];
  readonly env: { [variable: string]: string };
  readonly log: string;
  /**
   * Folder it runs in.
   *
   * @default /
   */
  readonly folder?: string;
}

/**
 * This side of `keeper-process.js`.
 *
 * The keeper stops everything when the pipe to it closes: on `stop()`, and also when this process dies in whatever way.
 * It has a session of its own, so that Ctrl-C does not reach the programs all at once and out of order.
 */
export class Keeper {
  /** Sentences about programs that had to be killed. */
  public readonly complaints: string[] = [];
  private readonly ended = new Map<string, string>();
  private readonly process: ChildProcessByStdio<Writable, Readable, null>;
  private readonly gone: Promise<void>;

  /** Starts the keeper of a folder that goes when it stops. */
  constructor(folder: string, graceMilliseconds = GRACE_MILLISECONDS) {
    const args = [KEEPER_PROCESS, folder, String(graceMilliseconds)];
    this.process = spawn(process.execPath, args, { cwd: '/', detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
    this.process.stdin.on('error', () => undefined); // it is gone: `gone` tells
    this.gone = new Promise((resolve, reject) => {
      this.process.on('error', reject);
      this.process.on('close', () => resolve());
    });
    createInterface({ input: this.process.stdout }).on('line', (line) => this.heard(JSON.parse(line)));
  }

  /** Starts a program; whether it lives is asked with `endOf`. */
  public start(program: Program): void {
    this.process.stdin.write(`${JSON.stringify(program)}\n`);
  }

  /** How a program ended, or `undefined` while it runs. */
  public endOf(name: string): string | undefined {
    return this.ended.get(name);
  }

  /** Stops the programs, last started first, each waited for, and removes the folder. */
  public async stop(): Promise<void> {
    this.process.stdin.end();
    await this.gone;
  }

  private heard(event: { name: string; ended?: string; killed?: string }): void {
    if (event.ended !== undefined) this.ended.set(event.name, event.ended);
    if (event.killed !== undefined) this.complaints.push(`${event.name} was killed: ${event.killed}`);
  }
}
