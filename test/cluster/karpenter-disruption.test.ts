import { Duration } from 'cdk8s';
import {
  Acknowledge,
  ConsolidationPolicy,
  DisruptionBudget,
  Gpu,
  GpuModel,
  GpuNodePool,
  GpuTrainingJob,
  type KarpenterOptions,
  NodeTimer,
  Provisioner,
} from 'cdk8s-ml';
import { deliver } from './fixtures/deliver';
import {
  eventAbout,
  finish,
  isTrue,
  karpenterCluster,
  landed,
  NODE_CLAIMS,
  nodeOf,
  of,
  RUN,
  settled,
  SIMULATED,
  startRun,
  startServer,
} from './fixtures/karpenter';
import { jobCondition, podsIn, type Whose } from './fixtures/pods';
import { only, rendered } from './fixtures/rendered';
import { gone, removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { agentsOn } from './ring/nodes/karpenter-instance-types';
import { useRing } from './ring/use-ring';

// The real Karpenter takes the nodes of our pools away, and when it does not: by what follows, each in a pool of its own.

const ring = useRing(...CLUSTER, 'karpenter');
/** Seconds in which Karpenter says why it leaves a node alone, and for two looks at one that it may take. */
const LONG = 400;
const TEST = { timeout: 900_000 };

const L40S = { gpu: GpuModel.L40S, instanceType: 'g6e.12xlarge', maxNodes: 2, provisioner: Provisioner.KARPENTER };
const POOLS = {
  plain: L40S,
  drifting: L40S,
  packed: L40S,
  expiring: L40S,
  impatient: { ...L40S, terminationGracePeriod: Duration.seconds(20) },
  removed: L40S,
};
type Pool = keyof typeof POOLS;
const PROFILE = karpenterCluster(POOLS);
const OPTIONS: { readonly [pool in Pool]?: Partial<KarpenterOptions> } = {
  drifting: { budgets: [DisruptionBudget.percent(100)] },
  packed: { consolidationPolicy: ConsolidationPolicy.WHEN_EMPTY_OR_UNDERUTILIZED },
  expiring: { expireAfter: NodeTimer.after(Duration.seconds(15)) },
  impatient: { expireAfter: NodeTimer.after(Duration.seconds(15)) },
};

/** The NodePool of a pool; changed options make one whose nodes are others. */
function nodePool(name: Pool, changed: Partial<KarpenterOptions> = {}): Manifest {
  const karpenter = { ...SIMULATED, ...OPTIONS[name], ...changed };
  return only(
    rendered(PROFILE, (chart) => new GpuNodePool(chart, name, { ...POOLS[name], karpenter })),
    'NodePool',
  );
}

beforeAll(async () => {
  await ring.api.apply(agentsOn('g6e.12xlarge'));
  await deliver(
    ring,
    (Object.keys(POOLS) as Pool[]).map((name) => nodePool(name)),
  );
});

const start = (name: string, pool: Pool, gpus = 1) => startRun(ring, PROFILE, name, pool, { gpu: Gpu.l40s(gpus) });

const GENERATION_TWO = { labels: { 'example.com/generation': 'two' } };

/** Changes a pool under its nodes, and waits until Karpenter has found the difference. */
async function drift(name: Pool): Promise<void> {
  await deliver(ring, [nodePool(name, GENERATION_TWO)]);
  const claims = { ...NODE_CLAIMS, labels: `karpenter.sh/nodepool=${name}` };
  await ring.until(claims, 'the node being found to differ from its pool', (all) =>
    all.some((each) => isTrue(each, 'Drifted')) ? undefined : JSON.stringify(all.map(({ status }) => status)),
  );
}

/** The only pod is the one that it was, and runs. */
async function expectUndisturbed(whose: Whose, pod: Manifest): Promise<void> {
  const [same] = await podsIn(ring, whose, 'Running', 1);
  expect(same.metadata.uid).toBe(pod.metadata.uid);
}

test(
  'a change of a pool comes with its next nodes: those in use stay, and go when they are empty',
  async () => {
    const { objects, whose } = await startServer(ring, PROFILE, 'plain', 1);
    const [replica] = await settled(ring, whose, 1);
    const node = await nodeOf(ring, replica);
    await drift('plain');
    const awaited = 'the budget forbidding it';
    await eventAbout(ring, nodePool('plain'), awaited, /DisruptionBlocked: No allowed disruptions.*Drifted/, LONG);
    await expectUndisturbed(whose, replica);
    await removeManifests(ring.api, objects);
    await gone(ring.api, node);

    const next = await start('next', 'plain');
    const { pod: later, node: changed } = await landed(ring, next);
    expect(changed.metadata.labels).toMatchObject(GENERATION_TWO.labels);
    await finish(ring, next, [later]);
  },
  TEST.timeout,
);

test(
  'a run keeps its node where budgets let drift take it',
  async () => {
    const job = await start('keeps', 'drifting');
    const { pod, node } = await landed(ring, job);
    await drift('drifting');
    const awaited = 'Karpenter leaving the node alone';
    await eventAbout(ring, node, awaited, /DisruptionBlocked: .*karpenter.sh\/do-not-disrupt/, LONG);
    await expectUndisturbed(of(job), pod);
    await finish(ring, job, [pod]);
    await gone(ring.api, node);
  },
  TEST.timeout,
);

test(
  'servers are moved together, to where a run is that stays',
  async () => {
    const filling = await start('filling', 'packed', 3);
    const { pod: filler, node: first } = await landed(ring, filling);
    const { objects, whose } = await startServer(ring, PROFILE, 'packed', 1);
    const [replica] = await podsIn(ring, whose, 'Running', 1);
    expect(replica.spec.nodeName).toBe(first.metadata.name);
    const staying = await start('staying', 'packed');
    const { pod, node: second } = await landed(ring, staying);
    expect(second.metadata.name).not.toBe(first.metadata.name);

    await finish(ring, filling, [filler]);
    await eventAbout(ring, first, 'its node being given up', /DisruptionTerminating: .*Underutilized/, LONG);
    await gone(ring.api, first);
    const [moved] = await podsIn(ring, whose, 'Running', 1);
    expect(moved.spec.nodeName).toBe(second.metadata.name);
    await expectUndisturbed(of(staying), pod);
    await removeManifests(ring.api, objects);
    await finish(ring, staying, [pod]);
  },
  TEST.timeout,
);

test('a node that expires takes no more pods, and goes when its run has ended', async () => {
  const job = await start('old', 'expiring');
  const { pod, node } = await landed(ring, job);
  await eventAbout(ring, node, 'the drain waiting', /FailedDraining: .*1 pods are waiting to be evicted/);
  const { spec } = await nodeOf(ring, pod);
  expect(spec).toMatchObject({
    taints: expect.arrayContaining([expect.objectContaining({ key: 'karpenter.sh/disrupted', effect: 'NoSchedule' })]),
  });
  const young = await start('young', 'expiring');
  const { pod: other, node: fresh } = await landed(ring, young);
  expect(fresh.metadata.name).not.toBe(node.metadata.name);
  await expectUndisturbed(of(job), pod);
  await finish(ring, job, [pod]);
  await gone(ring.api, node);
  await finish(ring, young, [other]);
});

test('a node that expires ends its run where the pool has a time for that, which counts as a failure', async () => {
  const objects = rendered(PROFILE, (chart) => {
    const pool = GpuNodePool.fromProfile(chart, 'impatient');
    const run = new GpuTrainingJob(chart, 'cut-short', { ...RUN, pool, gpu: Gpu.l40s(1), backoffLimit: 0 });
    Acknowledge.of(run).add('GPU026', 'Here it is to happen.');
  });
  const job = only(await deliver(ring, objects), 'Job');
  const { pod, node } = await landed(ring, job);
  await eventAbout(ring, pod, 'Karpenter ending the run', /Disrupted: .*bypasses .* the do-not-disrupt annotation/);
  await gone(ring.api, node);
  // The pod is deleted, not evicted: it has no condition DisruptionTarget, by which a Job would make another.
  expect((await jobCondition(ring, of(job), 'Failed')).reason).toBe('BackoffLimitExceeded');
  await removeManifests(ring.api, [job]);
});

test('with its NodePool a node goes, and not before its run has ended', async () => {
  const job = await start('orphan', 'removed');
  const { pod, node } = await landed(ring, job);
  await removeManifests(ring.api, [nodePool('removed')]);
  await eventAbout(ring, node, 'the drain waiting', /FailedDraining: .*1 pods are waiting to be evicted/);
  await expectUndisturbed(of(job), pod);
  await finish(ring, job, [pod]);
  await gone(ring.api, node);
});
