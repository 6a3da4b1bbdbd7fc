import { Duration } from 'cdk8s';
import { Checkpoints, Component, Delivery, type DistributedTrainingProps, Framework, TrainingBackend } from 'cdk8s-ml';
import { sharedClaim } from './fixtures/claims';
import { gang, MACHINE } from './fixtures/gang';
import { OperatorRuns } from './fixtures/operator-runs';
import { problemsOfMeeting } from './fixtures/meetings';
import { NAMESPACE, only } from './fixtures/rendered';
import { noPods } from './fixtures/running';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { environmentOf, podsAt, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// JAXJobs of ours under the Kubeflow Training Operator: the pods it makes of them, and how a run ends.

const ring = useRing(...CLUSTER, 'training-operator');
const runs = new OperatorRuns(ring, 'JAXJob');

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    ['a', 'b', 'c'].map((name) => gpuNode(name, MACHINE)),
  );
  for (const object of sharedClaim('checkpoints')) await ring.api.apply(object);
});

afterEach(async () => runs.cleanUp());

function jaxJob(props: Partial<DistributedTrainingProps> & { readonly run: string }, delivery?: Delivery): Manifest[] {
  const components = [Component.TRAINING_OPERATOR];
  return gang(
    { components, delivery, trainingBackend: TrainingBackend.JAX_JOB },
    { framework: Framework.jax(), command: ['python', 'train.py'], ...props },
  );
}

test('every pod knows its number, how many there are and the address of the first', async () => {
  const manifests = jaxJob({ run: 'v1', numNodes: 3 });
  const job = await runs.start(manifests);
  const pods = await runs.allRunning(job, 3);
  expect(await problemsOfMeeting(ring, pods)).toEqual([]);
  const { items: services } = await ring.api.list({ apiVersion: 'v1', kind: 'Service', namespace: NAMESPACE });
  for (const [rank, pod] of pods.entries()) {
    const environment = environmentOf(pod);
    expect(environment).toMatchObject({
      JAX_NUM_PROCESSES: '3',
      JAX_PROCESS_ID: String(rank),
      JAX_COORDINATOR_ADDRESS: 'llm-v1-worker-0:6666',
      // What the operator says under its own names.
      NUM_PROCESSES: '3',
      PROCESS_ID: String(rank),
      COORDINATOR_ADDRESS: 'llm-v1-worker-0',
      COORDINATOR_PORT: '6666',
    });
    expect(podsAt(environment.JAX_COORDINATOR_ADDRESS.split(':')[0], pods, services)).toEqual([pods[0]]);
    const names = pod.spec.containers[0].env!.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(pod.spec.initContainers).toBeUndefined();
    expect(pod.spec.restartPolicy).toBe('OnFailure');
  }
  expect(new Set(pods.map(({ spec }) => spec.nodeName)).size).toBe(3);
  const port = services.find(({ metadata }) => metadata.name === 'llm-v1-worker-0')?.spec;
  expect(port).toMatchObject({ clusterIP: 'None', ports: [expect.objectContaining({ port: 6666 })] });
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate/)).toEqual([]);
});

test('the webhook refuses a job without a container called jax', async () => {
  const job = JSON.parse(
    JSON.stringify(only(jaxJob({ run: 'v2' }), 'JAXJob')).replace('"name":"jax"', '"name":"x"'),
  ) as Manifest;
  await expect(ring.api.apply(job)).rejects.toThrow('must have at least one container with name jax');
});

test('a run succeeds with its last pod, and its pods stay for their logs', async () => {
  const job = await runs.start(jaxJob({ run: 'done' }));
  const pods = await runs.allRunning(job, 2);
  await runs.allMeet(pods.slice(0, 1), { exitCode: 0 });
  await runs.allMeet(pods.slice(1), { exitCode: 0, exitAfter: '1s' });
  await runs.has(job, 'Succeeded');
  expect(await runs.ended()).toEqual(['llm-done-worker-0 Succeeded', 'llm-done-worker-1 Succeeded']);
});

test('an ended run is removed after its TTL', async () => {
  const job = await runs.start(jaxJob({ run: 'ttl', numNodes: 1, ttl: Duration.minutes(1) }, Delivery.CREATE_ONCE));
  await ring.api.patch(job, { spec: { runPolicy: { ttlSecondsAfterFinished: 2 } } });
  await runs.allMeet(await runs.allRunning(job, 1), { exitCode: 0 });
  await runs.removed(job);
});

test('a gang that failed as often as it may still succeeds', async () => {
  const job = await runs.start(jaxJob({ run: 'retried', checkpoints: Checkpoints.claim('checkpoints') }));
  const pods = await runs.allRunning(job, 2);
  await runs.restarted(pods, 2);
  await runs.allMeet(pods, { exitCode: 0 });
  await runs.has(job, 'Succeeded');
});

test('a gang that fails once more ends, and its pods go', async () => {
  const job = await runs.start(jaxJob({ run: 'failed', checkpoints: Checkpoints.claim('checkpoints') }));
  await runs.allMeet(await runs.allRunning(job, 2), { restarts: 3 }, { restarts: 2 });
  expect(await runs.has(job, 'Failed')).toContain('has reached the specified backoff limit');
  await noPods(ring);
});

test('without retries, the first failure ends the run', async () => {
  const job = await runs.start(jaxJob({ run: 'first-failure' }));
  await runs.allMeet((await runs.allRunning(job, 2)).slice(1), { restarts: 1 });
  expect(await runs.has(job, 'Failed')).toContain('has reached the specified backoff limit');
});

test.each(['disrupted', 'drained'])('a %s pod comes again with its number, even without retries', async (run) => {
  const job = await runs.start(jaxJob({ run }));
  const pods = await runs.allRunning(job, 2);
  if (run === 'drained') await ring.api.evict(pods[1]);
  else await meet(ring.api, pods[1], { disrupted: 'NodeShutdown' });
  const [again] = await runs.podsOf(job, 1, pods);
  expect(environmentOf(again).JAX_PROCESS_ID).toBe('1');
  await runs.allMeet([pods[0], again], { exitCode: 0 });
  await runs.has(job, 'Succeeded');
});

test('a run that hangs ends at its deadline', async () => {
  const job = await runs.start(jaxJob({ run: 'hangs', activeDeadline: Duration.seconds(12) }));
  await runs.allRunning(job, 2);
  expect(await runs.has(job, 'Failed')).toContain('it was active longer than specified deadline');
});
