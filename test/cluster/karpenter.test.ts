import type { Chart } from 'cdk8s';
import { Duration } from 'cdk8s';
import {
  CapacityType,
  Checkpoints,
  type ClusterProfileProps,
  Component,
  DistributedTraining,
  Framework,
  Gpu,
  GpuModel,
  GpuNodePool,
  GpuTrainingJob,
  type GpuTrainingJobProps,
  NodeClass,
  NodeTimer,
  Provider,
  Provisioner,
} from 'cdk8s-ml';
import { deliver } from './fixtures/deliver';
import { pods, podsIn } from './fixtures/pods';
import { NAMESPACE, only, rendered } from './fixtures/rendered';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace } from './ring/accept/namespaces';
import { gone, removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { useRing } from './ring/use-ring';

// The real Karpenter, with machine types of the catalogue, makes and takes the nodes of our pools.

const ring = useRing(...CLUSTER, 'karpenter');
/** Seconds in which Karpenter says again why it leaves a node alone. */
const LONG = 150;
const NODES = { apiVersion: 'v1', kind: 'Node' };

const KARPENTERS = { provisioner: Provisioner.KARPENTER };
const POOLS = {
  h100: { gpu: GpuModel.H100, instanceType: 'p5.48xlarge', maxNodes: 2, ...KARPENTERS },
  l40s: { gpu: GpuModel.L40S, instanceType: 'g6e.12xlarge', maxNodes: 1, ...KARPENTERS },
  spot: {
    gpu: GpuModel.L4,
    instanceType: 'g6.12xlarge',
    maxNodes: 3,
    capacityType: CapacityType.SPOT,
    ...KARPENTERS,
  },
};
const PROFILE: Partial<ClusterProfileProps> = {
  provider: Provider.AWS,
  components: [Component.KARPENTER],
  pools: POOLS,
};
const karpenter = {
  nodeClass: NodeClass.named('gpu', { group: 'karpenter.kwok.sh', kind: 'KWOKNodeClass' }),
  consolidateAfter: NodeTimer.after(Duration.seconds(2)),
};

const nodePools = rendered(PROFILE, (chart) => {
  new GpuNodePool(chart, 'h100', { ...POOLS.h100, karpenter: { ...karpenter, zones: ['eu-central-1b'] } });
  new GpuNodePool(chart, 'l40s', { ...POOLS.l40s, karpenter });
  new GpuNodePool(chart, 'spot', { ...POOLS.spot, karpenter });
});

beforeAll(async () => {
  await deliver(ring, nodePools);
});

const RUN = {
  image: 'registry.example.com/trainer:v1.0',
  command: ['python', 'train.py'],
  checkpoints: Checkpoints.claim('ckpt'),
  activeDeadline: Duration.hours(1),
};

const render = (build: (chart: Chart) => void) => rendered(PROFILE, build);

async function start(
  name: string,
  pool: string,
  props: Partial<GpuTrainingJobProps> & { gpu: Gpu },
): Promise<Manifest> {
  const objects = render((chart) => {
    new GpuTrainingJob(chart, name, { ...RUN, pool: GpuNodePool.fromProfile(chart, pool), ...props });
  });
  return only(await deliver(ring, objects), 'Job');
}

const of = (job: Manifest) => ({ namespace: NAMESPACE, job: job.metadata.name! });

async function nodeOf(pod: Manifest & { spec: { nodeName?: string } }): Promise<Manifest> {
  return (await ring.api.get({ ...NODES, metadata: { name: pod.spec.nodeName } })).object;
}

async function finish(job: Manifest): Promise<void> {
  for (const pod of await pods(ring, of(job), 'pods', () => undefined)) await meet(ring.api, pod, { exitCode: 0 });
  await removeManifests(ring.api, [job]);
}

/** Waits for an event about an object, and gives its message. */
async function event(about: Manifest, awaited: string, says: RegExp, seconds = 60): Promise<string> {
  let message = '';
  const namespace = about.metadata.namespace ?? 'default';
  await ring.until(
    { apiVersion: 'v1', kind: 'Event', namespace },
    awaited,
    (events) => {
      const own = events.filter(
        ({ involvedObject }) => (involvedObject as { name: string }).name === about.metadata.name,
      );
      const texts = own.map((each) => `${String(each.reason)}: ${String(each.message)}`);
      message = texts.find((text) => says.test(text)) ?? '';
      return message === '' ? `its events are ${JSON.stringify(texts)}` : undefined;
    },
    seconds,
  );
  return message;
}

function isTrue({ status }: Manifest, condition: string): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: { type: string; status: string }[] };
  return conditions.some(({ type, status: is }) => type === condition && is === 'True');
}

test('every NodePool is ready', async () => {
  await ring.until({ apiVersion: 'karpenter.sh/v1', kind: 'NodePool' }, 'NodePools being ready', (all) => {
    const waiting = all.filter((each) => !isTrue(each, 'Ready'));
    return all.length === 3 && waiting.length === 0 ? undefined : JSON.stringify(waiting.map(({ status }) => status));
  });
  expect(await changesOfApplyingAgain(ring.api, nodePools)).toEqual([]);
});

test('a run gets a node of its pool, which goes when the run has ended', async () => {
  const job = await start('small', 'l40s', { gpu: Gpu.l40s(1) });
  const [pod] = await podsIn(ring, of(job), 'Running', 1);
  const node = await nodeOf(pod);
  expect(node.metadata.labels).toMatchObject({
    'cdk8s-ml.dev/pool': 'l40s',
    'karpenter.sh/nodepool': 'l40s',
    'karpenter.sh/capacity-type': 'on-demand',
    'node.kubernetes.io/instance-type': 'g6e.12xlarge',
  });
  expect(node.spec).toMatchObject({
    taints: [expect.objectContaining({ key: 'nvidia.com/gpu', effect: 'NoSchedule' })],
  });
  await finish(job);
  await gone(ring.api, node);
});

test('a gang gets as many nodes as it has members, all in the zone of the pool', async () => {
  const objects = render((chart) => {
    const pool = GpuNodePool.fromProfile(chart, 'h100');
    const framework = Framework.pytorch();
    new DistributedTraining(chart, 'llm', { ...RUN, pool, framework, numNodes: 2, gpuPerNode: Gpu.h100(8) });
  });
  const job = only(await deliver(ring, objects), 'Job');
  const members = await podsIn(ring, of(job), 'Running', 2);
  const nodes = await Promise.all(members.map(nodeOf));
  expect(new Set(nodes.map(({ metadata }) => metadata.name)).size).toBe(2);
  for (const { metadata } of nodes) {
    expect(metadata.labels).toMatchObject({
      'cdk8s-ml.dev/pool': 'h100',
      'karpenter.sh/capacity-type': 'on-demand',
      'topology.kubernetes.io/zone': 'eu-central-1b',
    });
  }

  const third = await start('third', 'h100', { gpu: Gpu.h100(8) });
  const [waiting] = await podsIn(ring, of(third), 'Pending', 1);
  await event(waiting, 'Karpenter refusing a third node', /node limits have been exhausted.*NodePool=h100/);
  await removeManifests(ring.api, [third]);
  await finish(job);
});

test('spot machines are bought where the pool says so, and nowhere else', async () => {
  const job = await start('cheap', 'spot', { gpu: Gpu.l4(4) });
  const [pod] = await podsIn(ring, of(job), 'Running', 1);
  expect((await nodeOf(pod)).metadata.labels).toMatchObject({
    'cdk8s-ml.dev/pool': 'spot',
    'karpenter.sh/capacity-type': 'spot',
  });
  await finish(job);
});

test('a pod that does not tolerate the taint brings no GPU node', async () => {
  const pod: Manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'web' },
    spec: { containers: [{ name: 'main', image: 'example.com/web:1', resources: { requests: { cpu: '1' } } }] },
  };
  await ensureNamespace(ring.api, 'web', {});
  await ring.api.create(pod);
  const words = await event(pod, 'Karpenter refusing a node', /did not tolerate taint/);
  expect(words).toContain('nvidia.com/gpu');
  await removeManifests(ring.api, [pod]);
});

test('a node stays while a run is on it, although its pool has changed, and is replaced afterwards', async () => {
  const job = await start('long', 'l40s', { gpu: Gpu.l40s(2) });
  const [pod] = await podsIn(ring, of(job), 'Running', 1);
  const node = await nodeOf(pod);
  const pool = nodePools.find(({ metadata }) => metadata.name === 'l40s')!;
  const changed = { spec: { template: { metadata: { labels: { 'example.com/generation': 'two' } } } } };
  await ring.api.patch(pool, { spec: { ...changed.spec, disruption: { budgets: [{ nodes: '100%' }] } } });
  const claim = { apiVersion: 'karpenter.sh/v1', kind: 'NodeClaim', labels: 'karpenter.sh/nodepool=l40s' };
  await ring.until(claim, 'the node being found to differ from its pool', (claims) =>
    claims.some((each) => isTrue(each, 'Drifted')) ? undefined : JSON.stringify(claims.map(({ status }) => status)),
  );
  const awaited = 'Karpenter leaving the node alone';
  await event(node, awaited, /DisruptionBlocked: .*karpenter.sh\/do-not-disrupt/, LONG);
  const [same] = await podsIn(ring, of(job), 'Running', 1);
  expect(same.metadata.uid).toBe(pod.metadata.uid);
  await finish(job);
  await gone(ring.api, node);
}, 300_000);
