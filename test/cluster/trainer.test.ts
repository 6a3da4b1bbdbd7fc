import { Duration, Size } from 'cdk8s';
import {
  Checkpoints,
  type ClusterProfileProps,
  Component,
  type DistributedTrainingProps,
  Env,
  Framework,
  Queue,
  TrainingBackend,
} from 'cdk8s-ml';
import { sharedClaim } from './fixtures/claims';
import { gang, MACHINE } from './fixtures/gang';
import { QUEUE, QUEUED_CLUSTER, queueOfH100s } from './fixtures/queues';
import { problemsOfMeeting } from './fixtures/meetings';
import { NAMESPACE, only } from './fixtures/rendered';
import { noPods, PODS, running } from './fixtures/running';
import { TrainJobRuns } from './fixtures/train-job-runs';
import { workloadHas } from './fixtures/workloads';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { gone, removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { allMeet, meet } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { describePods, environmentOf, eventText, type Pod, podsAt, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// TrainJobs of ours under the Kubeflow Trainer and JobSet: what they make of the run and its runtime, and how a run fails,
// starts again and ends.

const ring = useRing(...CLUSTER, 'trainer', 'kueue');
const runs = new TrainJobRuns(ring);

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    ['a', 'b', 'c'].map((name) => gpuNode(name, MACHINE)),
  );
  for (const object of [...sharedClaim('checkpoints'), ...queueOfH100s(24)]) await ring.api.apply(object);
});

afterEach(() => runs.cleanUp());

const CLUSTER_OF_TRAINJOBS: Partial<ClusterProfileProps> = {
  components: [Component.TRAINER],
  trainingBackend: TrainingBackend.TRAIN_JOB,
};

type Run = Partial<DistributedTrainingProps> & { readonly run: string };

/** What a gang of two nodes renders. */
const rendered = (props: Run, profile = CLUSTER_OF_TRAINJOBS): Manifest[] => gang(profile, props);

/** A run that may fail twice. */
const retried = (run: string, props: Partial<DistributedTrainingProps> = {}): Manifest[] =>
  rendered({ run, checkpoints: Checkpoints.claim('checkpoints'), backoffLimit: 2, ...props });

test('every pod knows its rank, the size of the world and the address of the first', async () => {
  const manifests = rendered({ run: 'v1', numNodes: 3, env: { STEPS: Env.value('9') }, memory: Size.gibibytes(1024) });
  const job = await runs.start(manifests);
  const pods = await running(ring, 3);
  expect(await problemsOfMeeting(ring, pods)).toEqual([]);
  const { items: services } = await ring.api.list({ ...PODS, kind: 'Service' });
  for (const [rank, pod] of pods.entries()) {
    const environment = environmentOf(pod);
    expect(environment).toMatchObject({
      RUN: 'llm-v1',
      STEPS: '9',
      PET_NNODES: '3',
      PET_NPROC_PER_NODE: '8',
      PET_NODE_RANK: String(rank),
      PET_MASTER_ADDR: 'llm-v1-node-0-0.llm-v1',
      PET_MASTER_PORT: '29500',
    });
    expect(podsAt(environment.PET_MASTER_ADDR, pods, services)).toEqual([pods[0]]);
    const [container] = pod.spec.containers;
    expect(container).toMatchObject({ name: 'node', command: ['torchrun', 'train.py'] });
    expect(container.resources?.limits).toEqual({ memory: '1Ti', 'nvidia.com/gpu': '8' });
    expect(container.env?.filter(({ name }) => name === 'RUN')).toHaveLength(1);
  }
  expect(services[0].spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
  expect(new Set(pods.map(({ spec }) => spec.nodeName)).size).toBe(3);
  const { object: jobSet } = await ring.api.get(runs.jobSetOf(job));
  expect(jobSet.metadata.ownerReferences).toEqual([
    expect.objectContaining({ kind: 'TrainJob', name: job.metadata.name }),
  ]);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate/)).toEqual([]);
});

test('a program of JAX runs one process per pod, and each knows the first', async () => {
  const manifests = rendered({ run: 'jax', framework: Framework.jax() });
  await runs.start(manifests);
  const pods = await running(ring, 2);
  expect(await problemsOfMeeting(ring, pods)).toEqual([]);
  const { items: services } = await ring.api.list({ ...PODS, kind: 'Service' });
  for (const [rank, pod] of pods.entries()) {
    const environment = environmentOf(pod);
    expect(environment).toMatchObject({ JAX_NUM_PROCESSES: '2', JAX_PROCESS_ID: String(rank) });
    const [address, port] = environment.JAX_COORDINATOR_ADDRESS.split(':');
    expect(podsAt(address, pods, services)).toEqual([pods[0]]);
    expect(port).toBe('29500');
  }
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
});

test('workers of XGBoost are as many as GPUs, and our script finds the tracker on the first pod', async () => {
  const manifests = rendered({ run: 'trees', framework: Framework.xgboost(), command: ['python3', 'train.py'] });
  await runs.start(manifests);
  const pods = await running(ring, 2);
  expect(await problemsOfMeeting(ring, pods)).toEqual([]);
  const { items: services } = await ring.api.list({ ...PODS, kind: 'Service' });
  for (const [rank, pod] of pods.entries()) {
    const environment = environmentOf(pod);
    expect(environment).toMatchObject({ NODE_RANK: String(rank), NUM_PROC_PER_NODE: '8', DMLC_NUM_WORKER: '16' });
    expect(podsAt(environment.DMLC_TRACKER_URI, pods, services)).toEqual([pods[0]]);
    expect(environment).not.toHaveProperty('DMLC_TASK_ID');
  }
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
});

test('a program of its own finds its rank and the first pod too', async () => {
  await runs.start(rendered({ run: 'plain', framework: Framework.plain() }));
  const pods = await running(ring, 2);
  expect(environmentOf(pods[1])).toMatchObject({
    NUM_NODES: '2',
    NUM_PROC_PER_NODE: '8',
    NODE_RANK: '1',
    MASTER_ADDR: 'llm-plain-node-0-0.llm-plain',
  });
});

test('the operator keeps all that the runtime says of its JobSet and pods', async () => {
  const manifests = retried('kept', { failOnExitCodes: [3], command: ['python', 'train.py'] });
  const job = await runs.start(manifests);
  const [pod] = await running(ring, 2);
  const { spec: jobSet } = (await ring.api.get(runs.jobSetOf(job))).object;
  const { spec } = only(manifests, 'TrainingRuntime');
  const { spec: meant } = (spec as { template: { spec: { [field: string]: unknown } } }).template;
  expect(jobSet).toMatchObject({ failurePolicy: meant.failurePolicy, network: meant.network });
  const batchJob = { apiVersion: 'batch/v1', kind: 'Job', metadata: { namespace: NAMESPACE, name: 'llm-kept-node-0' } };
  const rules = (await ring.api.get(batchJob)).object.spec as { podFailurePolicy: { rules: object[] } };
  expect(rules).toMatchObject({ podReplacementPolicy: 'Failed', completions: 2, parallelism: 2, backoffLimit: 0 });
  expect(rules.podFailurePolicy.rules).toHaveLength(2);
  expect(pod.spec.containers[0].volumeMounts).toContainEqual({ name: 'shm', mountPath: '/dev/shm' });
  expect(pod.spec.tolerations).toContainEqual({ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' });
});

test('a run cannot be changed, and another run has a runtime of its own', async () => {
  await runs.start(rendered({ run: 'one', numNodes: 1 }));
  for (const change of [
    { image: 'registry.example.com/llm:v9' },
    { env: { STEPS: Env.value('9') } },
    { numNodes: 2 },
  ]) {
    const changed = only(rendered({ run: 'one', numNodes: 1, ...change }), 'TrainJob');
    await expect(ring.api.apply(changed)).rejects.toThrow(/spec.trainer: .*field is immutable/);
  }
  await runs.start(rendered({ run: 'two', numNodes: 2 }));
  const pods = await running(ring, 3);
  expect(pods.map((pod) => environmentOf(pod).PET_MASTER_ADDR)).toEqual([
    'llm-one-node-0-0.llm-one',
    'llm-two-node-0-0.llm-two',
    'llm-two-node-0-0.llm-two',
  ]);
});

test('the run is refused before its runtime is there, even when it is only tried, and goes on when that is gone', async () => {
  const manifests = rendered({ run: 'order' });
  const refused = /must be created before the TrainJob|runtime 'llm-order' not found/;
  for (const dryRun of [true, false]) {
    await expect(ring.api.apply(only(manifests, 'TrainJob'), { dryRun })).rejects.toThrow(refused);
  }
  const job = await runs.start(manifests);
  const pods = await running(ring, 2);
  await removeManifests(ring.api, [only(manifests, 'TrainingRuntime')]);
  await allMeet(ring.api, pods, { exitCode: 0 });
  await runs.has(job, 'Complete');
});

test('the whole gang starts again when one pod fails, succeeds with its last pod, and applying it again changes nothing', async () => {
  const manifests = retried('again');
  const job = await runs.start(manifests);
  const pods = await running(ring, 2);
  await meet(ring.api, pods[1], { exitCode: 1 });
  const again = await running(ring, 2, undefined, pods);
  expect(again.map((pod) => environmentOf(pod).PET_NODE_RANK)).toEqual(['0', '1']);
  expect(await runs.restarts(job)).toEqual([1, 1]);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  await allMeet(ring.api, again, { exitCode: 0 });
  await runs.has(job, 'Complete');
  const { items } = await ring.api.list(PODS);
  expect((items as Pod[]).map(({ status }) => status.phase)).toEqual(['Succeeded', 'Succeeded']);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  expect((await ring.api.list(PODS)).items).toHaveLength(2);
});

test('a gang fails when it was started again as often as it may', async () => {
  const job = await runs.start(retried('failed', { backoffLimit: 1 }));
  const pods = await running(ring, 2);
  await meet(ring.api, pods[0], { exitCode: 1 });
  const [first] = await running(ring, 2, undefined, pods);
  await meet(ring.api, first, { exitCode: 1 });
  expect(await runs.has(job, 'Failed')).toBe('ReachedMaxRestarts');
});

test('without retries, the first failure ends the run and stops the other pods', async () => {
  const job = await runs.start(rendered({ run: 'first-failure' }));
  const [first] = await running(ring, 2);
  await meet(ring.api, first, { exitCode: 1 });
  await runs.has(job, 'Failed');
  const left = await ring.until(PODS, 'the other pod being gone', (pods) =>
    pods.length === 1 ? undefined : describePods(pods as Pod[]),
  );
  expect(left.map(({ metadata }) => metadata.name)).toEqual([first.metadata.name]);
});

test.each([
  ['an exit code that is a bug', 3],
  ['running out of memory', 137],
])('%s ends the run at once, though it may fail twice', async (_what, exitCode) => {
  const job = await runs.start(retried(`bug-${exitCode}`, { failOnExitCodes: [3], command: ['python', 'train.py'] }));
  const [, second] = await running(ring, 2);
  await meet(ring.api, second, { exitCode });
  expect(await runs.has(job, 'Failed')).toBe('FailJobSetFailurePolicyAction');
  expect(await runs.restarts(job)).toEqual([0, 0]);
});

test.each([
  ['node that is shut down', 'shut-down', (pod: Pod) => meet(ring.api, pod, { disrupted: 'NodeShutdown' })],
  ['drained node', 'drained', (pod: Pod) => ring.api.evict(pod)],
])('a %s starts the gang again, which is not counted, even without retries', async (_what, run, disrupt) => {
  const job = await runs.start(rendered({ run }));
  const pods = await running(ring, 2);
  await disrupt(pods[1]);
  const again = await running(ring, 2, undefined, pods);
  expect(await runs.restarts(job)).toEqual([1, 0]);
  await allMeet(ring.api, again, { exitCode: 0 });
  await runs.has(job, 'Complete');
});

test('all starts together end at the deadline, and the JobSet goes with its pods', async () => {
  const manifests = retried('hangs', { activeDeadline: Duration.seconds(30) });
  const job = await runs.start(manifests);
  const pods = await running(ring, 2);
  await meet(ring.api, pods[0], { exitCode: 1 });
  await running(ring, 2, undefined, pods);
  expect(await runs.has(job, 'Failed')).toBe('DeadlineExceeded');
  await gone(ring.api, runs.jobSetOf(job));
  await noPods(ring);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
});

test('after the TTL of the JobSet its pods go, and the run stays and does not start again', async () => {
  const manifests = rendered({ run: 'ttl', numNodes: 1 });
  const runtime = only(manifests, 'TrainingRuntime') as Manifest & { spec: { template: { spec: object } } };
  const { template } = runtime.spec;
  const short = { ...template, spec: { ...template.spec, ttlSecondsAfterFinished: 2 } };
  const changed = { ...runtime, spec: { ...runtime.spec, template: short } };
  const job = await runs.start(manifests.map((each) => (each === runtime ? changed : each)));
  await allMeet(ring.api, await running(ring, 1), { exitCode: 0 });
  await gone(ring.api, runs.jobSetOf(job));
  await noPods(ring);
  await runs.has(job, 'Complete');
  expect(await changesOfApplyingAgain(ring.api, [job])).toEqual([]);
});

test('the runtime that ships makes pods that a restricted namespace refuses', async () => {
  const { metadata, spec, ...head } = only(rendered({ run: 'shipped' }), 'TrainJob');
  const runtimeRef = { apiGroup: 'trainer.kubeflow.org', kind: 'ClusterTrainingRuntime', name: 'torch-distributed' };
  const job = { ...head, metadata, spec: { ...(spec as object), runtimeRef } };
  await runs.start([job]);
  const events = { ...PODS, kind: 'Event' };
  await ring.until(events, 'its pods being refused', (all) =>
    all.map(eventText).some((text) => /FailedCreate: .*"llm-shipped-node-0.*violates PodSecurity/.test(text))
      ? undefined
      : all.map(eventText).join('; '),
  );
});

test('with a queue a gang starts whole or not at all, and applying it again changes nothing', async () => {
  const other = await runs.start(rendered({ run: 'other', numNodes: 1 }));
  const [pod] = await running(ring, 1);
  const manifests = rendered(
    { run: 'whole', numNodes: 3, queue: Queue.named(QUEUE) },
    { ...QUEUED_CLUSTER, ...CLUSTER_OF_TRAINJOBS, components: [Component.TRAINER, Component.KUEUE] },
  );
  const job = await runs.start(manifests);
  const message = await workloadHas(ring, job, 'QuotaReserved', 'False', /topology/);
  expect(message).toContain('topology "zones" allows to fit only 2 out of 3 pod(s)');
  expect((await ring.api.list(PODS)).items).toHaveLength(1);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  await removeManifests(ring.api, [other]);
  const pods = await running(ring, 3, undefined, [pod]);
  for (const { spec } of pods) {
    expect(spec.nodeSelector).toMatchObject({ 'node.kubernetes.io/instance-type': MACHINE });
    expect(spec.tolerations?.filter(({ key }) => key === 'nvidia.com/gpu')).toHaveLength(1);
  }
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
});
