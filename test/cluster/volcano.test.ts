import { Duration } from 'cdk8s';
import { Checkpoints, Component, type DistributedTrainingProps, TrainingBackend } from 'cdk8s-ml';
import { sharedClaim } from './fixtures/claims';
import { gang, MACHINE } from './fixtures/gang';
import { problemsOfMeeting } from './fixtures/meetings';
import { NAMESPACE, only } from './fixtures/rendered';
import { noPods, PODS, running } from './fixtures/running';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { allMeet, meet } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { describePods, environmentOf, type Pod, podsAt, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// Volcano Jobs of ours under the controllers and the scheduler of Volcano, on two nodes.

const ring = useRing(...CLUSTER, 'volcano-scheduler');
const made: Manifest[] = [];

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    ['a', 'b'].map((name) => gpuNode(name, MACHINE)),
  );
  const queue = { apiVersion: 'scheduling.volcano.sh/v1beta1', kind: 'Queue', metadata: { name: 'research' } };
  for (const object of [...sharedClaim('checkpoints'), { ...queue, spec: { weight: 1 } }]) await ring.api.apply(object);
});

afterEach(async () => {
  await removeManifests(ring.api, made.splice(0));
  await noPods(ring);
});

const volcanoJob = (props: Partial<DistributedTrainingProps> & { readonly run: string }): Manifest[] =>
  gang(
    { components: [Component.VOLCANO], trainingBackend: TrainingBackend.VOLCANO_JOB },
    { volcanoQueue: 'research', ...props },
  );

async function start(manifests: Manifest[]): Promise<Manifest> {
  for (const manifest of manifests) await ring.api.apply(manifest);
  made.push(...manifests);
  return only(manifests, 'Job');
}

const podsOf = ({ metadata }: Manifest, count: number, before: Pod[] = []): Promise<Pod[]> =>
  running(ring, count, `volcano.sh/job-name=${metadata.name}`, before);

interface Status {
  readonly state?: { readonly phase?: string };
  readonly retryCount?: number;
}

async function is({ metadata }: Manifest, phase: string): Promise<Status> {
  const one = { apiVersion: 'batch.volcano.sh/v1alpha1', kind: 'Job', namespace: NAMESPACE, name: metadata.name };
  const [now] = await ring.until(one, `Volcano Job ${metadata.name} being ${phase}`, ([object]) => {
    const { state } = (object?.status ?? {}) as Status;
    return state?.phase === phase ? undefined : JSON.stringify(object?.status);
  });
  return now.status as Status;
}

test('every pod knows its number and the first, which has an address before it is ready', async () => {
  const manifests = volcanoJob({ run: 'joined', checkpoints: Checkpoints.claim('checkpoints') });
  const pods = await podsOf(await start(manifests), 2);
  expect(pods.map(({ spec }) => spec.nodeName).sort()).toEqual(['a', 'b']);
  const { items: services } = await ring.api.list({ ...PODS, kind: 'Service' });
  expect(services.map(({ spec }) => (spec as { publishNotReadyAddresses?: boolean }).publishNotReadyAddresses)).toEqual(
    [true],
  );
  for (const [rank, pod] of pods.entries()) {
    const { PET_NODE_RANK, PET_MASTER_ADDR, RUN, CHECKPOINT_DIR } = environmentOf(pod);
    expect({ PET_NODE_RANK, RUN, CHECKPOINT_DIR }).toEqual({
      PET_NODE_RANK: String(rank),
      RUN: 'llm-joined',
      CHECKPOINT_DIR: '/ckpt/llm-joined',
    });
    expect(podsAt(PET_MASTER_ADDR, pods, services)).toEqual([pods[0]]);
  }
  expect(await problemsOfMeeting(ring, pods)).toEqual([]);
  const policies = (
    await ring.api.list({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace: NAMESPACE })
  ).items;
  expect(policies.map(({ metadata }) => metadata.name)).toEqual(['llm']);
  const { items: groups } = await ring.api.list({
    apiVersion: 'scheduling.volcano.sh/v1beta1',
    kind: 'PodGroup',
    namespace: NAMESPACE,
  });
  expect(groups.map(({ spec }) => spec)).toEqual([expect.objectContaining({ minMember: 2, queue: 'research' })]);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate/)).toEqual([]);
});

test('a gang for which there is no room holds no node and makes no pod, until there is', async () => {
  const first = await start(volcanoJob({ run: 'first', numNodes: 1 }));
  const [pod] = await podsOf(first, 1);
  await start(volcanoJob({ run: 'large' }));
  const groups = { apiVersion: 'scheduling.volcano.sh/v1beta1', kind: 'PodGroup', namespace: NAMESPACE };
  await ring.until(groups, 'the scheduler having looked at the gang', (now) => {
    const large = now.find(({ metadata }) => metadata.name!.startsWith('llm-large-'));
    const { phase } = (large?.status ?? {}) as { phase?: string };
    return phase === 'Pending' ? undefined : JSON.stringify(now.map((group) => group.status));
  });
  // Another that fits is not held up, and by the time it runs the scheduler has been round again.
  await podsOf(await start(volcanoJob({ run: 'other', numNodes: 1 })), 1);
  const waiting = (await ring.api.list({ ...PODS, labels: 'volcano.sh/job-name=llm-large' })).items as Pod[];
  expect(waiting).toEqual([]);
  for (const each of [pod, ...(await ring.api.list({ ...PODS, labels: 'volcano.sh/job-name=llm-other' })).items])
    await meet(ring.api, each, { exitCode: 0 });
  const both = await running(ring, 2, 'volcano.sh/job-name=llm-large');
  expect(both.map(({ spec }) => spec.nodeName).sort()).toEqual(['a', 'b']);
});

test('a run has succeeded when every pod has', async () => {
  const job = await start(volcanoJob({ run: 'done' }));
  await allMeet(ring.api, await podsOf(job, 2), { exitCode: 0 });
  await is(job, 'Completed');
});

test('without retries the first failure ends the run and frees the other node', async () => {
  const job = await start(volcanoJob({ run: 'failed' }));
  const [first] = await podsOf(job, 2);
  await meet(ring.api, first, { exitCode: 1 });
  await is(job, 'Failed');
  await ring.until(PODS, 'no pod being at work', (now) =>
    (now as Pod[]).some(({ status: { phase } }) => phase === 'Running' || phase === 'Pending')
      ? describePods(now as Pod[])
      : undefined,
  );
});

test('with retries all pods are made again, once for each', async () => {
  const checkpoints = Checkpoints.claim('checkpoints');
  const job = await start(volcanoJob({ run: 'retried', checkpoints, backoffLimit: 1 }));
  const first = await podsOf(job, 2);
  await meet(ring.api, first[1], { exitCode: 1 });
  const second = await podsOf(job, 2, first);
  expect(second.map(({ metadata }) => metadata.name)).toEqual(first.map(({ metadata }) => metadata.name));
  await meet(ring.api, second[0], { exitCode: 1 });
  expect((await is(job, 'Failed')).retryCount).toBe(2);
});

test('an exit code that is a bug ends the run at once, and so does running out of memory', async () => {
  const checkpoints = Checkpoints.claim('checkpoints');
  for (const exitCode of [3, 137]) {
    const run = `bug-${exitCode}`;
    const command = ['python', 'train.py'];
    const job = await start(volcanoJob({ run, command, checkpoints, backoffLimit: 4, failOnExitCodes: [3] }));
    await meet(ring.api, (await podsOf(job, 2))[0], { exitCode });
    await is(job, 'Terminated');
    await removeManifests(ring.api, made.splice(0));
    await noPods(ring);
  }
});

test('a drained pod starts the gang again, which counts', async () => {
  const checkpoints = Checkpoints.claim('checkpoints');
  const job = await start(volcanoJob({ run: 'drained', checkpoints, backoffLimit: 1 }));
  const first = await podsOf(job, 2);
  await ring.api.evict(first[0]);
  await podsOf(job, 2, first);
  expect((await is(job, 'Running')).retryCount).toBe(1);
});

test('its deadline is that of its pods', async () => {
  const job = await start(volcanoJob({ run: 'late', activeDeadline: Duration.hours(7) }));
  const pods = await podsOf(job, 2);
  expect(pods.map(({ spec }) => (spec as { activeDeadlineSeconds?: number }).activeDeadlineSeconds)).toEqual([
    25200, 25200,
  ]);
});
