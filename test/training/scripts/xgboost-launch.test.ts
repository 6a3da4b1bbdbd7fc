import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { freePort, killScripts, says, type ScriptProcess, startScript } from './script-process';

// The script as processes of this machine; XGBoost's tracker is stood in for by ./stub, so that Python alone is needed.

const STUB = join(__dirname, 'stub');
const WORKER = ['python3', join(STUB, 'worker.py')];

let port: number;

beforeEach(async () => {
  port = await freePort();
});
afterEach(killScripts);

/** Starts one node of a gang; `env` says what differs from two nodes with one process each. */
function start(node: number | undefined, command: string[], env: { [name: string]: string } = {}): ScriptProcess {
  const ours = {
    PYTHONPATH: STUB,
    DMLC_TRACKER_URI: '127.0.0.1',
    DMLC_TRACKER_PORT: String(port),
    DMLC_NUM_WORKER: '2',
    ...(node === undefined ? {} : { NODE_RANK: String(node) }),
    XGBOOST_START_TIMEOUT: '30',
  };
  return startScript('xgboost_launch.py', command, { env: { ...ours, ...env } });
}

test('starts the workers of each node with their numbers and a GPU each, and ends when all are done', async () => {
  const env = { DMLC_NUM_WORKER: '4', NUM_PROC_PER_NODE: '2' };
  const nodes = [start(1, WORKER, env), start(0, WORKER, env)];
  expect(await Promise.all(nodes.map(({ code }) => code))).toEqual([0, 0]);
  const lines = nodes.flatMap((node) => node.text().match(/^\d.*/gm)).sort();
  expect(lines).toEqual(['0 0 0', '1 1 1', '2 0 0', '3 1 1']);
}, 60_000);

test('leaves the devices of a single worker alone, and reads the number of an XGBoostJob', async () => {
  const node = start(undefined, WORKER, { DMLC_NUM_WORKER: '1', RANK: '0' });
  expect(await node.code).toBe(0);
  expect(node.text()).toBe('0 0 -\n');
}, 60_000);

test('ends with the exit code of the worker that failed, and takes its neighbours along', async () => {
  const env = { DMLC_NUM_WORKER: '2', NUM_PROC_PER_NODE: '2' };
  const node = start(0, [...WORKER, 'exit-3'], env);
  expect(await node.code).toBe(3);
  expect(node.text()).toContain('worker 1 ended with exit code 3');
}, 60_000);

test('hands on SIGTERM, and ends with 143 even when the program ends with 0', async () => {
  const nodes = [start(1, [...WORKER, 'ignore-term']), start(0, [...WORKER, 'hang'])];
  await Promise.all(nodes.map((node) => says(node, /^\d/m)));
  for (const { process: one } of nodes) one.kill('SIGTERM');
  expect(await Promise.all(nodes.map(({ code }) => code))).toEqual([143, 143]);
}, 60_000);

test('ends on SIGTERM while it waits for the first node', async () => {
  const node = start(1, WORKER);
  await says(node, /waiting for the tracker at/);
  node.process.kill('SIGTERM');
  expect(await node.code).toBe(143);
}, 60_000);

test('gives up when a node never comes', async () => {
  const env = { DMLC_NUM_WORKER: '3', XGBOOST_START_TIMEOUT: '5' };
  const nodes = [start(0, WORKER, env), start(1, WORKER, env)];
  expect(await Promise.all(nodes.map(({ code }) => code))).toEqual([1, 1]);
}, 60_000);

test('gives up when the first node never comes', async () => {
  const node = start(1, WORKER, { XGBOOST_START_TIMEOUT: '1' });
  expect(await node.code).toBe(1);
  expect(node.text()).toContain(`no tracker at 127.0.0.1:${port} in 1 s`);
}, 60_000);

test('waits for the port of the tracker that was there before a restart', async () => {
  const before = createServer().listen(port, '0.0.0.0');
  await once(before, 'listening');
  const node = start(0, WORKER, { DMLC_NUM_WORKER: '1' });
  await says(node, /port \d+ is still in use/);
  before.close();
  expect(await node.code).toBe(0);
}, 60_000);

test('says what cannot be started', async () => {
  const node = start(0, ['no-such-program'], { DMLC_NUM_WORKER: '1' });
  expect(await node.code).toBe(127);
  expect(node.text()).toContain('no-such-program: No such file or directory');
}, 60_000);
