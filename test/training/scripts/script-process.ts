import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

// On a busy machine Python takes seconds to start.
jest.setTimeout(60_000);

/** A script of the library as a process of this machine. */
export interface ScriptProcess {
  readonly process: ChildProcess;
  /** What it has printed so far. */
  readonly text: () => string;
  /** Its exit code, or null when a signal ended it. */
  readonly code: Promise<number | null>;
}

export interface ScriptSettings {
  /** Names of the environment; PATH is handed on. */
  readonly env: { readonly [name: string]: string };
  readonly cwd?: string;
}

const SCRIPTS = join(__dirname, '..', '..', '..', 'src', 'training', 'scripts');
const started: ScriptProcess[] = [];

export function startScript(file: string, args: readonly string[], { env, cwd }: ScriptSettings): ScriptProcess {
  const { PATH } = process.env;
  const child = spawn('python3', [join(SCRIPTS, file), ...args], { env: { PATH, ...env }, cwd });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += String(data)));
  const code = once(child, 'close').then(([status]) => status as number | null);
  const one = { process: child, text: () => text, code };
  started.push(one);
  return one;
}

/** Ends what a test left running. */
export function killScripts(): void {
  for (const { process: one } of started.splice(0)) one.kill('SIGKILL');
}

/** Waits until a process has said something. */
export async function says({ process: child, text }: ScriptProcess, words: RegExp): Promise<void> {
  while (!words.test(text())) {
    if ((child.exitCode ?? child.signalCode) !== null) throw new Error(`It has ended, and said only: ${text()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Whether a process is still there after a second. */
export async function stays({ code }: ScriptProcess): Promise<boolean> {
  const still = new Promise<'still'>((resolve) => setTimeout(() => resolve('still'), 1000));
  return (await Promise.race([code, still])) === 'still';
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
