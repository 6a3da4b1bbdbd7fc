import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The script as processes of this machine, one for each node of a gang; nvidia-smi is stood in for.

const SCRIPT = join(__dirname, '..', '..', '..', 'src', 'training', 'scripts', 'preflight.py');
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-preflight-'));
const started: ChildProcess[] = [];
let port: string;

beforeEach(async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = String((server.address() as AddressInfo).port);
  server.close();
  await once(server, 'close');
});

afterEach(() => {
  for (const one of started.splice(0)) one.kill('SIGKILL');
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Puts a program in the place of nvidia-smi. */
function nvidiaSmi(text: string): void {
  const file = join(folder, 'nvidia-smi');
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

function start(args: string[], env: { readonly [name: string]: string } = {}): [ChildProcess, Promise<Ended>] {
  const { PATH } = process.env;
  const child = spawn('python3', [SCRIPT, ...args], { env: { PATH, PREFLIGHT_PORT: port, ...env } });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)));
  return [child, once(child, 'close').then(([code]) => ({ code: code as number | null, said }))];
}

const ends = (...given: Parameters<typeof start>): Promise<Ended> => start(...given)[1];
const withGpus = { PATH: `${folder}:${process.env.PATH}` };
const node = (rank: number, timeout = '30', env: { readonly [name: string]: string } = {}) =>
  start(['--nodes', '3', '--timeout', timeout, '--', 'echo', `node ${rank}`], {
    NODE_RANK: String(rank),
    MASTER_ADDR: 'localhost',
    ...env,
  });

test('becomes the command, with its arguments and its exit code', async () => {
  expect(await ends(['--', 'sh', '-c', 'echo "$0"; exit 7', '--nodes'])).toEqual({ code: 7, said: '--nodes\n' });
});

test('says that a command does not exist', async () => {
  expect(await ends(['--', '/no/such'])).toEqual({
    code: 127,
    said: 'preflight: /no/such: No such file or directory\n',
  });
});

test('passes when all GPUs answer', async () => {
  nvidiaSmi('echo "GPU 0: NVIDIA H100"; echo "  MIG 1g.10gb Device 0"; echo "GPU 1: NVIDIA H100"');
  expect(await ends(['--gpus', '2', '--', 'echo', 'trains'], withGpus)).toEqual({ code: 0, said: 'trains\n' });
});

test.each([
  ['fewer GPUs answer', 'echo "GPU 0: NVIDIA H100"', /lists 1 GPUs, and 2 are needed/],
  ['one fell off its bus', 'echo "GPU 0: H100"; echo "GPU 1: H100"; echo "Unable to determine"; exit 3', /Unable to/],
])('ends with 69 when %s', async (_what, text, words) => {
  nvidiaSmi(text);
  const { code, said } = await ends(['--gpus', '2', '--', 'echo', 'trains'], withGpus);
  expect(code).toBe(69);
  expect(said).toMatch(words);
  expect(said).not.toMatch(/^trains/m);
});

test('counts devices where there is no nvidia-smi', async () => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(
    execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim(),
    join(bin, 'python3'),
  );
  const { code, said } = await ends(['--gpus', '1024', '--', 'true'], { PATH: bin });
  expect(code).toBe(69);
  expect(said).toMatch(/preflight: \d+ devices \/dev\/nvidia\*, and 1024 are needed/);
});

test('starts the program on no node before all have met', async () => {
  const [, last] = node(2);
  const [, first] = node(0);
  const early = await Promise.race([last, first, new Promise((resolve) => setTimeout(() => resolve('wait'), 2500))]);
  expect(early).toBe('wait');
  const [, second] = node(1);
  expect(await Promise.all([first, second, last])).toEqual([
    { code: 0, said: 'node 0\n' },
    { code: 0, said: 'node 1\n' },
    { code: 0, said: 'node 2\n' },
  ]);
}, 60_000);

test('meets by the variables of each framework', async () => {
  const env = { PET_NODE_RANK: '0', PET_MASTER_ADDR: 'localhost', NODE_RANK: '9' };
  const jax = { JAX_PROCESS_ID: '1', JAX_COORDINATOR_ADDRESS: 'localhost:4444' };
  const xgboost = { RANK: '2', DMLC_TRACKER_URI: '127.0.0.1' };
  const all = [env, jax, xgboost].map((one) => ends(['--nodes', '3', '--timeout', '30', '--', 'true'], one));
  expect((await Promise.all(all)).map(({ code }) => code)).toEqual([0, 0, 0]);
}, 60_000);

test('a node that was restarted while others wait is counted once', async () => {
  const [, first] = node(0);
  const [killed, gone] = node(1);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  killed.kill('SIGKILL');
  await gone;
  const [, again] = node(1);
  expect(await Promise.race([first, new Promise((resolve) => setTimeout(() => resolve('wait'), 1500))])).toBe('wait');
  const [, last] = node(2);
  expect((await Promise.all([first, again, last])).map(({ code }) => code)).toEqual([0, 0, 0]);
}, 60_000);

test('strangers do not count', async () => {
  const [, first] = node(0, '4');
  await new Promise((resolve) => setTimeout(resolve, 1000));
  for (const text of ['GET / HTTP/1.1\r\n', '7\n', '-1\n', '0\n']) {
    const stranger = connect(Number(port), 'localhost').on('error', () => undefined);
    stranger.write(text);
  }
  expect((await first).said).toMatch(/nodes 1, 2 have not come/);
}, 60_000);

test('ends with 75 everywhere when one does not come, and says who', async () => {
  const [first, second] = [node(0, '3')[1], node(1, '3')[1]];
  const [{ code, said }, other] = await Promise.all([first, second]);
  expect([code, said]).toEqual([75, 'preflight: nodes 2 have not come within 3 s\n']);
  expect(other.code).toBe(75);
  expect(other.said).toMatch(/the first node at localhost:\d+ was not met within 3 s/);
}, 60_000);

test('ends with 75 when the first node has no address', async () => {
  const { code, said } = await node(1, '2', { MASTER_ADDR: 'nowhere.invalid' })[1];
  expect(code).toBe(75);
  expect(said).toMatch(/the first node at nowhere\.invalid:/);
}, 60_000);

test('ends with 143 on SIGTERM, as the first and as another node', async () => {
  const nodes = [node(0), node(1)];
  await new Promise((resolve) => setTimeout(resolve, 1500));
  for (const [child] of nodes) child.kill('SIGTERM');
  expect((await Promise.all(nodes.map(([, end]) => end))).map(({ code }) => code)).toEqual([143, 143]);
}, 60_000);

test('the program stops on SIGTERM by itself again', async () => {
  const [child, end] = start(['--', 'sleep', '60']);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  child.kill('SIGTERM');
  expect((await end).code).toBeNull();
}, 60_000);
