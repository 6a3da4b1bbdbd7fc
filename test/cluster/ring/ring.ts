import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { binaryOf, type Say } from './binaries';
import type { Component, Site } from './component';
import { onInterruption } from './interruption';
import { Keeper } from './keeper';
import { freePorts } from './ports';
import { waitFor } from './wait';

/** Seconds a component has to become ready, unless it asks for another limit. */
const READY_SECONDS = 60;
/** Tries with other ports, when somebody took one between its choice and its use. */
const PORT_TRIES = 3;

/** A running ring. */
export interface Ring {
  /** Where it lives. */
  readonly site: Site;
  /** Ends its processes, last started first, and removes its folder; tells what had to be killed. */
  stop(): Promise<string[]>;
}

/**
 * Builds what is not built, then starts the components one after the other, each when the one before is ready.
 *
 * `build` gives the path of a component's program.
 */
export async function startRing(components: Component[], say: Say, build = binaryOf): Promise<Ring> {
  const binaries = new Map<string, string>();
  for (const component of components) binaries.set(component.name, await build(component, say));
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(components, binaries, say);
    } catch (error) {
      if (attempt === PORT_TRIES || !/address already in use/.test(String(error))) throw error;
      say('a port was taken meanwhile: starting again with others');
    }
  }
}

async function startOnce(components: Component[], binaries: Map<string, string>, say: Say): Promise<Ring> {
  const ports = await choosePorts(components);
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-ring-'));
  const keeper = new Keeper(folder);
  const forget = onInterruption(() => keeper.stop());
  const stop = async () => {
    await keeper.stop();
    forget();
    return keeper.complaints;
  };
  const site: Site = {
    folder,
    token: randomBytes(24).toString('hex'),
    port: (component, name) => {
      const port = ports.get(`${component}/${name}`);
      if (port === undefined) throw new Error(`component ${component} declares no port "${name}"`);
      return port;
    },
  };
  try {
    for (const component of components) await startComponent(component, binaries.get(component.name)!, site, keeper);
  } catch (error) {
    await stop();
    throw error;
  }
  say(`ready: ${components.map((component) => component.name).join(', ')}`);
  return { site, stop };
}

async function choosePorts(components: Component[]): Promise<Map<string, number>> {
  const names = components.flatMap((component) => component.ports.map((name) => `${component.name}/${name}`));
  const ports = await freePorts(names.length);
  return new Map(names.map((name, index) => [name, ports[index]]));
}

async function startComponent(component: Component, command: string, site: Site, keeper: Keeper): Promise<void> {
  const { name } = component;
  const logs = resolve(process.env.CLUSTER_LOGS || join(site.folder, 'logs'));
  const log = join(logs, `${name}.log`);
  mkdirSync(logs, { recursive: true });
  component.prepare?.(site);
  keeper.start({ name, command, args: component.args(site), env: component.env?.(site) ?? {}, log });
  let end: string | undefined;
  try {
    await waitFor(`${name} being ready`, component.readySeconds ?? READY_SECONDS, async () => {
      end = keeper.endOf(name);
      return end === undefined ? component.missing(site) : undefined;
    });
    if (end !== undefined) throw new Error(`${name} ended with ${end} before it was ready`);
  } catch (error) {
    throw new Error(`${(error as Error).message}\nLast lines of its log:\n${lastLines(log)}`);
  }
}

function lastLines(file: string): string {
  if (!existsSync(file)) return '  (no log)';
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-20);
  return lines.map((line) => `  ${line.slice(0, 600)}`).join('\n');
}
