import { Duration } from 'cdk8s';
import { Checkpoints, Component, type DistributedTrainingProps, TrainingBackend } from 'cdk8s-ml';
import { sharedClaim } from './fixtures/claims';
import { gang, MACHINE } from './fixtures/gang';
import { problemsOfMeeting } from './fixtures/meetings';
import { OperatorRuns } from './fixtures/operator-runs';
import { NAMESPACE, only } from './fixtures/rendered';
import { PODS } from './fixtures/running';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { environmentOf, eventText, type Pod, podsAt, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// PyTorchJobs of ours under the Kubeflow Training Operator: the pods it makes of them, and how a run ends.

const ring = useRing(...CLUSTER, 'training-operator');
const runs = new OperatorRuns(ring, 'PyTorchJob');

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    ['a', 'b', 'c'].map((name) => gpuNode(name, MACHINE)),
  );
  for (const object of sharedClaim('checkpoints')) await ring.api.apply(object);
});

afterEach(async () => runs.cleanUp());

function pytorchJob(props: Partial<DistributedTrainingProps> & { readonly run: string }): Manifest[] {
  return gang({ components: [Component.TRAINING_OPERATOR], trainingBackend: TrainingBackend.PYTORCH_JOB }, props);
}

test('every pod knows its rank, the sizes and the address of the first', async () => {
  const manifests = pytorchJob({ run: 'v1', numNodes: 3, checkpoints: Checkpoints.claim('checkpoints') });
  const job = await runs.start(manifests);
  const pods = await runs.allRunning(job, 3);
  expect(await problemsOfMeeting(ring, pods)).toEqual([]);
  const { items: services } = await ring.api.list({ apiVersion: 'v1', kind: 'Service', namespace: NAMESPACE });
  for (const [rank, pod] of pods.entries()) {
    const environment = environmentOf(pod);
    expect(environment).toMatchObject({
      PET_NNODES: '3',
      PET_NPROC_PER_NODE: '8',
      PET_NODE_RANK: String(rank),
      PET_MASTER_PORT: '23456',
      CHECKPOINT_DIR: '/ckpt/llm-v1',
    });
    expect(podsAt(environment.PET_MASTER_ADDR, pods, services)).toEqual([pods[0]]);
    const [container] = pod.spec.containers;
    const names = container.env!.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(pod.spec.initContainers).toBeUndefined();
    expect(pod.spec.restartPolicy).toBe('OnFailure');
    expect(pod.spec.tolerations).toContainEqual({ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' });
    expect(container.resources?.limits?.['nvidia.com/gpu']).toBe('8');
    const shm = container.volumeMounts?.find(({ mountPath }) => mountPath === '/dev/shm')?.name;
    expect(pod.spec.volumes?.find(({ name }) => name === shm)?.emptyDir?.medium).toBe('Memory');
  }
  expect(new Set(pods.map(({ spec }) => spec.nodeName)).size).toBe(3);
  const port = services.find(({ metadata }) => metadata.name === 'llm-v1-worker-0')?.spec;
  expect(port).toMatchObject({ clusterIP: 'None', ports: [expect.objectContaining({ port: 23456 })] });
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate/)).toEqual([]);
});

test('the webhook refuses a job without a container called pytorch', async () => {
  const job = JSON.parse(JSON.stringify(only(pytorchJob({ run: 'v2' }), 'PyTorchJob'))) as Manifest;
  const { pytorchReplicaSpecs } = job.spec as { pytorchReplicaSpecs: { Worker: { template: Pod } } };
  (pytorchReplicaSpecs.Worker.template.spec.containers[0] as { name: string }).name = 'trainer';
  await expect(ring.api.apply(job)).rejects.toThrow('must have at least one container with name pytorch');
});

test('with a Master, workers are refused in a restricted namespace', async () => {
  const [job] = pytorchJob({ run: 'v3', numNodes: 1 }).filter(({ kind }) => kind === 'PyTorchJob');
  const spec = job.spec as { pytorchReplicaSpecs: { Worker: object } };
  const { Worker } = spec.pytorchReplicaSpecs;
  await runs.start([{ ...job, spec: { ...spec, pytorchReplicaSpecs: { Master: Worker, Worker } } }]);
  const events = { apiVersion: 'v1', kind: 'Event', namespace: NAMESPACE };
  await ring.until(events, 'the init container being refused', (all) =>
    all.map(eventText).some((text) => /FailedCreatePod: .*violates PodSecurity.*"init-pytorch"/.test(text))
      ? undefined
      : all.map(eventText).join('; '),
  );
});

test('a run succeeds with its last pod, and its pods stay for their logs', async () => {
  const job = await runs.start(pytorchJob({ run: 'done' }));
  await runs.allMeet(await runs.allRunning(job, 2), { exitCode: 0 });
  await runs.has(job, 'Succeeded');
  const { items } = await ring.api.list({ apiVersion: 'v1', kind: 'Pod', namespace: NAMESPACE });
  expect((items as Pod[]).map(({ status }) => status.phase)).toEqual(['Succeeded', 'Succeeded']);
});

test('an ended run is removed after its TTL', async () => {
  const manifests = pytorchJob({ run: 'ttl', numNodes: 1 });
  const job = only(manifests, 'PyTorchJob');
  const spec = job.spec as { runPolicy: object };
  const short = { ...job, spec: { ...spec, runPolicy: { ...spec.runPolicy, ttlSecondsAfterFinished: 2 } } };
  await runs.start([short]);
  await runs.allMeet(await runs.allRunning(job, 1), { exitCode: 0 });
  await runs.removed(job);
});

test('a gang that failed as often as it may still succeeds', async () => {
  const job = await runs.start(pytorchJob({ run: 'retried', checkpoints: Checkpoints.claim('checkpoints') }));
  const pods = await runs.allRunning(job, 2);
  await runs.restarted(pods, 2);
  await runs.allMeet(pods, { exitCode: 0 });
  await runs.has(job, 'Succeeded');
});

test('a gang that fails once more ends, and its pods go', async () => {
  const job = await runs.start(pytorchJob({ run: 'failed', checkpoints: Checkpoints.claim('checkpoints') }));
  await runs.allMeet(await runs.allRunning(job, 2), { restarts: 3 }, { restarts: 2 });
  expect(await runs.has(job, 'Failed')).toContain('has reached the specified backoff limit');
});

test('without retries, the first failure ends the run', async () => {
  const job = await runs.start(pytorchJob({ run: 'first-failure' }));
  await runs.allMeet((await runs.allRunning(job, 2)).slice(1), { restarts: 1 });
  expect(await runs.has(job, 'Failed')).toContain('has reached the specified backoff limit');
});

test('a disrupted pod comes again with its rank, even without retries', async () => {
  const job = await runs.start(pytorchJob({ run: 'disrupted' }));
  const pods = await runs.allRunning(job, 2);
  await meet(ring.api, pods[1], { disrupted: 'NodeShutdown' });
  const [again] = await runs.podsOf(job, 1, pods);
  expect(environmentOf(again).PET_NODE_RANK).toBe('1');
  await runs.allMeet([pods[0], again], { exitCode: 0 });
  await runs.has(job, 'Succeeded');
});

test('a drained pod comes again with its rank, even without retries', async () => {
  const job = await runs.start(pytorchJob({ run: 'drained' }));
  const pods = await runs.allRunning(job, 2);
  await ring.api.evict(pods[0]);
  const [again] = await runs.podsOf(job, 1, pods);
  expect(environmentOf(again).PET_NODE_RANK).toBe('0');
  await runs.has(job, 'Running');
});

test('a run that hangs ends at its deadline', async () => {
  const job = await runs.start(pytorchJob({ run: 'hangs', activeDeadline: Duration.seconds(12) }));
  await runs.allRunning(job, 2);
  expect(await runs.has(job, 'Failed')).toContain('it was active longer than specified deadline');
});

const ELASTIC = { elastic: { minNodes: 2 }, checkpoints: Checkpoints.claim('checkpoints') };

test('the pods of an elastic run meet on worker 0, from so many nodes on', async () => {
  const manifests = pytorchJob({ run: 'elastic', numNodes: 3, ...ELASTIC });
  const job = await runs.start(manifests);
  const pods = await runs.allRunning(job, 3);
  expect(await problemsOfMeeting(ring, pods)).toEqual([]);
  const { items: services } = await ring.api.list({ apiVersion: 'v1', kind: 'Service', namespace: NAMESPACE });
  for (const [rank, pod] of pods.entries()) {
    const environment = environmentOf(pod);
    expect(environment).toMatchObject({
      PET_NNODES: '2:3',
      PET_NPROC_PER_NODE: '8',
      PET_RDZV_BACKEND: 'c10d',
      PET_RDZV_ENDPOINT: 'llm-elastic-worker-0:23456',
      PET_RDZV_CONF: 'join_timeout=1800',
      PET_MAX_RESTARTS: '3',
      NODE_RANK: String(rank),
      COMPLETION_MARKER: '/ckpt/llm-elastic/COMPLETED',
    });
    expect(podsAt(environment.PET_RDZV_ENDPOINT.split(':')[0], pods, services)).toEqual([pods[0]]);
    const names = pod.spec.containers[0].env!.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  }
  expect((await ring.api.list({ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' })).items).toEqual([]);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
});

test('an elastic run has succeeded with its first pod, and the others are removed: hence the marker', async () => {
  const job = await runs.start(pytorchJob({ run: 'first-of-three', numNodes: 3, ...ELASTIC }));
  const pods = await runs.allRunning(job, 3);
  await runs.allMeet(pods.slice(1, 2), { exitCode: 0 });
  await runs.has(job, 'Succeeded');
  const left = await ring.until(PODS, 'the pods at work being removed', (now) =>
    now.length === 1 ? undefined : `there are ${now.length}`,
  );
  expect(left.map(({ metadata }) => metadata.name)).toEqual(['llm-first-of-three-worker-1']);
});

test('an elastic run goes on when a pod has no node', async () => {
  const job = await runs.start(pytorchJob({ run: 'one-waits', numNodes: 4, ...ELASTIC }));
  const pods = await runs.podsOf(job, 3);
  await meet(ring.api, pods[0], { exitCode: 0 });
  await runs.has(job, 'Succeeded');
});

test('a pod of an elastic run that is lost comes again, and those that fail too often end the run', async () => {
  const job = await runs.start(pytorchJob({ run: 'lost-and-failed', numNodes: 3, ...ELASTIC }));
  const pods = await runs.allRunning(job, 3);
  await meet(ring.api, pods[2], { disrupted: 'NodeShutdown' });
  const [again] = await runs.podsOf(job, 1, pods);
  expect(environmentOf(again).NODE_RANK).toBe('2');
  // The simulated kubelet may write the status of a new pod once more.
  await runs.untilFailed(job, async (status) => {
    await runs.allMeet([pods[0], pods[1], again], { restarts: 3 });
    return status;
  });
  expect(await runs.has(job, 'Failed')).toContain('has reached the specified backoff limit');
});
