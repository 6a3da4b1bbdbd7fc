import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Checkpoints,
  type ClusterProfileProps,
  Component,
  type DistributedTrainingProps,
  Framework,
  Gpu,
  Queue,
  Schedule,
  ScheduledRetrain,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import { callProblems } from '../rendezvous/meeting';
import { sharedClaim } from './fixtures/claims';
import { gang, H100_CLUSTER, MACHINE } from './fixtures/gang';
import { surroundings } from './fixtures/meetings';
import { QUEUE, QUEUED_CLUSTER, queueOfH100s } from './fixtures/queues';
import { NAMESPACE, only, rendered } from './fixtures/rendered';
import { appeared, noPods, PODS, running } from './fixtures/running';
import { tick } from './fixtures/tick';
import { TrainJobRuns } from './fixtures/train-job-runs';
import { workloadHas } from './fixtures/workloads';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { gone, removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { addNodes, cpuNode, gpuNode } from './ring/nodes/nodes';
import { describePods, environmentOf, isRunning, type Pod, podsAt, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// TrainJobs of ours that MPI starts, under the Kubeflow Trainer and JobSet: a launcher, and nodes with an SSH server.

const ring = useRing(...CLUSTER, 'trainer', 'kueue');
const runs = new TrainJobRuns(ring);

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(ring.api, [cpuNode('small'), ...['a', 'b', 'c'].map((name) => gpuNode(name, MACHINE))]);
  for (const object of [...sharedClaim('checkpoints'), ...queueOfH100s(24)]) await ring.api.apply(object);
});

afterEach(() => runs.cleanUp());

const CLUSTER_OF_TRAINJOBS: Partial<ClusterProfileProps> = {
  components: [Component.TRAINER],
  trainingBackend: TrainingBackend.TRAIN_JOB,
};
const COMMAND = ['mpirun', 'python', 'train.py'];
const checkpoints = Checkpoints.claim('checkpoints');

function trainJob(
  props: Partial<DistributedTrainingProps> & { readonly run: string },
  profile = CLUSTER_OF_TRAINJOBS,
): Manifest[] {
  return gang(profile, { framework: Framework.horovod(), command: COMMAND, ...props });
}

const jobOf = ({ metadata }: Pod) => metadata.labels?.['jobset.sigs.k8s.io/replicatedjob-name'];

/** The launcher and the nodes of a run, when all run that were not there before. */
async function allRunning(count = 3, before: Pod[] = []): Promise<[launcher: Pod, nodes: Pod[]]> {
  const pods = await running(ring, count, undefined, before);
  const launchers = pods.filter((pod) => jobOf(pod) === 'launcher');
  expect(launchers).toHaveLength(1);
  return [launchers[0], pods.filter((pod) => jobOf(pod) === 'node')];
}

/** Waits until these pods are left, whose names end at random. */
async function left(...expected: string[]): Promise<void> {
  await ring.until(PODS, `${expected.join(', ')} being left`, (now) => {
    const names = (now as Pod[]).map(
      ({ metadata, status }) => `${metadata.name!.replace(/-[a-z0-9]{5}$/, '')} ${status.phase}`,
    );
    return names.sort().join() === expected.join() ? undefined : `${names.join(', ')} are left`;
  });
}

interface Mounted {
  readonly volumes: { readonly name: string; readonly secret?: object; readonly configMap?: object }[];
  readonly securityContext: object;
}

test.each([
  ['Horovod', Framework.horovod()],
  ['DeepSpeed', Framework.deepspeed()],
  ['a program of MPI', Framework.mpi()],
])('the host file lists every node, which the launcher of %s reaches with its key', async (what, framework) => {
  const run = what.split(' ')[0].toLowerCase();
  const name = `llm-${run}`;
  const manifests = trainJob({ run, framework, checkpoints });
  const job = await runs.start(manifests);
  const [launcher, nodes] = await allRunning();
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...job.metadata, name: `${name}-mpi-hostfile` } };
  const { hostfile } = (await appeared(ring, config)).data as { hostfile: string };
  const hosts = [0, 1].map((index) => `${name}-node-0-${index}.${name}`);
  expect(hostfile.trim().split('\n')).toEqual(hosts.map((host) => `${host} slots=8`));
  const calls = hosts.flatMap((host, index) =>
    [22, 2222].map((port) => ({ from: launcher, to: nodes[index], address: `${host}:${port}` })),
  );
  expect(callProblems(calls, [launcher, ...nodes], await surroundings(ring))).toEqual([]);
  const { items: services } = await ring.api.list({ ...PODS, kind: 'Service' });
  for (const [index, node] of nodes.entries())
    expect(podsAt(hosts[index], [launcher, ...nodes], services)).toEqual([node]);

  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { ...job.metadata, name: `${name}-mpi-ssh-auth` } };
  expect(Object.keys((await appeared(ring, secret)).data as object).sort()).toEqual([
    'ssh-privatekey',
    'ssh-publickey',
  ]);
  for (const pod of [launcher, ...nodes]) {
    const [{ env, volumeMounts }] = pod.spec.containers;
    expect(volumeMounts).toContainEqual({ name: 'mpi-ssh-auth', mountPath: '/home/mpiuser/.ssh' });
    const { volumes, securityContext } = pod.spec as unknown as Mounted;
    const keys = volumes.find((volume) => volume.name === 'mpi-ssh-auth')!.secret as { items: { mode: number }[] };
    // The owner is root: the containers read it as its group.
    expect(keys.items.map(({ mode }) => mode.toString(8))).toEqual(['640', '644', '644']);
    expect(securityContext).toMatchObject({ fsGroup: 1000, runAsUser: 1000 });
    const names = env!.map((variable) => variable.name);
    expect(new Set(names).size).toBe(names.length);
  }
  expect(environmentOf(launcher)).toMatchObject({
    RUN: name,
    CHECKPOINT_DIR: `/ckpt/${name}`,
    NUM_PROCESSES: '16',
    NVIDIA_VISIBLE_DEVICES: 'void',
    OMPI_MCA_orte_default_hostfile: '/etc/mpi/hostfile',
    OMPI_MCA_orte_set_default_slots: '8',
  });
  expect(environmentOf(nodes[0])).not.toHaveProperty('NVIDIA_VISIBLE_DEVICES');
  expect(launcher.spec.containers[0].command?.slice(-3)).toEqual(COMMAND);
  expect(launcher.spec.containers[0].volumeMounts).toContainEqual({ name: 'mpi-hostfile', mountPath: '/etc/mpi' });
  expect(launcher.spec.containers[0].resources?.limits).toEqual({ memory: '2Gi' });
  expect(nodes.map(({ spec }) => spec.containers[0].resources?.limits?.['nvidia.com/gpu'])).toEqual(['8', '8']);
  expect(nodes[0].spec.containers[0].command).toContain('/usr/sbin/sshd');
  expect(launcher.spec.nodeName).toBe('small');
  expect(new Set(nodes.map(({ spec }) => spec.nodeName)).size).toBe(2);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate/)).toEqual([]);
});

test('a run has succeeded with its launcher, its nodes go, and its status lists the launcher second', async () => {
  const manifests = trainJob({ run: 'done' });
  const job = await runs.start(manifests);
  const [launcher] = await allRunning();
  await meet(ring.api, launcher, { exitCode: 0 });
  await runs.has(job, 'Complete');
  await left('llm-done-launcher-0-0 Succeeded');
  // Steps of Argo read it by its position.
  const { jobsStatus } = (await ring.api.get(job)).object.status as { jobsStatus: object[] };
  expect(jobsStatus).toEqual([
    expect.objectContaining({ name: 'node', succeeded: 0 }),
    expect.objectContaining({ name: 'launcher', succeeded: 1 }),
  ]);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
});

test('without retries the first failure of the launcher ends the run and stops the nodes', async () => {
  const job = await runs.start(trainJob({ run: 'failed' }));
  const [launcher] = await allRunning();
  await meet(ring.api, launcher, { exitCode: 1 });
  await runs.has(job, 'Failed');
  await left('llm-failed-launcher-0-0 Failed');
});

test.each([
  ['the launcher', 'retried'],
  ['a node', 'node-failed'],
])('when %s fails, launcher and nodes start again, with the same key and hosts', async (what, run) => {
  const job = await runs.start(trainJob({ run, checkpoints, backoffLimit: 1 }));
  const [launcher, nodes] = await allRunning();
  await meet(ring.api, what === 'the launcher' ? launcher : nodes[1], { exitCode: 1 });
  const [again, nodesAgain] = await allRunning(3, [launcher, ...nodes]);
  expect(nodesAgain.map(({ spec }) => spec.hostname)).toEqual(nodes.map(({ spec }) => spec.hostname));
  expect(await runs.restarts(job)).toEqual([1, 1]);
  await meet(ring.api, again, { exitCode: 0 });
  await runs.has(job, 'Complete');
});

test.each([
  ['an exit code that is a bug', 3],
  ['a launcher that is out of memory', 137],
])('%s ends the run at once, though it may fail twice', async (_what, exitCode) => {
  const job = await runs.start(
    trainJob({ run: `bug-${exitCode}`, checkpoints, backoffLimit: 2, failOnExitCodes: [3] }),
  );
  const [launcher] = await allRunning();
  await meet(ring.api, launcher, { exitCode });
  expect(await runs.has(job, 'Failed')).toBe('FailJobSetFailurePolicyAction');
  expect(await runs.restarts(job)).toEqual([0, 0]);
});

test('processes that are out of memory on a node end the run at once', async () => {
  const job = await runs.start(trainJob({ run: 'memory', checkpoints, backoffLimit: 2 }));
  const [, nodes] = await allRunning();
  await meet(ring.api, nodes[0], { exitCode: 137 });
  expect(await runs.has(job, 'Failed')).toBe('FailJobSetFailurePolicyAction');
});

const nodeOf = ([, nodes]: [Pod, Pod[]]): Pod => nodes[1];
const launcherOf = ([launcher]: [Pod, Pod[]]): Pod => launcher;

test.each([
  ['a node that is shut down', 'shut-down', nodeOf, (pod: Pod) => meet(ring.api, pod, { disrupted: 'NodeShutdown' })],
  ['a drained node', 'drained', nodeOf, (pod: Pod) => ring.api.evict(pod)],
  ['a drained launcher', 'moved', launcherOf, (pod: Pod) => ring.api.evict(pod)],
] as const)('%s starts the gang again, which is not counted, even without retries', async (_what, run, of, disrupt) => {
  const job = await runs.start(trainJob({ run }));
  const pods = await allRunning();
  await disrupt(of(pods));
  const [launcher] = await allRunning(3, pods.flat());
  expect(await runs.restarts(job)).toEqual([1, 0]);
  await meet(ring.api, launcher, { exitCode: 0 });
  await runs.has(job, 'Complete');
});

test('an SSH server that ends with 0 when it is drained would pass for a success, and nothing start again', async () => {
  const job = await runs.start(trainJob({ run: 'bare' }));
  const [launcher, nodes] = await allRunning();
  await meet(ring.api, nodes[1], { exitCodeOnTerm: 0 });
  await ring.api.evict(nodes[1]);
  await ring.until(PODS, 'the node having ended', (now) => {
    const [pod] = (now as Pod[]).filter(({ metadata }) => metadata.uid === nodes[1].metadata.uid);
    return pod === undefined || pod.status.phase === 'Succeeded' ? undefined : describePods([pod]);
  });
  await meet(ring.api, launcher, { exitCode: 1 }); // as mpirun does, which has lost the node
  expect(await runs.has(job, 'Failed')).toBe('ReachedMaxRestarts');
});

test('all starts together end at the deadline, and the JobSet goes with its pods', async () => {
  const manifests = trainJob({ run: 'hangs', activeDeadline: Duration.seconds(30) });
  const job = await runs.start(manifests);
  await allRunning();
  expect(await runs.has(job, 'Failed')).toBe('DeadlineExceeded');
  await gone(ring.api, runs.jobSetOf(job));
  await noPods(ring);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
});

test('after the TTL of the JobSet its pods go, and the run stays with its key and does not start again', async () => {
  const manifests = trainJob({ run: 'ttl' });
  const runtime = only(manifests, 'TrainingRuntime') as Manifest & { spec: { template: { spec: object } } };
  const { template } = runtime.spec;
  const short = { ...template, spec: { ...template.spec, ttlSecondsAfterFinished: 2 } };
  const changed = { ...runtime, spec: { ...runtime.spec, template: short } };
  const job = await runs.start(manifests.map((each) => (each === runtime ? changed : each)));
  const [launcher] = await allRunning();
  await meet(ring.api, launcher, { exitCode: 0 });
  await gone(ring.api, runs.jobSetOf(job));
  await noPods(ring);
  await runs.has(job, 'Complete');
  expect(await changesOfApplyingAgain(ring.api, [job])).toEqual([]);
});

test('the command of the user cannot be changed', async () => {
  const manifests = trainJob({ run: 'fixed' });
  await runs.start(manifests);
  await allRunning();
  const other = only(trainJob({ run: 'fixed', command: ['mpirun', 'other.py'] }), 'TrainJob');
  await expect(ring.api.apply(other)).rejects.toThrow(/spec.trainer: .*field is immutable/);
});

test('a tick makes a run whose launcher knows its nodes, the next is left out, and the one after its end makes another', async () => {
  const objects = rendered({ ...H100_CLUSTER, ...CLUSTER_OF_TRAINJOBS }, (chart) => {
    new ScheduledRetrain(chart, 'nightly', {
      schedule: Schedule.expression('0 2 * * *'),
      job: TrainingRun.distributed({
        backend: TrainingBackend.TRAIN_JOB,
        framework: Framework.horovod(),
        numNodes: 2,
        gpuPerNode: Gpu.h100(8),
        image: 'registry.example.com/llm:v2',
        command: COMMAND,
        cpu: Cpu.units(90),
        memory: Size.gibibytes(900),
        checkpoints,
        activeDeadline: Duration.hours(6),
      }),
    });
  });
  const runOf = (name: string): Manifest => ({
    apiVersion: 'trainer.kubeflow.org/v1alpha1',
    kind: 'TrainJob',
    metadata: { name, namespace: NAMESPACE },
  });
  runs.willRemove(...objects, runOf('nightly-1'), runOf('nightly-3'));
  for (const object of objects) await ring.api.apply(object);
  expect(await tick(ring, 'nightly-1', objects)).toEqual({ code: 0, said: 'nightly-1 is made\n' });
  const [launcher, nodes] = await allRunning();
  expect(environmentOf(launcher)).toMatchObject({ RUN: 'nightly-1', CHECKPOINT_DIR: '/ckpt/nightly-1' });
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...runOf('nightly-1-mpi-hostfile').metadata } };
  const { hostfile } = (await appeared(ring, config)).data as { hostfile: string };
  expect(hostfile).toBe('nightly-1-node-0-0.nightly-1 slots=8\nnightly-1-node-0-1.nightly-1 slots=8\n');
  expect(await tick(ring, 'nightly-2', objects)).toEqual({
    code: 0,
    said: 'nightly-1 is still at work: nightly-2 is left out\n',
  });
  await meet(ring.api, launcher, { exitCode: 0 });
  await runs.has(runOf('nightly-1'), 'Complete');
  expect(await tick(ring, 'nightly-3', objects)).toEqual({ code: 0, said: 'nightly-3 is made\n' });
  const [again] = await allRunning(3, [launcher, ...nodes]);
  expect(environmentOf(again).RUN).toBe('nightly-3');
});

test('with a queue launcher and nodes start together or not at all, and applying it again changes nothing', async () => {
  const other = await runs.start(trainJob({ run: 'other', numNodes: 1, framework: Framework.mpi() }));
  const before = (await allRunning(2)).flat();
  const manifests = trainJob(
    { run: 'whole', numNodes: 3, queue: Queue.named(QUEUE) },
    { ...QUEUED_CLUSTER, ...CLUSTER_OF_TRAINJOBS, components: [Component.TRAINER, Component.KUEUE] },
  );
  const job = await runs.start(manifests);
  const message = await workloadHas(ring, job, 'QuotaReserved', 'False', /topology/);
  expect(message).toContain('topology "zones" allows to fit only 2 out of 3 pod(s)');
  expect((await ring.api.list(PODS)).items).toHaveLength(2);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  await removeManifests(ring.api, [other]);
  const [launcher, nodes] = await allRunning(4, before);
  for (const { spec } of [launcher, ...nodes])
    expect(spec.nodeSelector).toMatchObject({ 'node.kubernetes.io/instance-type': MACHINE });
  expect(new Set(nodes.map(({ spec }) => spec.nodeName)).size).toBe(3);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  await ring.api.patch(job, { spec: { suspend: true } });
  await ring.until(PODS, 'no pod running', (now) =>
    (now as Pod[]).some(isRunning) ? describePods(now as Pod[]) : undefined,
  );
});
