import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import type { Component } from '../component';
import { Keeper } from './keeper';
import { isAlive, lockOfMachine } from './machine-lock';
import { type GoModule, moduleOf } from './modules';
import { pause } from './wait';

/** Takes one line of progress. */
export type Say = (line: string) => void;

/** Bytes that must be free for a build: what the largest program adds to Go's caches. */
const BUILD_BYTES = 5e9;
/** Milliseconds between two lines of progress. */
const PROGRESS = 15_000;

/** Where built binaries are kept between runs. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-ml', 'cluster');
}

/** Path of a component's binary; it is built unless the cache has it. */
export async function binaryOf(component: Component, say: Say): Promise<string> {
  const module = moduleOf(component);
  const { version } = module;
  const variables = Object.entries(component.linkVariables?.(version) ?? {}).map(([name, value]) => `${name}=${value}`);
  const key = createHash('sha256');
  for (const part of [module.mod, module.sum, component.mainPackage, ...variables, process.platform, process.arch]) {
    key.update(`${part}\0`);
  }
  const path = join(
    cacheFolder(),
    `${component.binary ?? component.name}-${version}-${key.digest('hex').slice(0, 16)}`,
  );
  if (existsSync(path)) return path;
  const release = await lockOfMachine(`the build of ${basename(path)}`, say);
  try {
    if (!existsSync(path)) await build(component, module, variables, path, say);
  } finally {
    release();
  }
  return path;
}

async function build(
  component: Component,
  module: GoModule,
  variables: string[],
  path: string,
  say: Say,
): Promise<void> {
  const partial = partialFile(path);
  const title = `${component.name} ${module.version}`;
  const flags = ['-s', '-w', ...variables.map((variable) => `-X ${variable}`)].join(' ');
  const args = ['build', '-v', '-trimpath', '-mod=readonly', '-buildvcs=false', '-ldflags', flags, '-o', partial];
  try {
    await goBuild(title, [...args, component.mainPackage], module, say);
    renameSync(partial, path);
  } finally {
    rmSync(partial, { force: true });
  }
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

/** Runs `go` without cgo, so that no C compiler is needed, and tells every fifteen seconds how far it is. */
async function goBuild(title: string, args: string[], module: GoModule, say: Say): Promise<void> {
  const go = goCommand();
  if (go === undefined) {
    const install = `Install Go ${module.goVersion} or newer (https://go.dev/dl) and run again`;
    const missing = `there is no command "go". ${install}`;
    throw new Error(`${title} is not in the cache ${cacheFolder()} and cannot be built: ${missing}.`);
  }
  const { bavail, bsize } = statfsSync(cacheFolder());
  if (bavail * bsize < BUILD_BYTES) {
    const room = `${(bavail * bsize) / 1e9} GB are free and ${BUILD_BYTES / 1e9} GB are wanted`;
    throw new Error(
      `${title} is not in the cache ${cacheFolder()} and cannot be built: ${room}. "go clean -cache" helps.`,
    );
  }
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  say(`building ${title} (once; later runs find it in ${cacheFolder()})`);
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-build-'));
  const log = join(folder, 'go.log');
  const lines = () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []);
  const count = (pattern: RegExp) => lines().filter((line) => pattern.test(line)).length;
  const keeper = new Keeper(folder);
  try {
    const env = { CGO_ENABLED: '0', GOWORK: 'off' };
    keeper.start({ name: 'go', command: go, args, env, log, folder: module.folder });
    for (let told = Date.now(); keeper.endOf('go') === undefined; await pause(100)) {
      if (Date.now() - told < PROGRESS) continue;
      told = Date.now();
      const downloads = count(/^go: downloading /);
      say(`building ${title}: ${seconds()} s, ${downloads} modules fetched, ${count(/^[^ ]+$/)} packages compiled`);
    }
    const end = keeper.endOf('go');
    if (end !== 'code 0') {
      throw new Error(`go build of ${title} in ${module.folder} ended with ${end}:\n${lines().slice(-30).join('\n')}`);
    }
    say(`built ${title} in ${seconds()} s`);
  } finally {
    await keeper.stop();
  }
}

/** The first `go` of the PATH. */
function goCommand(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'go')).find((file) => existsSync(file));
}
