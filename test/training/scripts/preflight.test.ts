import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, killScripts, says, type ScriptProcess, startScript, stays } from './script-process';

// The script as processes of this machine, one for each node of a gang; nvidia-smi is stood in for.

const folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-preflight-'));
let port: number;

beforeEach(async () => {
  port = await freePort();
});
afterEach(killScripts);

afterAll(() => rmSync(folder, { recursive: true }));

/** Puts a program in the place of nvidia-smi. */
function nvidiaSmi(text: string): void {
  const file = join(folder, 'nvidia-smi');
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}

function start(args: string[], env: { readonly [name: string]: string } = {}): ScriptProcess {
  return startScript('preflight.py', args, { env: { PREFLIGHT_PORT: String(port), ...env } });
}

/** How a process ends, and what it has said by then. */
async function end(one: ScriptProcess): Promise<{ readonly code: number | null; readonly said: string }> {
  const code = await one.code;
  return { code, said: one.text() };
}

const ends = (...given: Parameters<typeof start>) => end(start(...given));
const withGpus = { PATH: `${folder}:${process.env.PATH}` };
const node = (
  rank: number,
  timeout = '30',
  env: { readonly [name: string]: string } = {},
  command = ['echo', `node ${rank}`],
) =>
  start(['--nodes', '3', '--timeout', timeout, '--', ...command], {
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
  const [first, last] = [node(0), node(2)];
  await says(first, /node 2 is here, 1 to come/);
  expect([await stays(first), await stays(last)]).toEqual([true, true]);
  const nodes = [first, node(1), last];
  const ended = await Promise.all(nodes.map(end));
  expect(ended.map(({ code, said }) => [code, said.split('\n').at(-2)])).toEqual([
    [0, 'node 0'],
    [0, 'node 1'],
    [0, 'node 2'],
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
  const first = node(0);
  const before = node(1);
  await says(first, /node 1 is here, 1 to come/);
  before.process.kill('SIGKILL');
  await before.code;
  const again = node(1);
  await says(first, /(node 1 is here, 1 to come\s+.*){2}/);
  expect(await stays(first)).toBe(true);
  const codes = await Promise.all([first, again, node(2)].map(({ code }) => code));
  expect(codes).toEqual([0, 0, 0]);
}, 60_000);

test.each([
  ['the first node', 0],
  ['another node', 1],
])(
  '%s that starts again alone waits until the others have started again too',
  async (_what, lost) => {
    const working = (rank: number) => node(rank, '30', {}, ['sh', '-c', 'echo works; exec sleep 60']);
    const before = [0, 1, 2].map(working);
    for (const one of before) await says(one, /works/);
    before[lost].process.kill('SIGKILL');
    await before[lost].code;
    const again = node(lost);
    await says(again, lost === 0 ? /waiting on port/ : /looking for the first node/);
    expect(await stays(again)).toBe(true);
    const others = [0, 1, 2].filter((rank) => rank !== lost);
    for (const rank of others) before[rank].process.kill('SIGKILL');
    const codes = await Promise.all([again, ...others.map((rank) => node(rank))].map(({ code }) => code));
    expect(codes).toEqual([0, 0, 0]);
  },
  60_000,
);

test('a node that starts again alone gives up when the others stay at work', async () => {
  const working = [0, 1, 2].map((rank) => node(rank, '30', {}, ['sh', '-c', 'echo works; exec sleep 60']));
  for (const one of working) await says(one, /works/);
  working[2].process.kill('SIGKILL');
  await working[2].code;
  expect((await end(node(2, '2'))).code).toBe(75);
}, 60_000);

test('strangers do not count', async () => {
  const first = node(0, '4');
  await says(first, /waiting on port/);
  for (const text of ['GET / HTTP/1.1\r\n', '7\n', '-1\n', '0\n']) {
    const stranger = connect(Number(port), 'localhost').on('error', () => undefined);
    stranger.write(text);
  }
  const { said } = await end(first);
  expect(said).toMatch(/nodes 1, 2 have not come/);
  expect(said).not.toMatch(/is here/);
}, 60_000);

test('ends with 75 everywhere when one does not come, and says who', async () => {
  const second = node(1, '12');
  await says(second, /looking for the first node/);
  const first = node(0, '5');
  const [{ code, said }, other] = await Promise.all([end(first), end(second)]);
  expect(code).toBe(75);
  expect(said).toMatch(/^preflight: nodes 2 have not come within 5 s$/m);
  expect(other.code).toBe(75);
  expect(other.said).toMatch(/the first node at localhost:\d+ was not met within 12 s/);
}, 60_000);

test('ends with 75 when the first node has no address', async () => {
  const { code, said } = await end(node(1, '2', { MASTER_ADDR: 'nowhere.invalid' }));
  expect(code).toBe(75);
  expect(said).toMatch(/the first node at nowhere\.invalid:/);
}, 60_000);

test('ends with 143 on SIGTERM, as the first and as another node', async () => {
  const nodes = [node(0), node(1)];
  await says(nodes[0], /node 1 is here/);
  for (const { process: one } of nodes) one.kill('SIGTERM');
  expect(await Promise.all(nodes.map(({ code }) => code))).toEqual([143, 143]);
}, 60_000);

test('the program stops on SIGTERM by itself again', async () => {
  const program = start(['--', 'sh', '-c', 'echo trains; exec sleep 60']);
  await says(program, /trains/);
  program.process.kill('SIGTERM');
  expect(await program.code).toBeNull();
}, 60_000);
