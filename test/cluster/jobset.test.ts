import { Duration } from 'cdk8s';
import {
  Checkpoints,
  type ClusterProfileProps,
  Component,
  type DistributedTrainingProps,
  Queue,
  TrainingBackend,
} from 'cdk8s-ml';
import { sharedClaim } from './fixtures/claims';
import { gang, MACHINE } from './fixtures/gang';
import { QUEUE, QUEUED_CLUSTER, queueOfH100s } from './fixtures/queues';
import { problemsOfMeeting } from './fixtures/meetings';
import { NAMESPACE, only } from './fixtures/rendered';
import { noPods, PODS, running } from './fixtures/running';
import { workloadHas } from './fixtures/workloads';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { gone, removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { allMeet, meet } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { describePods, environmentOf, isRunning, type Pod, podsAt, unschedulable, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// Gangs of ours as JobSets: the pods that the real operator makes of them, and how they fail, start again and end.

const ring = useRing(...CLUSTER, 'jobset', 'kueue');

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    ['a', 'b', 'c'].map((name) => gpuNode(name, MACHINE)),
  );
  for (const object of [...sharedClaim('checkpoints'), ...queueOfH100s(24)]) await ring.api.apply(object);
});

const made: Manifest[] = [];

afterEach(async () => {
  await removeManifests(ring.api, made.splice(0));
  await noPods(ring);
});

const CLUSTER_OF_JOBSETS: Partial<ClusterProfileProps> = {
  components: [Component.JOBSET],
  trainingBackend: TrainingBackend.JOB_SET,
};

type Run = Partial<DistributedTrainingProps> & { readonly run: string };

/** What a gang of two nodes renders. */
const rendered = (props: Run, profile = CLUSTER_OF_JOBSETS): Manifest[] => gang(profile, props);

/** A run that may fail twice. */
const retried = (run: string, props: Partial<DistributedTrainingProps> = {}): Manifest[] =>
  rendered({ run, checkpoints: Checkpoints.claim('checkpoints'), backoffLimit: 2, ...props });

async function start(manifests: Manifest[]): Promise<Manifest> {
  for (const manifest of manifests) await ring.api.apply(manifest);
  made.push(...manifests);
  return only(manifests, 'JobSet');
}

interface State {
  readonly restarts?: number;
  readonly restartsCountTowardsMax?: number;
  readonly terminalState?: string;
}

interface Condition {
  readonly type: string;
  readonly reason: string;
}

/** Waits until the status is so, and gives the reasons of its conditions. */
async function reaches({ apiVersion, kind, metadata }: Manifest, wanted: State): Promise<string[]> {
  const one = { apiVersion, kind, namespace: NAMESPACE, name: metadata.name };
  const [{ status }] = await ring.until(one, `${metadata.name} reaching ${JSON.stringify(wanted)}`, ([object]) => {
    const state = (object.status ?? {}) as State;
    const is = Object.entries(wanted).every(([field, value]) => (state[field as keyof State] ?? 0) === value);
    return is ? undefined : `its status is ${JSON.stringify(object.status)}`;
  });
  return (status as { conditions?: Condition[] }).conditions?.map(({ reason }) => reason) ?? [];
}

test('every pod knows its rank, the size of the world and the address of the first', async () => {
  const manifests = rendered({ run: 'v1', numNodes: 3 });
  await start(manifests);
  const pods = await running(ring, 3);
  expect(await problemsOfMeeting(ring, pods)).toEqual([]);
  const { items: services } = await ring.api.list({ ...PODS, kind: 'Service' });
  for (const [rank, pod] of pods.entries()) {
    const environment = environmentOf(pod);
    expect(environment).toMatchObject({
      RUN: 'llm-v1',
      PET_NNODES: '3',
      PET_NPROC_PER_NODE: '8',
      PET_NODE_RANK: String(rank),
      PET_MASTER_ADDR: 'llm-v1-node-0-0.llm-v1',
      PET_MASTER_PORT: '29500',
    });
    expect(podsAt(environment.PET_MASTER_ADDR, pods, services)).toEqual([pods[0]]);
  }
  expect(services[0].spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
  expect(new Set(pods.map(({ spec }) => spec.nodeName)).size).toBe(3);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate/)).toEqual([]);
});

test('two runs of a gang stand beside each other', async () => {
  await start(rendered({ run: 'one', numNodes: 1 }));
  await start(rendered({ run: 'two', numNodes: 2 }));
  const pods = await running(ring, 3);
  expect(pods.map((pod) => environmentOf(pod).PET_MASTER_ADDR)).toEqual([
    'llm-one-node-0-0.llm-one',
    'llm-two-node-0-0.llm-two',
    'llm-two-node-0-0.llm-two',
  ]);
});

test('the whole gang starts again when one pod fails, succeeds with its last pod, and applying it again changes nothing', async () => {
  const manifests = retried('again');
  const jobSet = await start(manifests);
  const pods = await running(ring, 2);
  await meet(ring.api, pods[1], { exitCode: 1 });
  const again = await running(ring, 2, undefined, pods);
  expect(again.map((pod) => environmentOf(pod).PET_NODE_RANK)).toEqual(['0', '1']);
  await reaches(jobSet, { restarts: 1, restartsCountTowardsMax: 1 });
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  await allMeet(ring.api, again, { exitCode: 0 });
  await reaches(jobSet, { restarts: 1, terminalState: 'Completed' });
  const { items } = await ring.api.list(PODS);
  expect((items as Pod[]).map(({ status }) => status.phase)).toEqual(['Succeeded', 'Succeeded']);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  expect((await ring.api.list(PODS)).items).toHaveLength(2);
});

test('a gang fails when it was started again as often as it may', async () => {
  const jobSet = await start(retried('failed', { backoffLimit: 1 }));
  const pods = await running(ring, 2);
  await meet(ring.api, pods[0], { exitCode: 1 });
  const [first] = await running(ring, 2, undefined, pods);
  await meet(ring.api, first, { exitCode: 1 });
  expect(await reaches(jobSet, { terminalState: 'Failed', restarts: 1 })).toContain('ReachedMaxRestarts');
});

test('without retries, the first failure ends the run and stops the other pods', async () => {
  const jobSet = await start(rendered({ run: 'first-failure' }));
  const [first] = await running(ring, 2);
  await meet(ring.api, first, { exitCode: 1 });
  await reaches(jobSet, { terminalState: 'Failed', restarts: 0 });
  await ring.until(PODS, 'no pod running', (pods) =>
    (pods as Pod[]).some(isRunning) ? describePods(pods as Pod[]) : undefined,
  );
});

test.each([
  ['an exit code that is a bug', 3],
  ['running out of memory', 137],
])('%s ends the run at once, though it may fail twice', async (_what, exitCode) => {
  const jobSet = await start(retried(`bug-${exitCode}`, { failOnExitCodes: [3], command: ['python', 'train.py'] }));
  const [, second] = await running(ring, 2);
  await meet(ring.api, second, { exitCode });
  expect(await reaches(jobSet, { terminalState: 'Failed', restarts: 0 })).toContain('FailJobSetFailurePolicyAction');
});

test.each([
  ['node that is shut down', (pod: Pod) => meet(ring.api, pod, { disrupted: 'NodeShutdown' })],
  ['drained node', (pod: Pod) => ring.api.evict(pod)],
])('a %s starts the gang again, which is not counted, even without retries', async (what, disrupt) => {
  const jobSet = await start(rendered({ run: what.startsWith('node') ? 'shut-down' : 'drained' }));
  const pods = await running(ring, 2);
  await disrupt(pods[1]);
  const again = await running(ring, 2, undefined, pods);
  await reaches(jobSet, { restarts: 1, restartsCountTowardsMax: 0 });
  await allMeet(ring.api, again, { exitCode: 0 });
  await reaches(jobSet, { terminalState: 'Completed' });
});

test('a run that hangs ends at its deadline and is not started again', async () => {
  const jobSet = await start(retried('hangs', { activeDeadline: Duration.seconds(12) }));
  await running(ring, 2);
  expect(await reaches(jobSet, { terminalState: 'Failed', restarts: 0 })).toContain('FailJobSetFailurePolicyAction');
});

test('an ended run is removed after its TTL', async () => {
  const manifests = rendered({ run: 'ttl', numNodes: 1 });
  const jobSet = only(manifests, 'JobSet');
  await start([{ ...jobSet, spec: { ...(jobSet.spec as object), ttlSecondsAfterFinished: 2 } }]);
  await allMeet(ring.api, await running(ring, 1), { exitCode: 0 });
  await gone(ring.api, jobSet);
});

test('without a queue a gang starts in part', async () => {
  await start(rendered({ run: 'in-part', numNodes: 4 }));
  const pods = await ring.until(PODS, 'one pod being left over', (all) => {
    const left = (all as Pod[]).filter((pod) => unschedulable(pod) !== undefined);
    const here = (all as Pod[]).filter(isRunning);
    return here.length === 3 && left.length === 1 ? undefined : describePods(all as Pod[]);
  });
  expect((pods as Pod[]).map(unschedulable).find(Boolean)).toContain('3 Insufficient nvidia.com/gpu');
});

describe('with a queue', () => {
  const queued = (run: string, props: Partial<DistributedTrainingProps> = {}): Manifest[] =>
    rendered(
      { run, queue: Queue.named(QUEUE), ...props },
      {
        ...QUEUED_CLUSTER,
        ...CLUSTER_OF_JOBSETS,
        components: [Component.JOBSET, Component.KUEUE],
        kueueFrameworks: ['jobset.x-k8s.io/jobset'],
      },
    );

  test('a gang starts whole or not at all, and an apply by the server changes nothing of it', async () => {
    const other = await start(rendered({ run: 'other', numNodes: 1 }));
    const [pod] = await running(ring, 1);
    const manifests = queued('whole', { numNodes: 3 });
    const jobSet = await start(manifests);
    const message = await workloadHas(ring, jobSet, 'QuotaReserved', 'False', /topology/);
    expect(message).toContain('topology "zones" allows to fit only 2 out of 3 pod(s)');
    expect((await ring.api.list(PODS)).items).toHaveLength(1);
    await removeManifests(ring.api, [other]);
    const pods = await running(ring, 3, undefined, [pod]);
    for (const { spec } of pods) {
      expect(spec.nodeSelector).toMatchObject({ 'node.kubernetes.io/instance-type': MACHINE });
      expect(spec.tolerations?.filter(({ key }) => key === 'nvidia.com/gpu')).toHaveLength(1);
    }
    expect(await changesOfApplyingAgain(ring.api, manifests, ['apply'])).toEqual([]);
    expect(await changesOfApplyingAgain(ring.api, manifests, ['applyClientSide'])).toEqual([
      expect.stringMatching(/spec.replicatedJobs: .*field is immutable/),
    ]);
  });

  test('all starts together end when Kueue says so, which then removes the pods', async () => {
    const manifests = queued('slow', { checkpoints: Checkpoints.claim('checkpoints') });
    const { metadata, ...rest } = only(manifests, 'JobSet');
    const labels = { ...metadata.labels, 'kueue.x-k8s.io/max-exec-time-seconds': '30' };
    const jobSet = await start([{ ...rest, metadata: { ...metadata, labels } }]);
    const pods = await running(ring, 2);
    await meet(ring.api, pods[0], { exitCode: 1 });
    await running(ring, 2, undefined, pods);
    await workloadHas(ring, jobSet, 'Evicted', 'True', /maximum execution time/);
    await noPods(ring);
    await reaches(jobSet, { restarts: 1 });
  });
});
