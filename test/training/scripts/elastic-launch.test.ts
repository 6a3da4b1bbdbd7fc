import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killScripts, says, type ScriptProcess, startScript, stays } from './script-process';

// The script as processes of this machine; torchrun is stood in for by shell commands.

let folder: string;
let marker: string;
let first: Server;
let port: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-elastic-'));
  marker = join(folder, 'COMPLETED');
  first = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(first, 'listening');
  port = (first.address() as AddressInfo).port;
});

afterEach(async () => {
  killScripts();
  first.close();
  if (first.listening) await once(first, 'close');
  rmSync(folder, { recursive: true });
});

/** Starts one node of a gang; `env` says what differs from one whose first node answers. */
function start(rank: number, command: string | string[], env: { [name: string]: string } = {}): ScriptProcess {
  const ours = {
    COMPLETION_MARKER: marker,
    COMPLETION_TIMEOUT: '30',
    PET_RDZV_ENDPOINT: `127.0.0.1:${port}`,
    PET_RDZV_CONF: 'join_timeout=5',
    NODE_RANK: String(rank),
    START_TIMEOUT: '30',
  };
  const words = typeof command === 'string' ? ['sh', '-c', command] : command;
  return startScript('elastic_launch.py', words, { env: { ...ours, ...env }, cwd: folder });
}

test('lets no node succeed before the run is complete', async () => {
  const early = start(1, 'exit 0');
  const saving = start(0, 'until [ -e SAVED ]; do sleep 0.1; done; : > COMPLETED');
  await says(early, /waiting for .*COMPLETED/);
  expect(existsSync(marker)).toBe(false);
  writeFileSync(join(folder, 'SAVED'), '');
  expect(await Promise.all([early.code, saving.code])).toEqual([0, 0]);
  expect(existsSync(marker)).toBe(true);
}, 60_000);

test('a node whose peers fail does not make a success of it, and joins them again', async () => {
  const done = start(1, 'exit 0', { COMPLETION_TIMEOUT: '1' });
  const failed = start(0, 'echo the disk is full; exit 1');
  expect(await Promise.all([done.code, failed.code])).toEqual([1, 1]);
  expect(done.text()).toContain('not complete in 1 s: this node fails, to join the others again');
}, 60_000);

test('a node that comes when the run is complete has nothing to do', async () => {
  writeFileSync(marker, '');
  const late = start(1, 'echo trains', { PET_RDZV_ENDPOINT: 'no-such-host:1' });
  expect(await late.code).toBe(0);
  expect(late.text()).not.toContain('trains');
}, 60_000);

test('tells torchrun which node is the host, whatever the host is called', async () => {
  const command = 'echo $PET_RDZV_CONF; until [ -e DONE ]; do sleep 0.1; done; : > COMPLETED';
  const nodes = [start(0, command), start(2, command)];
  await says(nodes[0], /^join_timeout=5,is_host=true$/m);
  await says(nodes[1], /^join_timeout=5,is_host=false$/m);
  writeFileSync(join(folder, 'DONE'), '');
  expect(await Promise.all(nodes.map(({ code }) => code))).toEqual([0, 0]);
  const alone = start(0, command, { PET_RDZV_CONF: '', COMPLETION_MARKER: join(folder, 'other', 'COMPLETED') });
  await says(alone, /^is_host=true$/m);
  alone.process.kill();
  expect(await alone.code).toBe(143);
}, 60_000);

test('the others wait until the first node answers', async () => {
  first.close();
  await once(first, 'close');
  const node = start(1, 'echo conf $PET_RDZV_CONF; : > COMPLETED');
  await says(node, /waiting for the first node/);
  expect(await stays(node)).toBe(true);
  first.listen(port, '127.0.0.1');
  expect(await node.code).toBe(0);
  expect(node.text()).toContain('conf join_timeout=5,is_host=false\n');
}, 60_000);

test('gives up when the first node never comes', async () => {
  const node = start(1, 'exit 0', { PET_RDZV_ENDPOINT: '127.0.0.1:1', START_TIMEOUT: '1' });
  expect(await node.code).toBe(1);
  expect(node.text()).toContain('no first node at 127.0.0.1:1 in 1 s');
}, 60_000);

test('ends with the exit code of a command that fails, also when the run is complete', async () => {
  expect(await start(0, ': > COMPLETED; exit 3').code).toBe(3);
  rmSync(marker);
  expect(await start(0, 'kill -9 $$').code).toBe(137);
}, 60_000);

test.each([
  ['trains and then ends with 0', 'trap "exit 0" TERM; echo ready; while :; do sleep 0.1; done'],
  ['waits for the others', 'echo ready'],
])(
  'ends with 143 after SIGTERM while it %s',
  async (_state, command) => {
    const node = start(0, command);
    await says(node, /ready/);
    if (!command.includes('trap')) await says(node, /waiting/);
    node.process.kill('SIGTERM');
    expect(await node.code).toBe(143);
  },
  60_000,
);

test('ends with 143 after SIGTERM while it waits for the first node', async () => {
  const node = start(1, 'exit 0', { PET_RDZV_ENDPOINT: '127.0.0.1:1' });
  await says(node, /waiting for the first node/);
  node.process.kill('SIGTERM');
  expect(await node.code).toBe(143);
}, 60_000);

test('says what cannot be started', async () => {
  const node = start(0, ['no-such-program']);
  expect(await node.code).toBe(127);
  expect(node.text()).toContain('no-such-program: No such file or directory');
}, 60_000);
