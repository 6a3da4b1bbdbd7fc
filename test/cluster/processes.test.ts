import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binaryOf } from './ring/process/binaries';
import type { Component, Site } from './ring/component';
import { etcd } from './ring/components/etcd';
import { Keeper } from './ring/process/keeper';
import { KEEPER_PROCESS } from './ring/process/paths';
import { startRing } from './ring/ring';
import { isAlive, lockFile, lockOfMachine } from './ring/process/machine-lock';
import { waitFor } from './ring/process/wait';

// The ring's handling of processes, with small Node programs in the place of etcd and the API server.

const outside = mkdtempSync(join(tmpdir(), 'cdk8s-ml-test-'));
afterAll(() => rmSync(outside, { recursive: true }));

/** Arguments of a Node program that writes to `diary` its process id and, when it has stopped in good order, `word`. */
function telling(diary: string, word = 'stopped', millisecondsToStop = 0): string[] {
  const code = [
    `const tell = (line) => require('fs').appendFileSync(${JSON.stringify(diary)}, line + '\\n');`,
    `process.on('exit', () => tell('${word}'));`,
    `process.on('SIGTERM', () => setTimeout(() => process.exit(0), ${millisecondsToStop}));`,
    'setInterval(() => {}, 1000);',
    'tell(process.pid);',
  ];
  return ['-e', code.join('\n')];
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

function component(name: string, args: string[], more: Partial<Component> = {}): Component {
  const missing = async () => undefined;
  return { name, module: 'none', mainPackage: 'example.com/none', ports: [], args: () => args, missing, ...more };
}

const node = async () => process.execPath;
const silent = () => undefined;
/** The name of something that no other run on this machine asks for. */
const ours = (name: string) => `${name} of ${process.pid}`;
/** Seconds that a small program may take to start or end. */
const PATIENCE = 60;

describe('lockOfMachine', () => {
  it('lets one have it at a time, and gets over those who died with it', async () => {
    const release = await lockOfMachine(ours('a thing'), silent);
    const told: string[] = [];
    const second = lockOfMachine(ours('a thing'), (line) => told.push(line));
    (await lockOfMachine(ours('another thing'), silent))();
    await waitFor('being told to wait', PATIENCE, async () => (told.length === 1 ? undefined : 'no word'));
    expect(told).toEqual([`waiting for ${ours('a thing')}, which another run has`]);
    release();
    (await second)();

    const dead = spawnSync(process.execPath, ['-e', '']);
    const file = lockFile(ours('left behind'));
    writeFileSync(file, String(dead.pid));
    (await lockOfMachine(ours('left behind'), silent))();
    expect(existsSync(file)).toBe(false);
  });
});

describe('startRing', () => {
  it('waits until no other ring has what its component takes of the machine', async () => {
    const only = component('only', telling(join(outside, 'only')), { takes: ours('what there is one of') });
    const first = await startRing([only], silent, node);
    const told: string[] = [];
    const second = startRing([only], (line) => told.push(line), node);
    await waitFor('being told to wait', PATIENCE, async () => (told.length === 1 ? undefined : 'no word'));
    await first.stop();
    await (await second).stop();
    expect(told).toEqual([`waiting for ${ours('what there is one of')}, which another run has`, 'ready: only']);
  });

  it('stops what it started, last first, and removes its folder', async () => {
    const diary = join(outside, 'order');
    const named = (name: string, lines: number) =>
      component(name, telling(diary, `${name} ended`, 200), {
        missing: async () => (linesOf(diary).length >= lines ? undefined : 'no word of it'),
      });
    const ring = await startRing([named('store', 1), named('server', 2)], silent, node);
    expect(existsSync(ring.site.folder)).toBe(true);
    expect(await ring.stop()).toEqual([]);
    expect(linesOf(diary).slice(2)).toEqual(['server ended', 'store ended']);
    expect(existsSync(ring.site.folder)).toBe(false);
  });

  it('says how a program ended, with the last lines of its log, and stops the others', async () => {
    const diary = join(outside, 'early');
    const store = component('store', telling(diary), {
      missing: async () => (linesOf(diary).length > 0 ? undefined : 'no word of it'),
    });
    const server = component('server', ['-e', 'console.log("no such flag: --wrong"); process.exit(7)'], {
      missing: async () => 'no answer',
    });
    const start = startRing([store, server], silent, node);
    await expect(start).rejects.toThrow(
      'server ended with code 7 before it was ready\nLast lines of its log:\n  no such flag: --wrong',
    );
    expect(linesOf(diary)).toEqual([expect.stringMatching(/^\d+$/), 'stopped']);
    expect(isAlive(Number(linesOf(diary)[0]))).toBe(false);
  });

  it('says what did not happen when a program does not become ready', async () => {
    const never = component('server', telling(join(outside, 'never')), {
      readySeconds: 1,
      missing: async () => {
        throw new Error('GET /readyz: connection refused');
      },
    });
    await expect(startRing([never], silent, node)).rejects.toThrow(
      /^server being ready did not happen within 1 s: GET \/readyz: connection refused\nLast lines of its log:/,
    );
  });

  it('starts again with other ports when one was taken meanwhile', async () => {
    const sites: Site[] = [];
    const taken = 'console.error("listen tcp 127.0.0.1:1: bind: address already in use"); process.exit(1)';
    const server = component('server', [], {
      ports: ['secure'],
      args: (site) => {
        sites.push(site);
        return sites.length === 1 ? ['-e', taken] : telling(join(outside, 'taken'));
      },
      missing: async () => (sites.length === 1 ? 'no answer' : undefined),
    });
    const said: string[] = [];
    const ring = await startRing([server], (line) => said.push(line), node);
    await ring.stop();
    expect(said).toEqual(['a port was taken meanwhile: starting again with others', 'ready: server']);
    expect(existsSync(sites[0].folder)).toBe(false);
  });
});

describe('Keeper', () => {
  it('kills a program that does not stop, and says so', async () => {
    const [diary, folder] = [join(outside, 'stubborn'), mkdtempSync(join(outside, 'run-'))];
    const keeper = new Keeper(folder, 300);
    const args = telling(diary, 'stopped', 60_000);
    keeper.start({ name: 'stubborn', command: process.execPath, args, env: {}, log: join(folder, 'log') });
    await waitFor('the program starting', PATIENCE, async () =>
      linesOf(diary).length > 0 ? undefined : 'no word of it',
    );
    await keeper.stop();
    expect(keeper.complaints).toEqual(['stubborn was killed: it did not end within 300 ms of SIGTERM']);
    expect(isAlive(Number(linesOf(diary)[0]))).toBe(false);
    expect(existsSync(folder)).toBe(false);
  });

  it('stops the programs when the process that it works for is killed', async () => {
    const [diary, folder] = [join(outside, 'orphan'), mkdtempSync(join(outside, 'run-'))];
    const program = { name: 'p', command: process.execPath, args: telling(diary), env: {}, log: join(folder, 'log') };
    const keeper = [KEEPER_PROCESS, folder, '60000'];
    const options = { detached: true, stdio: ['pipe', 'ignore', 'ignore'] };
    const owner = [
      `const { stdin } = require('child_process').spawn(process.execPath, ...${JSON.stringify([keeper, options])});`,
      `stdin.write(${JSON.stringify(`${JSON.stringify(program)}\n`)});`,
    ].join('\n');
    const child = spawn(process.execPath, ['-e', owner]);
    await waitFor('the program starting', PATIENCE, async () =>
      linesOf(diary).length > 0 ? undefined : 'no word of it',
    );
    child.kill('SIGKILL');
    await waitFor('the folder being removed', PATIENCE, async () =>
      existsSync(folder) ? 'it is still there' : undefined,
    );
    expect(linesOf(diary)).toEqual([expect.stringMatching(/^\d+$/), 'stopped']);
    expect(isAlive(Number(linesOf(diary)[0]))).toBe(false);
  });
});

describe('binaryOf', () => {
  const { PATH, XDG_CACHE_HOME } = process.env;
  afterEach(() => Object.assign(process.env, { PATH, XDG_CACHE_HOME: XDG_CACHE_HOME ?? '' }));

  it('says that Go is missing when a program has to be built without it', async () => {
    Object.assign(process.env, { PATH: outside, XDG_CACHE_HOME: outside });
    const said: string[] = [];
    await expect(binaryOf(etcd, (line) => said.push(line))).rejects.toThrow(
      /^etcd v3\S+ is not in the cache .* and cannot be built: there is no command "go"\. Install Go 1\.\d+ or newer/,
    );
  });
});
