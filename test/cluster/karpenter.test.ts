import type { Chart } from 'cdk8s';
import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  CapacityType,
  DistributedTraining,
  Framework,
  Gpu,
  GpuModel,
  GpuNodePool,
  type GpuTrainingJobProps,
  Provisioner,
} from 'cdk8s-ml';
import { deliver } from './fixtures/deliver';
import {
  eventAbout,
  finish,
  karpenterCluster,
  landed,
  NODE_CLAIMS,
  nodeOf,
  of,
  poolsReady,
  RUN,
  settled,
  SIMULATED,
  startRun,
  startServer,
} from './fixtures/karpenter';
import { podsIn } from './fixtures/pods';
import { only, rendered } from './fixtures/rendered';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { agentsOn } from './ring/nodes/karpenter-instance-types';
import { useRing } from './ring/use-ring';

// The real Karpenter, with machine types of the catalogue, makes the nodes of our pools.

const ring = useRing(...CLUSTER, 'karpenter');

const KARPENTERS = { provisioner: Provisioner.KARPENTER };
const L4 = { gpu: GpuModel.L4, instanceType: 'g6.12xlarge', maxNodes: 3, ...KARPENTERS };
const POOLS = {
  h100: { gpu: GpuModel.H100, instanceType: 'p5.48xlarge', maxNodes: 2, ...KARPENTERS },
  l4: L4,
  spot: { ...L4, capacityType: CapacityType.SPOT },
  small: { gpu: GpuModel.A10G, gpusPerNode: 1, maxNodes: 2, ...KARPENTERS },
  servers: { gpu: GpuModel.L40S, instanceType: 'g6e.12xlarge', maxNodes: 3, ...KARPENTERS },
  late: { gpu: GpuModel.T4, instanceType: 'g4dn.xlarge', maxNodes: 1, ...KARPENTERS },
};
const PROFILE = karpenterCluster(POOLS);
// One zone for gangs: of several, Karpenter may ask for one for one member and for another for the next.
const OPTIONS: { readonly [pool: string]: object } = { h100: { zones: ['eu-central-1b'] } };

/** What the pools of these names render. */
function nodePools(...names: (keyof typeof POOLS)[]): Manifest[] {
  return rendered(PROFILE, (chart) => {
    for (const name of names) {
      new GpuNodePool(chart, name, { ...POOLS[name], karpenter: { ...SIMULATED, ...OPTIONS[name] } });
    }
  });
}

const POOLS_AT_FIRST = nodePools('h100', 'l4', 'spot', 'small', 'servers');

beforeAll(async () => {
  for (const machine of ['p5.48xlarge', 'g6.12xlarge', 'g5.xlarge', 'g5.2xlarge', 'g6e.12xlarge', 'g4dn.xlarge']) {
    await ring.api.apply(agentsOn(machine));
  }
  await deliver(ring, POOLS_AT_FIRST);
});

const render = (build: (chart: Chart) => void) => rendered(PROFILE, build);
const start = (name: string, pool: string, props: Partial<GpuTrainingJobProps> & { gpu: Gpu }) =>
  startRun(ring, PROFILE, name, pool, props);

test('every NodePool is ready, and applied again nothing changes in it', async () => {
  await poolsReady(ring, POOLS_AT_FIRST);
  expect(await changesOfApplyingAgain(ring.api, POOLS_AT_FIRST)).toEqual([]);
});

test('a run of all that a machine has beside its agents gets a node of its pool', async () => {
  const job = await start('whole', 'l4', { gpu: Gpu.l4(4) });
  const { pod, node } = await landed(ring, job);
  expect(node.metadata.labels).toMatchObject({
    'cdk8s-ml.dev/pool': 'l4',
    'karpenter.sh/nodepool': 'l4',
    'karpenter.sh/capacity-type': 'on-demand',
    'node.kubernetes.io/instance-type': 'g6.12xlarge',
  });
  expect(node.spec).toMatchObject({
    taints: [expect.objectContaining({ key: 'nvidia.com/gpu', effect: 'NoSchedule' })],
  });
  await finish(ring, job, [pod]);
});

test('a gang gets its nodes in the zone of the pool, and none is made beyond what the pool may have', async () => {
  const objects = render((chart) => {
    const pool = GpuNodePool.fromProfile(chart, 'h100');
    const framework = Framework.pytorch();
    new DistributedTraining(chart, 'llm', { ...RUN, pool, framework, numNodes: 2, gpuPerNode: Gpu.h100(8) });
  });
  const job = only(await deliver(ring, objects), 'Job');
  const members = await settled(ring, of(job), 2);
  const nodes = await Promise.all(members.map((pod) => nodeOf(ring, pod)));
  const names = nodes.map(({ metadata }) => metadata.name);
  expect(new Set(names).size).toBe(2);
  for (const { metadata } of nodes) {
    expect(metadata.labels).toMatchObject({
      'cdk8s-ml.dev/pool': 'h100',
      'karpenter.sh/capacity-type': 'on-demand',
      'topology.kubernetes.io/zone': 'eu-central-1b',
    });
  }

  const third = await start('third', 'h100', { gpu: Gpu.h100(8) });
  const [waiting] = await podsIn(ring, of(third), 'Pending', 1);
  await eventAbout(ring, waiting, 'Karpenter refusing a third node', /node limits have been exhausted.*NodePool=h100/);
  await finish(ring, job, members);
  const { pod, node } = await landed(ring, third);
  expect(names).toContain(node.metadata.name);
  await finish(ring, third, [pod]);
});

test('two pools of one machine type have nodes of their own, spot machines only where the pool says so', async () => {
  const first = await start('steady', 'l4', { gpu: Gpu.l4(1) });
  const steady = await landed(ring, first);
  const second = await start('cheap', 'spot', { gpu: Gpu.l4(1) });
  const cheap = await landed(ring, second);
  expect(cheap.node.metadata.labels).toMatchObject({
    'cdk8s-ml.dev/pool': 'spot',
    'karpenter.sh/capacity-type': 'spot',
    'node.kubernetes.io/instance-type': 'g6.12xlarge',
  });
  expect(steady.node.metadata.labels).toMatchObject({
    'cdk8s-ml.dev/pool': 'l4',
    'karpenter.sh/capacity-type': 'on-demand',
    'node.kubernetes.io/instance-type': 'g6.12xlarge',
  });
  await finish(ring, first, [steady.pod]);
  await finish(ring, second, [cheap.pod]);
});

test.each([
  ['little', 8, 'g5.xlarge'],
  ['more', 20, 'g5.2xlarge'],
])('a pool without a machine type gets for %s memory the cheapest that has it', async (name, gibibytes, machine) => {
  const size = { cpu: Cpu.units(2), memory: Size.gibibytes(gibibytes) };
  const job = await start(name, 'small', { gpu: Gpu.a10g(1), ...size });
  const { pod, node } = await landed(ring, job);
  expect(node.metadata.labels).toMatchObject({ 'node.kubernetes.io/instance-type': machine });
  await finish(ring, job, [pod]);
});

test('the replicas of a server get nodes of their pool', async () => {
  const { objects, whose } = await startServer(ring, PROFILE, 'servers', 2);
  const replicas = await settled(ring, whose, 2);
  const nodes = await Promise.all(replicas.map((pod) => nodeOf(ring, pod)));
  for (const { metadata } of nodes) expect(metadata.labels).toMatchObject({ 'cdk8s-ml.dev/pool': 'servers' });
  // They wish to be apart, and Karpenter makes a node for each, although one has GPUs for both.
  const { items } = await ring.api.list({ ...NODE_CLAIMS, labels: 'karpenter.sh/nodepool=servers' });
  expect(items).toHaveLength(2);
  expect(await changesOfApplyingAgain(ring.api, objects)).toEqual([]);
  await removeManifests(ring.api, objects);
});

test('a run that is delivered before its pool waits for it', async () => {
  const job = await start('early', 'late', { gpu: Gpu.t4(1) });
  const [waiting] = await podsIn(ring, of(job), 'Pending', 1);
  await eventAbout(ring, waiting, 'Karpenter knowing no such pool', /incompatible requirements.*cdk8s-ml.dev\/pool/);
  await deliver(ring, nodePools('late'));
  const { pod, node } = await landed(ring, job);
  expect(node.metadata.labels).toMatchObject({ 'cdk8s-ml.dev/pool': 'late' });
  await finish(ring, job, [pod]);
});

const TOLERANT = { tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }] };

test.each([
  ['web', {}, 'cpu', /did not tolerate taint.*nvidia.com\/gpu/],
  ['label', { ...TOLERANT, nodeSelector: { 'nvidia.com/gpu.product': 'L4' } }, 'cpu', /nvidia.com\/gpu.product/],
  ['shared', { ...TOLERANT, nodeSelector: { 'cdk8s-ml.dev/pool': 'l4' } }, 'nvidia.com/gpu.shared', /enough resources/],
])('no node is made for a pod that no pool can have: %s', async (name, spec, resource, words) => {
  const resources = { requests: { [resource]: '1' }, limits: { [resource]: '1' } };
  const pod: Manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'web' },
    spec: { ...spec, containers: [{ name: 'main', image: 'example.com/web:1', resources }] },
  };
  await ensureNamespace(ring.api, 'web', {});
  await ring.api.create(pod);
  await eventAbout(ring, pod, 'Karpenter refusing a node', words);
  await removeManifests(ring.api, [pod]);
});
