import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, killScripts, says, type ScriptProcess, startScript } from './script-process';

// The measurement of bandwidth on two nodes with two GPUs each, as processes of this machine; PyTorch and nvidia-smi are stood in for.

const folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-bandwidth-'));
const smi = join(folder, 'nvidia-smi');
let ports: { readonly [name: string]: string };

beforeAll(() => {
  writeFileSync(smi, '#!/bin/sh\necho "GPU 0: H100"; echo "GPU 1: H100"\n');
  chmodSync(smi, 0o755);
});
beforeEach(async () => {
  ports = { PREFLIGHT_PORT: String(await freePort()), PREFLIGHT_BANDWIDTH_PORT: '29398' };
});
afterEach(killScripts);
afterAll(() => rmSync(folder, { recursive: true }));

// 512 MiB in a hundredth of a second, between four: 0.5369 GB / 0.01 s * 2 * 3 / 4.
const REACHED = '80.53';

function start(args: readonly string[], env: { readonly [name: string]: string }): ScriptProcess {
  return startScript('preflight.py', [...args, '--', 'echo', 'trains'], {
    env: {
      ...ports,
      PATH: `${folder}:${process.env.PATH}`,
      PYTHONPATH: join(__dirname, 'torch-stub'),
      STUB_SECONDS: '0.01',
      ...env,
    },
  });
}

const node = (rank: number, floor: string, env: { readonly [name: string]: string } = {}) =>
  start(['--gpus', '2', '--nodes', '2', '--timeout', '30', '--bandwidth', floor], {
    PET_NODE_RANK: String(rank),
    PET_MASTER_ADDR: 'localhost',
    ...env,
  });

// Processes that measure hold the output of their node: it has ended when they have.
const ends = async (...nodes: ScriptProcess[]) => [
  await Promise.all(nodes.map(({ code }) => code)),
  nodes.map((one) => one.text()).join(''),
];

test('starts the program when the GPUs of all nodes are fast enough together', async () => {
  const [codes, said] = await ends(node(0, '80.5'), node(1, '80.5'));
  expect(codes).toEqual([0, 0]);
  expect(said).toContain(`the bus bandwidth of 4 processes is ${REACHED} GB/s, and 80.5 are needed`);
  const joined = [...String(said).matchAll(/^joins nccl tcp:\/\/localhost:29398 (\d) 4 (\d) 300\.0$/gm)];
  expect(joined.map(([, rank, local]) => `${rank} ${local}`).sort()).toEqual(['0 0', '1 1', '2 0', '3 1']);
  expect(String(said).match(/^trains$/gm)).toHaveLength(2);
}, 60_000);

test('ends with 74 on every node when they are not', async () => {
  const [codes, said] = await ends(node(0, '80.6'), node(1, '80.6'));
  expect(codes).toEqual([74, 74]);
  expect(String(said).match(/^preflight: the bandwidth is below 80\.6 GB\/s$/gm)).toHaveLength(2);
  expect(said).not.toMatch(/^trains$/m);
}, 60_000);

test('ends with 74 on every node when a process is lost, in the time that it has', async () => {
  const lost = { STUB_DIES: '3', PREFLIGHT_MEASURE_SECONDS: '10' };
  const [codes, said] = await ends(node(0, '1', lost), node(1, '1', lost));
  expect(codes).toEqual([74, 74]);
  expect(said).toMatch(/the bandwidth was not measured: a process ended with 9/);
  expect(said).toMatch(/the bandwidth was not measured within 10 s/);
}, 60_000);

test('ends with 74 where there is no PyTorch', async () => {
  const [codes, said] = await ends(start(['--gpus', '2', '--bandwidth', '1'], { STUB_MISSING: 'yes' }));
  expect(codes).toEqual([74]);
  expect(said).toMatch(/No module named 'torch'[^]*the bandwidth was not measured: a process ended with 1/);
}, 60_000);

test('measures between the GPUs of one node', async () => {
  const [codes, said] = await ends(start(['--gpus', '2', '--bandwidth', '53'], {}));
  expect(codes).toEqual([0]);
  expect(said).toMatch(/joins nccl tcp:\/\/127\.0\.0\.1:29398 1 2 1 300\.0/);
  expect(said).toMatch(/the bus bandwidth of 2 processes is 53\.69 GB\/s/);
}, 60_000);

test('ends with 143 on SIGTERM, with all that it started', async () => {
  const one = start(['--gpus', '2', '--bandwidth', '1'], { STUB_DIES: 'nobody' });
  await says(one, /joins.*\s+joins/);
  one.process.kill('SIGTERM');
  expect(await one.code).toBe(143);
}, 60_000);
