import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from '../../src/cli/main';

/** What a command wrote, and how it ended. */
export interface Ending {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command meets. */
export interface Meets {
  readonly env?: { readonly [name: string]: string };
  readonly isTTY?: boolean;
  readonly today?: string;
}

/** Runs a command in this process. */
export function run(args: readonly string[], { env = {}, isTTY = false, today = '2026-11-30' }: Meets = {}): Ending {
  let [stdout, stderr] = ['', ''];
  const code = main(args, {
    stdout: { write: (text) => (stdout += text), isTTY, columns: 100 },
    stderr: { write: (text) => (stderr += text) },
    env,
    now: () => new Date(`${today}T12:00:00Z`),
  });
  return { code, stdout, stderr };
}

/** A folder with some files, in which commands run until the tests of the file are over. */
export function useFolder(files: { readonly [path: string]: string }): string {
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-check-'));
  beforeAll(() => {
    for (const [path, text] of Object.entries(files)) put(path, text);
    process.chdir(folder);
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  return folder;
}
