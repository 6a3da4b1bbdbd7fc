import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Checkpoints,
  Component,
  Delivery,
  type DistributedTrainingProps,
  Framework,
  MpiImplementation,
  Queue,
  TrainingBackend,
} from 'cdk8s-ml';
import { callProblems } from '../rendezvous/meeting';
import { sharedClaim } from './fixtures/claims';
import { gang, MACHINE } from './fixtures/gang';
import { OperatorRuns } from './fixtures/operator-runs';
import { QUEUE, QUEUED_CLUSTER, queueOfH100s } from './fixtures/queues';
import { surroundings } from './fixtures/meetings';
import { NAMESPACE, only } from './fixtures/rendered';
import { PODS } from './fixtures/running';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { addNodes, cpuNode, gpuNode } from './ring/nodes/nodes';
import { describePods, environmentOf, isRunning, type Pod, podsAt, unschedulable, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// MPIJobs of ours under the MPI operator, on nodes with GPUs and their taint and one node without.

const ring = useRing(...CLUSTER, 'mpi-operator', 'kueue');
const runs = new OperatorRuns(ring, 'MPIJob');
const SMALL_NODE = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'small' } };

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(ring.api, [cpuNode('small'), ...['a', 'b'].map((name) => gpuNode(name, MACHINE))]);
  for (const object of [...sharedClaim('checkpoints'), ...queueOfH100s(16)]) await ring.api.apply(object);
});

afterEach(async () => {
  await runs.cleanUp();
  await ring.api.patch(SMALL_NODE, { spec: { unschedulable: null } });
});

const checkpoints = Checkpoints.claim('checkpoints');

function mpiJob(props: Partial<DistributedTrainingProps> & { readonly run: string }, delivery?: Delivery): Manifest[] {
  return gang(
    { components: [Component.MPI_OPERATOR], delivery, trainingBackend: TrainingBackend.MPI_JOB },
    { framework: Framework.horovod(), command: ['mpirun', 'python', 'train.py'], ...props },
  );
}

const isLauncher = ({ metadata }: Pod) => metadata.labels?.['training.kubeflow.org/job-role'] === 'launcher';

/** The launcher and the nodes of a run, when all run that were not there before. */
async function allRunning(job: Manifest, count = 3, before: Pod[] = []): Promise<[launcher: Pod, nodes: Pod[]]> {
  const pods = await runs.podsOf(job, count, before);
  return [pods.find(isLauncher)!, pods.filter((pod) => !isLauncher(pod))];
}

/** Waits until these pods are left; launchers have random names. */
async function left(...expected: string[]): Promise<void> {
  await ring.until(PODS, `${expected.join(', ')} being left`, (now) => {
    const names = (now as Pod[]).map(
      ({ metadata, status }) => `${metadata.name!.replace(/-launcher-.*/, '-launcher')} ${status.phase}`,
    );
    return names.sort().join() === expected.join() ? undefined : `${names.join(', ')} are left`;
  });
}

test.each([
  ['OpenMPI', MpiImplementation.OPEN_MPI, ' slots=8'],
  ['Intel', MpiImplementation.INTEL, ':8'],
  ['MPICH', MpiImplementation.MPICH, ':8'],
])(
  'the host file of %s lists every node, which the launcher reaches with its key',
  async (name, implementation, slots) => {
    const run = name.toLowerCase();
    const manifests = mpiJob({ run, framework: Framework.mpi({ implementation }), checkpoints });
    const job = await runs.start(manifests);
    const [launcher, nodes] = await allRunning(job);
    const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...job.metadata, name: `llm-${run}-config` } };
    const { hostfile } = (await ring.api.get(config)).object.data as { hostfile: string };
    const hosts = [0, 1].map((index) => `llm-${run}-worker-${index}.llm-${run}`);
    expect(hostfile.trim().split('\n')).toEqual(hosts.map((host) => `${host}.${NAMESPACE}.svc${slots}`));
    const calls = hosts.map((host, index) => ({
      from: launcher,
      to: nodes[index],
      address: `${host}.${NAMESPACE}.svc:22`,
    }));
    expect(callProblems(calls, [launcher, ...nodes], await surroundings(ring))).toEqual([]);
    const { items: services } = await ring.api.list({ ...PODS, kind: 'Service' });
    for (const [index, node] of nodes.entries())
      expect(podsAt(hosts[index], [launcher, ...nodes], services)).toEqual([node]);
    for (const pod of [launcher, ...nodes]) {
      const [{ env, volumeMounts }] = pod.spec.containers;
      expect(volumeMounts).toContainEqual(expect.objectContaining({ mountPath: '/home/mpiuser/.ssh' }));
      const names = env!.map((variable) => variable.name);
      expect(new Set(names).size).toBe(names.length);
    }
    expect(environmentOf(launcher)).toMatchObject({
      RUN: `llm-${run}`,
      CHECKPOINT_DIR: `/ckpt/llm-${run}`,
      NUM_PROCESSES: '16',
      K_MPI_JOB_ROLE: 'launcher',
      NVIDIA_VISIBLE_DEVICES: '',
    });
    expect(launcher.spec.containers[0].volumeMounts).toContainEqual(expect.objectContaining({ mountPath: '/etc/mpi' }));
    expect(launcher.spec.nodeName).toBe('small');
    expect(nodes.map(({ spec }) => spec.nodeName).sort()).toEqual(['a', 'b']);
    expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
    expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate/)).toEqual([]);
  },
);

test('a run has succeeded with its launcher, and its nodes go', async () => {
  const job = await runs.start(mpiJob({ run: 'done' }));
  const [launcher] = await allRunning(job);
  await meet(ring.api, launcher, { exitCode: 0 });
  await runs.has(job, 'Succeeded');
  await left('llm-done-launcher Succeeded');
});

test('without retries the first failure of the launcher ends the run', async () => {
  const job = await runs.start(mpiJob({ run: 'failed' }));
  const [launcher] = await allRunning(job);
  await meet(ring.api, launcher, { exitCode: 1 });
  expect(await runs.has(job, 'Failed')).toContain('Job has reached the specified backoff limit');
  await left('llm-failed-launcher Failed');
});

test('with retries a new launcher starts on the same nodes, and may succeed', async () => {
  const job = await runs.start(mpiJob({ run: 'retried', checkpoints, backoffLimit: 1 }));
  const [launcher, nodes] = await allRunning(job);
  await meet(ring.api, launcher, { exitCode: 1 });
  const [again] = await allRunning(job, 1, [launcher, ...nodes]);
  expect(isLauncher(again)).toBe(true);
  await meet(ring.api, again, { exitCode: 0 });
  await runs.has(job, 'Succeeded');
  await left('llm-retried-launcher Failed', 'llm-retried-launcher Succeeded');
});

test('a disruption of the launcher counts as a failure', async () => {
  const job = await runs.start(mpiJob({ run: 'disrupted' }));
  const [launcher] = await allRunning(job);
  await meet(ring.api, launcher, { disrupted: 'NodeShutdown' });
  expect(await runs.has(job, 'Failed')).toContain('Job has reached the specified backoff limit');
});

test('a drained node is made again under its name', async () => {
  const job = await runs.start(mpiJob({ run: 'drained' }));
  const [launcher, nodes] = await allRunning(job);
  await ring.api.evict(nodes[1]);
  const [, [again]] = await allRunning(job, 1, [launcher, ...nodes]);
  expect(again.metadata.name).toBe('llm-drained-worker-1');
  await meet(ring.api, launcher, { exitCode: 0 });
  await runs.has(job, 'Succeeded');
});

test('the SSH server of a node starts again where it is, which ends nothing', async () => {
  const job = await runs.start(mpiJob({ run: 'restarted' }));
  const [launcher, nodes] = await allRunning(job);
  await runs.restarted(nodes, 3);
  await meet(ring.api, launcher, { exitCode: 0 });
  await runs.has(job, 'Succeeded');
});

test('a node that the kubelet ended is not made again, and the deadline frees the others', async () => {
  const job = await runs.start(mpiJob({ run: 'ended', activeDeadline: Duration.seconds(20) }));
  const [, nodes] = await allRunning(job);
  await meet(ring.api, nodes[1], { disrupted: 'NodeShutdown' });
  expect(await runs.has(job, 'Failed')).toContain('Job was active longer than specified deadline');
  await ring.until(PODS, 'the others being gone', (now) =>
    (now as Pod[]).some(isRunning) ? describePods(now as Pod[]) : undefined,
  );
});

test('a run whose nodes never all come ends at its deadline, and gives back those that did', async () => {
  const job = await runs.start(mpiJob({ run: 'partial', numNodes: 3, activeDeadline: Duration.seconds(20) }));
  await ring.until(PODS, 'one node being left over', (now) => {
    const pods = now as Pod[];
    return pods.filter(isRunning).length === 3 && pods.some(unschedulable) ? undefined : describePods(pods);
  });
  expect(await runs.has(job, 'Failed')).toContain('Job was active longer than specified deadline');
  await ring.until(PODS, 'the nodes being gone', (now) =>
    (now as Pod[]).every(isLauncher) ? undefined : describePods(now as Pod[]),
  );
});

test('its TTL removes the launcher, and the run stays as it ended', async () => {
  const rendered = only(mpiJob({ run: 'ttl' }, Delivery.CREATE_ONCE), 'MPIJob');
  const spec = rendered.spec as { runPolicy: { ttlSecondsAfterFinished: number } };
  expect(spec.runPolicy.ttlSecondsAfterFinished).toBe(86400);
  const job = { ...rendered, spec: { ...spec, runPolicy: { ...spec.runPolicy, ttlSecondsAfterFinished: 2 } } };
  await runs.start([job]);
  const [launcher] = await allRunning(job);
  await meet(ring.api, launcher, { exitCode: 0 });
  await runs.has(job, 'Succeeded');
  await left();
  const condition = await runs.has(job, 'Succeeded');
  expect(condition).toContain('successfully completed');
});

test('where all nodes have GPUs the launcher starts beside the processes', async () => {
  await ring.api.patch(SMALL_NODE, { spec: { unschedulable: true } });
  const [launcher] = await allRunning(await runs.start(mpiJob({ run: 'beside' })));
  expect(['a', 'b']).toContain(launcher.spec.nodeName);
});

test('a launcher that may stand no taint waits there, while its nodes hold their GPUs', async () => {
  await ring.api.patch(SMALL_NODE, { spec: { unschedulable: true } });
  const launcher = { cpu: Cpu.units(1), memory: Size.gibibytes(2), tolerations: [] };
  await runs.start(mpiJob({ run: 'stuck', framework: Framework.mpi({ launcher }) }));
  const pods = await ring.until(PODS, 'the launcher being left over', (now) => {
    const one = (now as Pod[]).find(isLauncher);
    const running = (now as Pod[]).filter(isRunning).length;
    return one && unschedulable(one) && running === 2 ? undefined : describePods(now as Pod[]);
  });
  expect(unschedulable((pods as Pod[]).find(isLauncher)!)).toMatch(/2 node\(s\) had untolerated taint/);
});

test('Kueue starts launcher and nodes together when there is quota for all of them', async () => {
  const profile = { ...QUEUED_CLUSTER, components: [Component.KUEUE, Component.MPI_OPERATOR] };
  const queued = (run: string, numNodes: number) =>
    gang(profile, {
      run,
      numNodes,
      framework: Framework.horovod(),
      command: ['mpirun', 'train'],
      backend: TrainingBackend.MPI_JOB,
      queue: Queue.named(QUEUE),
    });
  const tooLarge = await runs.start(queued('large', 3));
  expect(await runs.has(tooLarge, 'Suspended')).toContain('MPIJob suspended');
  const manifests = queued('queued', 2);
  const job = await runs.start(manifests);
  const [launcher, nodes] = await allRunning(job);
  for (const { spec } of [launcher, ...nodes])
    expect(spec.nodeSelector).toMatchObject({ 'node.kubernetes.io/instance-type': MACHINE });
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
});
