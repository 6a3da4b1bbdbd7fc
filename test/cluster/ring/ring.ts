import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Component, Site } from './component';
import { installAfter, installBefore, installKinds } from './install';
import { binaryOf, type Say } from './process/binaries';
import { Keeper } from './process/keeper';
import { lockOfMachine, type Release } from './process/machine-lock';
import { freePorts } from './process/ports';
import { waitFor } from './process/wait';

/** Seconds a component has to become ready, unless it asks for another limit. */
const READY_SECONDS = 180;
/** The component that serves the kinds of all others. */
const API_SERVER = 'kube-apiserver';
/** Tries with other ports, when somebody took one between its choice and its use. */
const PORT_TRIES = 3;

/** A running ring. */
export interface Ring {
  /** Where it lives. */
  readonly site: Site;
  /** The last lines of the log of a component. */
  log(component: string, lines: number): string;
  /** Copies every log into a folder. */
  keepLogs(folder: string): void;
  /** Ends its processes, last started first, and removes its folder; tells what had to be killed. */
  stop(): Promise<string[]>;
}

/**
 * Builds what is not built, then starts the components, each when those that it needs are ready.
 *
 * `build` gives the path of a component's program.
 */
export async function startRing(components: Component[], say: Say, build = binaryOf): Promise<Ring> {
  const binaries = new Map<string, string>();
  for (const component of components) binaries.set(component.name, await build(component, say));
  const releases: Release[] = [];
  const release = () => releases.splice(0).forEach((each) => each());
  for (const taken of components.flatMap(({ takes }) => takes ?? []).sort()) {
    releases.push(await lockOfMachine(taken, say));
  }
  for (let attempt = 1; ; attempt++) {
    try {
      const ring = await startOnce(components, binaries, say);
      return { ...ring, stop: () => ring.stop().finally(release) };
    } catch (error) {
      if (attempt === PORT_TRIES || !/address already in use/.test(String(error))) {
        release();
        throw error;
      }
      say('a port was taken meanwhile: starting again with others');
    }
  }
}

async function startOnce(components: Component[], binaries: Map<string, string>, say: Say): Promise<Ring> {
  const ports = await choosePorts(components);
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-ring-'));
  const keeper = new Keeper(folder);
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  const site: Site = {
    folder,
    token: randomBytes(24).toString('hex'),
    port: (component, name) => {
      const port = ports.get(`${component}/${name}`);
      if (port === undefined) throw new Error(`component ${component} declares no port "${name}"`);
      return port;
    },
    has: (name) => components.some((component) => component.name === name),
    folderOf: (name) => {
      mkdirSync(join(folder, name), { recursive: true });
      return join(folder, name);
    },
  };
  const ring: Ring = {
    site,
    log: (component, lines) => lastLines(join(logs, `${component}.log`), lines),
    keepLogs: (to) => cpSync(logs, to, { recursive: true }),
    stop: async () => {
      await keeper.stop();
      return keeper.complaints;
    },
  };
  const started = new Map<string, Promise<void>>();
  const start = async (component: Component) => {
    await Promise.all((component.needs ?? []).map((name) => started.get(name)));
    await startComponent(component, binaries.get(component.name)!, ring, keeper);
    if (component.name === API_SERVER) await installKinds(components, site);
  };
  for (const component of components) started.set(component.name, start(component));
  const [failed] = (await Promise.allSettled(started.values())).filter((each) => each.status === 'rejected');
  if (failed) {
    await ring.stop();
    throw failed.reason;
  }
  say(`ready: ${components.map((component) => component.name).join(', ')}`);
  return ring;
}

async function choosePorts(components: Component[]): Promise<Map<string, number>> {
  const names = components.flatMap((component) => component.ports.map((name) => `${component.name}/${name}`));
  const ports = await freePorts(names.length);
  return new Map(names.map((name, index) => [name, ports[index]]));
}

async function startComponent(component: Component, command: string, ring: Ring, keeper: Keeper): Promise<void> {
  const { name } = component;
  const { site } = ring;
  component.prepare?.(site);
  await installBefore(component, site);
  const log = join(site.folder, 'logs', `${name}.log`);
  keeper.start({ name, command, args: component.args(site), env: component.env?.(site) ?? {}, log });
  let end: string | undefined;
  try {
    await waitFor(`${name} being ready`, component.readySeconds ?? READY_SECONDS, async () => {
      end = keeper.endOf(name);
      return end === undefined ? component.missing(site) : undefined;
    });
    if (end !== undefined) throw new Error(`${name} ended with ${end} before it was ready`);
  } catch (error) {
    throw new Error(`${(error as Error).message}\nLast lines of its log:\n${ring.log(name, 20)}`);
  }
  await installAfter(component, site);
}

function lastLines(file: string, count: number): string {
  if (!existsSync(file)) return '  (no log)';
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count);
  return lines.map((line) => `  ${line.slice(0, 600)}`).join('\n');
}
