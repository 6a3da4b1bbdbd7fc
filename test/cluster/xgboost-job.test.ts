import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Checkpoints, Component, type DistributedTrainingProps, Framework, TrainingBackend } from 'cdk8s-ml';
import { sharedClaim } from './fixtures/claims';
import { gang, MACHINE } from './fixtures/gang';
import { OperatorRuns } from './fixtures/operator-runs';
import { problemsOfMeeting } from './fixtures/meetings';
import { NAMESPACE, only } from './fixtures/rendered';
import { noPods, PODS } from './fixtures/running';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { describePods, environmentOf, type Pod, podsAt, unschedulable, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// XGBoostJobs of ours under the Kubeflow Training Operator: the pods it makes of them, and how a run ends.

const ring = useRing(...CLUSTER, 'training-operator');
const runs = new OperatorRuns(ring, 'XGBoostJob');

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    ['a', 'b', 'c'].map((name) => gpuNode(name, MACHINE)),
  );
  for (const object of sharedClaim('checkpoints')) await ring.api.apply(object);
});

afterEach(async () => runs.cleanUp());

function xgboostJob(props: Partial<DistributedTrainingProps> & { readonly run: string }): Manifest[] {
  return gang(
    { components: [Component.TRAINING_OPERATOR], trainingBackend: TrainingBackend.XGBOOST_JOB },
    { framework: Framework.xgboost(), command: ['python3', 'train.py'], ...props },
  );
}

test('every pod knows its number, the sizes and the address of the tracker, and has the script', async () => {
  const manifests = xgboostJob({ run: 'v1', numNodes: 3 });
  const job = await runs.start(manifests);
  const pods = await runs.allRunning(job, 3);
  expect(pods.map(({ metadata }) => metadata.name)).toEqual(['llm-v1-master-0', 'llm-v1-worker-0', 'llm-v1-worker-1']);
  expect(await problemsOfMeeting(ring, pods)).toEqual([]);
  const { items: services } = await ring.api.list({ apiVersion: 'v1', kind: 'Service', namespace: NAMESPACE });
  for (const [rank, pod] of pods.entries()) {
    const environment = environmentOf(pod);
    expect(environment).toMatchObject({
      RANK: String(rank),
      WORLD_SIZE: '3',
      NUM_PROC_PER_NODE: '8',
      DMLC_NUM_WORKER: '24',
      DMLC_TRACKER_URI: 'llm-v1-master-0',
      DMLC_TRACKER_PORT: '9999',
    });
    expect(podsAt(environment.DMLC_TRACKER_URI, pods, services)).toEqual([pods[0]]);
    const [{ command, env, volumeMounts }] = pod.spec.containers;
    expect(command).toEqual(['python3', '/opt/cdk8s-ml/xgboost_launch.py', 'python3', 'train.py']);
    expect(volumeMounts).toContainEqual({ name: 'start', mountPath: '/opt/cdk8s-ml', readOnly: true });
    const names = env!.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(pod.spec.initContainers).toBeUndefined();
  }
  expect(new Set(pods.map(({ spec }) => spec.nodeName)).size).toBe(3);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate/)).toEqual([]);
});

test('a run of one node on CPUs is a Master alone, which no tainted node takes', async () => {
  const cpus = { gpuPerNode: undefined, cpu: Cpu.units(8), memory: Size.gibibytes(64) };
  await runs.start(xgboostJob({ run: 'one', numNodes: 1, ...cpus }));
  const pods = await ring.until(PODS, 'the pod waiting for a node', (all) =>
    (all as Pod[]).some((pod) => unschedulable(pod)?.includes('untolerated taint'))
      ? undefined
      : describePods(all as Pod[]),
  );
  expect(pods.map(({ metadata }) => metadata.name)).toEqual(['llm-one-master-0']);
});

test('a run has succeeded with its first pod, and pods still at work go', async () => {
  const job = await runs.start(xgboostJob({ run: 'done' }));
  const [master] = await runs.allRunning(job, 2);
  await meet(ring.api, master, { exitCode: 0 });
  await runs.has(job, 'Succeeded');
  expect((await runs.ended()).filter((pod) => pod.includes('Succeeded'))).toEqual(['llm-done-master-0 Succeeded']);
});

test('a worker that is done first ends nothing', async () => {
  const job = await runs.start(xgboostJob({ run: 'early' }));
  const [master, worker] = await runs.allRunning(job, 2);
  await meet(ring.api, worker, { exitCode: 0 });
  await runs.countedDone(job, 'Worker', 1);
  await meet(ring.api, master, { exitCode: 0 });
  await runs.has(job, 'Succeeded');
  expect(await runs.ended()).toEqual(['llm-early-master-0 Succeeded', 'llm-early-worker-0 Succeeded']);
});

test('a gang that failed as often as it may still succeeds', async () => {
  const job = await runs.start(xgboostJob({ run: 'retried', checkpoints: Checkpoints.claim('checkpoints') }));
  const pods = await runs.allRunning(job, 2);
  await runs.restarted(pods, 2);
  await runs.allMeet(pods, { exitCode: 0 });
  await runs.has(job, 'Succeeded');
});

test('a gang that fails once more ends, and its pods go', async () => {
  const job = await runs.start(xgboostJob({ run: 'failed', checkpoints: Checkpoints.claim('checkpoints') }));
  await runs.allMeet(await runs.allRunning(job, 2), { restarts: 3 }, { restarts: 2 });
  expect(await runs.has(job, 'Failed')).toContain('has reached the specified backoff limit');
  await noPods(ring);
});

test('without retries, the first failure ends the run', async () => {
  const job = await runs.start(xgboostJob({ run: 'first-failure' }));
  await runs.allMeet((await runs.allRunning(job, 2)).slice(1), { restarts: 1 });
  expect(await runs.has(job, 'Failed')).toContain('has reached the specified backoff limit');
});

test('a disrupted pod ends the run, however often it may fail', async () => {
  const checkpoints = Checkpoints.claim('checkpoints');
  const job = await runs.start(xgboostJob({ run: 'disrupted', checkpoints, backoffLimit: 5 }));
  const [, worker] = await runs.allRunning(job, 2);
  await meet(ring.api, worker, { disrupted: 'NodeShutdown' });
  expect(await runs.has(job, 'Failed')).toContain('1 Worker replica(s) failed');
});

test('a run that hangs ends at its deadline', async () => {
  const job = await runs.start(xgboostJob({ run: 'hangs', activeDeadline: Duration.seconds(12) }));
  await runs.allRunning(job, 2);
  expect(await runs.has(job, 'Failed')).toContain('it was active longer than specified deadline');
});

test('the webhook refuses a job without a Master', async () => {
  const text = JSON.stringify(only(xgboostJob({ run: 'v2' }), 'XGBoostJob')).replace(
    '"Master":{"replicas":1',
    '"Worker":{"replicas":1',
  );
  await expect(ring.api.apply(JSON.parse(text) as Manifest)).rejects.toThrow('must be present');
});
