import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Checkpoints,
  Component,
  Delivery,
  type DistributedTrainingProps,
  Framework,
  TensorflowSuccess,
  TrainingBackend,
} from 'cdk8s-ml';
import { sharedClaim } from './fixtures/claims';
import { gang, MACHINE } from './fixtures/gang';
import { OperatorRuns } from './fixtures/operator-runs';
import { problemsOfTensorflow } from './fixtures/meetings';
import { NAMESPACE, only } from './fixtures/rendered';
import { PODS, running } from './fixtures/running';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { addNodes, cpuNode, gpuNode } from './ring/nodes/nodes';
import { environmentOf, type Pod, podsAt, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// TFJobs of ours under the Kubeflow Training Operator, on nodes with GPUs and one without; and TensorFlow without an operator.

const ring = useRing(...CLUSTER, 'training-operator', 'jobset');
const runs = new OperatorRuns(ring, 'TFJob');

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(ring.api, [cpuNode('small'), ...['a', 'b', 'c'].map((name) => gpuNode(name, MACHINE))]);
  for (const object of sharedClaim('checkpoints')) await ring.api.apply(object);
});

afterEach(async () => runs.cleanUp());

const SMALL = { cpu: Cpu.units(1), memory: Size.gibibytes(2) };
const ROLES = Framework.tensorflow({ chief: SMALL, parameterServers: { ...SMALL, replicas: 2 }, evaluator: SMALL });

function tfJob(props: Partial<DistributedTrainingProps> & { readonly run: string }, delivery?: Delivery): Manifest[] {
  const components = [Component.TRAINING_OPERATOR];
  return gang(
    { components, delivery, trainingBackend: TrainingBackend.TF_JOB },
    { framework: Framework.tensorflow(), command: ['python', 'train.py'], ...props },
  );
}

interface TfConfig {
  readonly cluster: { readonly [role: string]: string[] };
  readonly task: { readonly type: string; readonly index: number };
}

const configOf = (pod: Pod) => JSON.parse(environmentOf(pod).TF_CONFIG) as TfConfig;
/** The pod of a role, such as `worker-0`. */
const podNamed = (pods: Pod[], role: string) => pods.find(({ metadata }) => metadata.name!.endsWith(`-${role}`))!;
const rolesOf = (pods: Pod[], run: string) => pods.map(({ metadata }) => metadata.name!.replace(`llm-${run}-`, ''));

/** The pod that the first part of an address of TF_CONFIG leads to. */
async function podAt(address: string, pods: Pod[]): Promise<Pod[]> {
  const { items: services } = await ring.api.list({ ...PODS, kind: 'Service' });
  return podsAt(address.replace(/:\d+$/, '').split(`.${NAMESPACE}.svc`)[0], pods, services);
}

/** Waits until these pods are left, with their phases. */
async function left(...expected: string[]): Promise<void> {
  await ring.until(PODS, `${expected.join(', ')} being left`, (now) => {
    const names = (now as Pod[]).map(({ metadata, status }) => `${metadata.name} ${status.phase}`).sort();
    return names.join() === expected.join() ? undefined : `${names.join(', ')} are left`;
  });
}

test('every pod of every role finds all others in TF_CONFIG, and has a place of its own kind', async () => {
  const manifests = tfJob({ run: 'v1', framework: ROLES });
  const job = await runs.start(manifests);
  const pods = await runs.allRunning(job, 6);
  expect(await problemsOfTensorflow(ring, pods)).toEqual([]);
  expect(rolesOf(pods, 'v1')).toEqual(['chief-0', 'evaluator-0', 'ps-0', 'ps-1', 'worker-0', 'worker-1']);
  for (const pod of pods) {
    const { cluster, task } = configOf(pod);
    expect(pod.metadata.name).toBe(`llm-v1-${task.type}-${task.index}`);
    const addresses = Object.entries(cluster).flatMap(([role, hosts]) =>
      hosts.map((host, index) => [`${role}-${index}`, host]),
    );
    expect(addresses).toHaveLength(6);
    for (const [role, address] of addresses) expect(await podAt(address, pods)).toEqual([podNamed(pods, role)]);
    const names = pod.spec.containers[0].env!.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(pod.spec.nodeName === 'small').toBe(task.type !== 'worker');
  }
  expect(podNamed(pods, 'worker-0').spec.nodeName).not.toBe(podNamed(pods, 'worker-1').spec.nodeName);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate/)).toEqual([]);
});

test('a run of one pod gets no TF_CONFIG', async () => {
  const job = await runs.start(tfJob({ run: 'alone', numNodes: 1 }));
  const [pod] = await runs.allRunning(job, 1);
  expect(environmentOf(pod)).not.toHaveProperty('TF_CONFIG');
});

test('the webhook refuses a job without a container called tensorflow', async () => {
  const text = JSON.stringify(only(tfJob({ run: 'v2' }), 'TFJob')).replace('"name":"tensorflow"', '"name":"x"');
  await expect(ring.api.apply(JSON.parse(text) as Manifest)).rejects.toThrow(
    'must have at least one container with name tensorflow',
  );
});

test('a run has succeeded with its chief, and what is still at work goes', async () => {
  const job = await runs.start(tfJob({ run: 'chief', framework: ROLES }));
  const pods = await runs.allRunning(job, 6);
  await meet(ring.api, podNamed(pods, 'chief-0'), { exitCode: 0 });
  await runs.has(job, 'Succeeded');
  await left('llm-chief-chief-0 Succeeded');
});

test('without a chief a run goes on until its last worker is done, whichever that is', async () => {
  const job = await runs.start(tfJob({ run: 'workers' }));
  const pods = await runs.allRunning(job, 2);
  await meet(ring.api, pods[0], { exitCode: 0 });
  await runs.countedDone(job, 'Worker', 1);
  await meet(ring.api, pods[1], { exitCode: 0 });
  await runs.has(job, 'Succeeded');
  await left('llm-workers-worker-0 Succeeded', 'llm-workers-worker-1 Succeeded');
});

test('on request a run has succeeded with its first worker, and the others are stopped', async () => {
  const framework = Framework.tensorflow({ success: TensorflowSuccess.CHIEF });
  const job = await runs.start(tfJob({ run: 'first', framework }));
  await runs.allMeet((await runs.allRunning(job, 2)).slice(0, 1), { exitCode: 0 });
  await runs.has(job, 'Succeeded');
  await left('llm-first-worker-0 Succeeded');
});

test('with a chief the operator looks at nothing else, whatever the success policy says', async () => {
  const job = only(tfJob({ run: 'ignored', framework: ROLES }), 'TFJob');
  const everyWorker = { ...job, spec: { ...(job.spec as object), successPolicy: 'AllWorkers' } };
  await runs.start([everyWorker]);
  const pods = await runs.allRunning(job, 6);
  await meet(ring.api, podNamed(pods, 'chief-0'), { exitCode: 0 });
  await runs.has(job, 'Succeeded');
});

test('an ended run is removed after its TTL', async () => {
  const job = await runs.start(tfJob({ run: 'ttl', numNodes: 1, ttl: Duration.minutes(1) }, Delivery.CREATE_ONCE));
  await ring.api.patch(job, { spec: { runPolicy: { ttlSecondsAfterFinished: 2 } } });
  await runs.allMeet(await runs.allRunning(job, 1), { exitCode: 0 });
  await runs.removed(job);
});

test('a gang that failed as often as it may still succeeds, and its restarts are those of all roles', async () => {
  const checkpoints = Checkpoints.claim('checkpoints');
  const job = await runs.start(tfJob({ run: 'retried', framework: ROLES, checkpoints }));
  const pods = await runs.allRunning(job, 6);
  await runs.restarted(pods, 2);
  await meet(ring.api, podNamed(pods, 'chief-0'), { exitCode: 0 });
  await runs.has(job, 'Succeeded');
});

test('a gang that fails once more ends, and its pods go', async () => {
  const job = await runs.start(tfJob({ run: 'failed', checkpoints: Checkpoints.claim('checkpoints') }));
  await runs.allMeet(await runs.allRunning(job, 2), { restarts: 3 }, { restarts: 2 });
  expect(await runs.has(job, 'Failed')).toContain('has reached the specified backoff limit');
  await left();
});

test('without retries, the first failure ends the run, also that of a parameter server', async () => {
  const job = await runs.start(tfJob({ run: 'first-failure', framework: ROLES }));
  const pods = await runs.allRunning(job, 6);
  await meet(ring.api, podNamed(pods, 'ps-1'), { restarts: 1 });
  expect(await runs.has(job, 'Failed')).toContain('has reached the specified backoff limit');
});

test('a disrupted pod comes again with its number, even without retries', async () => {
  const job = await runs.start(tfJob({ run: 'disrupted' }));
  const pods = await runs.allRunning(job, 2);
  await meet(ring.api, pods[1], { disrupted: 'NodeShutdown' });
  const [again] = await runs.podsOf(job, 1, pods);
  expect(configOf(again).task).toEqual({ type: 'worker', index: 1 });
  await runs.allMeet([pods[0], again], { exitCode: 0 });
  await runs.has(job, 'Succeeded');
});

test('a drained pod fails the run, whatever is left of its retries', async () => {
  const job = await runs.start(tfJob({ run: 'drained', checkpoints: Checkpoints.claim('checkpoints') }));
  const pods = await runs.allRunning(job, 2);
  // Held, so that the operator sees its end before it is gone.
  await ring.api.patch(pods[1], { metadata: { finalizers: ['ring.cdk8s-ml.dev/hold'] } });
  await ring.api.evict(pods[1]);
  expect(await runs.has(job, 'Failed')).toContain('has failed because 1 Worker replica(s) failed');
  await ring.api.patch(pods[1], { metadata: { finalizers: null } });
});

test('a run that hangs ends at its deadline', async () => {
  const job = await runs.start(tfJob({ run: 'hangs', framework: ROLES, activeDeadline: Duration.seconds(12) }));
  await runs.allRunning(job, 6);
  expect(await runs.has(job, 'Failed')).toContain('it was active longer than specified deadline');
  const pods = await runs.ended();
  expect(pods.filter((pod) => !pod.endsWith(' Failed'))).toEqual([]);
});

describe('without the operator', () => {
  const PLACES = [
    ['Job', TrainingBackend.INDEXED_JOB, [], 'batch.kubernetes.io/job-name'],
    ['JobSet', TrainingBackend.JOB_SET, [Component.JOBSET], 'jobset.sigs.k8s.io/jobset-name'],
  ] as const;

  test.each(PLACES)('every pod of a %s finds all others in TF_CONFIG', async (kind, backend, components, label) => {
    const jobs = new OperatorRuns(ring, kind);
    const framework = Framework.tensorflow();
    const manifests = gang({ components: [...components] }, { run: 'v1', numNodes: 3, framework, backend });
    const job = await jobs.start(manifests);
    const pods = await running(ring, 3, `${label}=${job.metadata.name}`);
    for (const [rank, pod] of pods.entries()) {
      const { cluster, task } = configOf(pod);
      expect(task).toEqual({ type: 'worker', index: rank });
      expect(cluster.worker).toHaveLength(3);
      for (const [index, address] of cluster.worker.entries())
        expect(await podAt(address, pods)).toEqual([pods[index]]);
    }
    await jobs.cleanUp();
  });
});
