import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Component } from './component';
import { onInterruption } from './interruption';

/** Takes one line of progress. */
export type Say = (line: string) => void;

/** Where built binaries are kept between runs. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-ml', 'cluster');
}

/** Path of a component's binary; it is built unless the cache has it. */
export async function binaryOf(component: Component, say: Say): Promise<string> {
  const module = readModule(component.module);
  const version = module.versionOf(component.mainPackage);
  const variables = Object.entries(component.linkVariables?.(version) ?? {}).map(([name, value]) => `${name}=${value}`);
  const key = createHash('sha256');
  for (const part of [module.mod, module.sum, component.mainPackage, ...variables, process.platform, process.arch]) {
    key.update(`${part}\0`);
  }
  const path = join(cacheFolder(), `${component.name}-${version}-${key.digest('hex').slice(0, 16)}`);
  if (existsSync(path)) return path;

  const partial = partialFile(path);
  const title = `${component.name} ${version}`;
  const flags = ['-s', '-w', ...variables.map((variable) => `-X ${variable}`)].join(' ');
  const args = ['build', '-v', '-trimpath', '-mod=readonly', '-buildvcs=false', '-ldflags', flags, '-o', partial];
  try {
    await goBuild(title, [...args, component.mainPackage], module, say);
    renameSync(partial, path);
  } finally {
    rmSync(partial, { force: true });
  }
  return path;
}

interface GoModule {
  readonly folder: string;
  readonly mod: string;
  readonly sum: string;
  readonly goVersion: string;
  versionOf(mainPackage: string): string;
}

/** The module files of one folder of `test/cluster/modules`, which hold the only copy of every version. */
function readModule(name: string): GoModule {
  const folder = join(__dirname, '..', 'modules', name);
  const mod = readFileSync(join(folder, 'go.mod'), 'utf8');
  return {
    folder,
    mod,
    sum: readFileSync(join(folder, 'go.sum'), 'utf8'),
    goVersion: /^go (\S+)$/m.exec(mod)?.[1] ?? '',
    versionOf: (mainPackage) => {
      for (const [, path, version] of mod.matchAll(/^require (\S+) (\S+)$/gm)) {
        if (mainPackage === path || mainPackage.startsWith(`${path}/`)) return version;
      }
      throw new Error(`${folder}/go.mod has no line "require <module> <version>" for ${mainPackage}`);
    },
  };
}

/** A name beside `path` for this process to build into; what processes that are gone left there is removed. */
function partialFile(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  const prefix = `${basename(path)}.partial-`;
  for (const file of readdirSync(dirname(path))) {
    if (file.startsWith(prefix) && !isAlive(Number(file.slice(prefix.length)))) rmSync(join(dirname(path), file));
  }
  return join(dirname(path), `${prefix}${process.pid}`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Runs `go` without cgo, so that no C compiler is needed, and tells every fifteen seconds how far it is. */
function goBuild(title: string, args: string[], module: GoModule, say: Say): Promise<void> {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const output: string[] = [];
  const count = (pattern: RegExp) => output.filter((line) => pattern.test(line)).length;
  say(`building ${title} (once; later runs find it in ${cacheFolder()})`);

  return new Promise((resolve, reject) => {
    const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
    const child = spawn('go', args, { cwd: module.folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const forget = onInterruption(async () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    });
    const ticker = setInterval(() => {
      const downloads = count(/^go: downloading /);
      say(`building ${title}: ${seconds()} s, ${downloads} modules fetched, ${count(/^[^ ]+$/)} packages compiled`);
    }, 15_000);
    const settle = (error?: Error) => {
      clearInterval(ticker);
      forget();
      if (error) return reject(error);
      say(`built ${title} in ${seconds()} s`);
      return resolve();
    };
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => output.push(line));
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'ENOENT'
          ? `there is no command "go". Install Go ${module.goVersion} or newer (https://go.dev/dl) and run again`
          : error.message;
      settle(new Error(`${title} is not in the cache ${cacheFolder()} and cannot be built: ${reason}.`));
    });
    child.on('close', (code, signal) => {
      if (code === 0) return settle();
      const last = output.slice(-30).join('\n');
      return settle(new Error(`go build of ${title} in ${module.folder} ended with ${signal ?? code}:\n${last}`));
    });
  });
}
