import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Say } from './binaries';
import { pause } from './wait';

/** Gives back what was taken. */
export type Release = () => void;

const HERE = new Set<string>();

/** Takes something of which the machine has one, when nobody else of it has it: by a file that names the process, which may have died. */
export async function lockOfMachine(name: string, say: Say): Promise<Release> {
  const file = lockFile(name);
  mkdirSync(dirname(file), { recursive: true });
  for (let told = false; HERE.has(file) || !isTaken(file); told = true) {
    if (!told) say(`waiting for ${name}, which another run has`);
    await pause(200);
  }
  HERE.add(file);
  return () => {
    if (HERE.delete(file)) rmSync(file);
  };
}

/** The file that is there while somebody has it. */
export function lockFile(name: string): string {
  return join(tmpdir(), 'cdk8s-ml-locks', createHash('sha256').update(name).digest('hex').slice(0, 16));
}

/** Whether the file is now that of this process. */
function isTaken(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  try {
    if (!isAlive(Number(readFileSync(file, 'utf8')))) rmSync(file, { force: true });
  } catch {
    // It was given back meanwhile.
  }
  return false;
}

/** Whether there is a process of that number. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
