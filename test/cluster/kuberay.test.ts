import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Checkpoints,
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
import { mayReach } from '../rendezvous/network';
import { sharedClaim } from './fixtures/claims';
import { gang, H100_CLUSTER, MACHINE } from './fixtures/gang';
import { QUEUE, QUEUED_CLUSTER, queueOfH100s } from './fixtures/queues';
import { RayDashboard } from './fixtures/ray-dashboard';
import { surroundings } from './fixtures/meetings';
import { NAMESPACE, only, rendered } from './fixtures/rendered';
import { GPU_TOLERATION } from './fixtures/restricted';
import { noPods, PODS, running } from './fixtures/running';
import { tick } from './fixtures/tick';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { addNodes, cpuNode, gpuNode } from './ring/nodes/nodes';
import { describePods, environmentOf, type Pod, podsAt, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// RayJobs of ours under the real KubeRay; what a head would say of the program, the test says.

const ring = useRing(...CLUSTER, 'kuberay', 'kueue');
const dashboard = new RayDashboard();
const made: Manifest[] = [];

beforeAll(async () => {
  // The container that waits for the head is its own, with a security context copied from the worker's.
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(ring.api, [cpuNode('small'), ...['a', 'b'].map((name) => gpuNode(name, MACHINE))]);
  for (const object of [...sharedClaim('checkpoints'), ...queueOfH100s(16)]) await ring.api.apply(object);
  await dashboard.start(ring);
});

afterEach(async () => {
  await removeManifests(ring.api, made.splice(0));
  await noPods(ring);
});

afterAll(() => dashboard.stop());

const RAY = { components: [Component.KUBERAY], trainingBackend: TrainingBackend.RAY_JOB };
const rayJob = (props: Partial<DistributedTrainingProps> & { readonly run: string }): Manifest[] => gang(RAY, props);

async function start(manifests: Manifest[]): Promise<Manifest> {
  for (const manifest of manifests) await ring.api.apply(manifest);
  made.push(...manifests);
  return only(manifests, 'RayJob');
}

interface Status {
  readonly jobDeploymentStatus?: string;
  readonly jobId?: string;
  readonly rayClusterName?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly failed?: number;
}

/** The status of a run, as soon as it is as wished. */
async function status({ metadata }: Manifest, awaited: string, is: (status: Status) => boolean): Promise<Status> {
  const one = { apiVersion: 'ray.io/v1', kind: 'RayJob', namespace: NAMESPACE, name: metadata.name };
  const [now] = await ring.until(one, `RayJob ${metadata.name} ${awaited}`, ([object]) => {
    const found = (object?.status ?? {}) as Status;
    return is(found) ? undefined : JSON.stringify(found);
  });
  return now.status as Status;
}

const isIn = (wanted: string) => (now: Status) => now.jobDeploymentStatus === wanted;

interface Running {
  readonly head: Pod;
  readonly nodes: Pod[];
  readonly submitter: Pod;
  readonly status: Status;
}

const typeOf = ({ metadata }: Pod) => metadata.labels?.['ray.io/node-type'];

/** All pods of a run that were not there before, when the program runs. */
async function atWork(job: Manifest, before: Pod[] = [], count = 4): Promise<Running> {
  const pods = await running(ring, count, `app.kubernetes.io/instance=${job.metadata.name}`, before);
  return {
    head: pods.find((pod) => typeOf(pod) === 'head')!,
    nodes: pods.filter((pod) => typeOf(pod) === 'worker'),
    submitter: pods.find((pod) => typeOf(pod) === undefined)!,
    status: await status(job, 'being at work', isIn('Running')),
  };
}

const podsOf = ({ head, nodes, submitter }: Running): Pod[] => [head, ...nodes, submitter];

/** The program ends: the head says so, and the client that follows its output has seen all of it, whatever it was. */
async function ends({ submitter, status: { jobId } }: Running, how: 'SUCCEEDED' | 'FAILED'): Promise<void> {
  // First what the client meets: KubeRay may remove it as soon as it hears from the head.
  await meet(ring.api, submitter, { exitCode: 0 });
  dashboard.says(jobId!, how);
}

/** Waits until of a run only the pods that followed its output are left, and have ended. */
async function onlyLogsAreLeft(): Promise<void> {
  await ring.until(PODS, 'the cluster being gone', (now) =>
    (now as Pod[]).every((pod) => typeOf(pod) === undefined && pod.status.phase === 'Succeeded')
      ? undefined
      : describePods(now as Pod[]),
  );
}

test('nodes find the head, which takes no GPU node and no work, and know their run', async () => {
  const manifests = rayJob({ run: 'joined', checkpoints: Checkpoints.claim('checkpoints') });
  const job = await start(manifests);
  const { head, nodes, submitter } = await atWork(job);
  expect(head.spec.nodeName).toBe('small');
  expect(submitter.spec.nodeName).toBe('small');
  expect(nodes.map(({ spec }) => spec.nodeName).sort()).toEqual(['a', 'b']);
  expect(JSON.stringify(head.spec.containers[0].args)).toMatch(/--num-cpus=0 .*--num-gpus=0 /);
  const services = (await ring.api.list({ apiVersion: 'v1', kind: 'Service', namespace: NAMESPACE })).items;
  for (const node of nodes) {
    const { RAY_ADDRESS, FQ_RAY_IP, RUN, CHECKPOINT_DIR, PET_NNODES, PET_NPROC_PER_NODE } = environmentOf(node);
    expect(RAY_ADDRESS).toBe(`${FQ_RAY_IP}:6379`);
    expect(podsAt(FQ_RAY_IP.split('.')[0], [head, ...nodes], services)).toEqual([head]);
    expect(JSON.stringify(node.spec.containers[0].args)).toContain('--num-gpus=8');
    expect(node.spec.tolerations).toContainEqual(GPU_TOLERATION);
    expect({ RUN, CHECKPOINT_DIR, PET_NNODES, PET_NPROC_PER_NODE }).toEqual({
      RUN: 'llm-joined',
      CHECKPOINT_DIR: '/ckpt/llm-joined',
      PET_NNODES: '2',
      PET_NPROC_PER_NODE: '8',
    });
    const { volumes = [] } = node.spec as { volumes?: { name: string; emptyDir?: { medium?: string } }[] };
    expect(volumes.filter(({ emptyDir }) => emptyDir?.medium === 'Memory').map(({ name }) => name)).toEqual(['shm']);
  }
  for (const pod of [head, ...nodes]) {
    const names = pod.spec.containers[0].env!.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  }
  expect(environmentOf(head).COMMAND).toBe('["torchrun","train.py"]');
  expect(JSON.stringify(submitter.spec.containers[0].args)).toContain(
    ' -- python3 /opt/cdk8s-ml/ray_launch.py ; fi ; ray job logs ',
  );
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate|FailedToCreate|Invalid/)).toEqual([]);
});

test('nodes and client reach the head by its address, and head and nodes each other at any port', async () => {
  const { head, nodes, submitter } = await atWork(await start(rayJob({ run: 'talking' })));
  const around = await surroundings(ring);
  const calls = nodes.map((from) => ({ from, to: head, address: environmentOf(from).RAY_ADDRESS }));
  const asks = { from: submitter, to: head, address: environmentOf(submitter).RAY_DASHBOARD_ADDRESS };
  expect(callProblems([...calls, asks], [head, ...nodes, submitter], around)).toEqual([]);
  for (const from of [head, ...nodes])
    for (const to of [head, ...nodes]) expect(mayReach(from, to, 20000, around.policies)).toBe(true);
});

test('a run has succeeded with its program; the cluster goes, and the pod with the log stays', async () => {
  const job = await start(rayJob({ run: 'done' }));
  await ends(await atWork(job), 'SUCCEEDED');
  await status(job, 'being complete', isIn('Complete'));
  await onlyLogsAreLeft();
  const pods = (await ring.api.list(PODS)).items as Pod[];
  expect(pods.map(({ status: { phase } }) => phase)).toEqual(['Succeeded']);
});

test('without retries the first failure of the program ends the run', async () => {
  const job = await start(rayJob({ run: 'failed' }));
  await ends(await atWork(job), 'FAILED');
  const { reason } = await status(job, 'failing', isIn('Failed'));
  expect(reason).toBe('AppFailed');
  await onlyLogsAreLeft();
});

test('with retries the whole cluster is made again, and the pods keep the name of their run', async () => {
  const job = await start(rayJob({ run: 'retried', checkpoints: Checkpoints.claim('checkpoints'), backoffLimit: 1 }));
  const first = await atWork(job);
  await ends(first, 'FAILED');
  const second = await atWork(job, podsOf(first));
  expect(second.status.rayClusterName).not.toBe(first.status.rayClusterName);
  expect(environmentOf(second.nodes[0]).CHECKPOINT_DIR).toBe('/ckpt/llm-retried');
  await ends(second, 'SUCCEEDED');
  await status(job, 'being complete', isIn('Complete'));
  await onlyLogsAreLeft();
});

test('a node that is drained is made again in the same cluster', async () => {
  const job = await start(rayJob({ run: 'drained' }));
  const before = await atWork(job);
  await ring.api.evict(before.nodes[1]);
  const [again] = await running(ring, 1, `app.kubernetes.io/instance=${job.metadata.name}`, podsOf(before));
  expect(typeOf(again)).toBe('worker');
  expect(again.metadata.labels).toMatchObject({ 'ray.io/cluster': before.status.rayClusterName });
  expect((await status(job, 'being at work', isIn('Running'))).failed ?? 0).toBe(0);
});

test('a run whose nodes never all come ends at its deadline, is not tried again, and gives back those that did', async () => {
  const manifests = rayJob({
    run: 'partial',
    numNodes: 3,
    activeDeadline: Duration.seconds(30),
    checkpoints: Checkpoints.claim('checkpoints'),
    backoffLimit: 3,
  });
  const job = await start(manifests);
  await running(ring, 3, `app.kubernetes.io/instance=${job.metadata.name}`);
  const { reason } = await status(job, 'failing', isIn('Failed'));
  expect(reason).toBe('DeadlineExceeded');
  await ring.until(PODS, 'all being gone', (now) => (now.length === 0 ? undefined : describePods(now as Pod[])));
});

test('a name that is too long for KubeRay is refused by us, and the longest that is not is taken', async () => {
  expect(() => rayJob({ run: 'v'.repeat(40), name: 'eight-ch' })).toThrow(/KubeRay takes 47/);
  const job = await start(rayJob({ run: 'v'.repeat(38), name: 'eight-ch' }));
  expect(job.metadata.name).toHaveLength(47);
  const { nodes, head } = await atWork(job);
  const services = (await ring.api.list({ apiVersion: 'v1', kind: 'Service', namespace: NAMESPACE })).items;
  expect(podsAt(environmentOf(nodes[0]).FQ_RAY_IP.split('.')[0], [head, ...nodes], services)).toEqual([head]);
});

test('a run on a schedule has a name beside that of the Job that makes it, and its pods know it', async () => {
  const objects = rendered({ ...H100_CLUSTER, ...RAY }, (chart) => {
    new ScheduledRetrain(chart, 'nightly', {
      schedule: Schedule.expression('0 2 * * *'),
      job: TrainingRun.distributed({
        backend: TrainingBackend.RAY_JOB,
        framework: Framework.ray(),
        numNodes: 2,
        gpuPerNode: Gpu.h100(8),
        image: 'registry.example.com/llm:v2',
        command: ['python', 'train.py'],
        cpu: Cpu.units(90),
        memory: Size.gibibytes(900),
        checkpoints: Checkpoints.claim('checkpoints'),
        activeDeadline: Duration.hours(6),
      }),
    });
  });
  for (const object of objects) await ring.api.apply(object);
  made.push(...objects);
  expect(await tick(ring, 'nightly-1', objects)).toEqual({ code: 0, said: 'nightly-1-ray is made\n' });
  const run = { apiVersion: 'ray.io/v1', kind: 'RayJob', metadata: { name: 'nightly-1-ray', namespace: NAMESPACE } };
  made.push(run);
  const { nodes } = await atWork(run);
  expect(environmentOf(nodes[0])).toMatchObject({ RUN: 'nightly-1-ray', CHECKPOINT_DIR: '/ckpt/nightly-1-ray' });
  expect(await tick(ring, 'nightly-2', objects)).toEqual({
    code: 0,
    said: 'nightly-1-ray is still at work: nightly-2-ray is left out\n',
  });
});

test('Kueue starts head, nodes and submitter together when there is quota for all of them', async () => {
  const profile = { ...QUEUED_CLUSTER, components: [Component.KUEUE, Component.KUBERAY] };
  const queued = (run: string, numNodes: number) =>
    gang(profile, { run, numNodes, backend: TrainingBackend.RAY_JOB, queue: Queue.named(QUEUE) });
  const tooLarge = await start(queued('large', 3));
  await status(tooLarge, 'being suspended', isIn('Suspended'));
  const manifests = queued('queued', 2);
  const run = await atWork(await start(manifests));
  for (const { spec } of podsOf(run))
    expect(spec.nodeSelector).toMatchObject({ 'node.kubernetes.io/instance-type': MACHINE });
  // The list of groups is one value to the API server, and Kueue has put the place into it.
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([
    expect.stringMatching(/conflict with "kueue" using ray.io\/v1: .spec.rayClusterSpec.workerGroupSpecs$/),
  ]);
  await ring.api.apply(only(manifests, 'RayJob'), { force: true });
  await ends(run, 'SUCCEEDED');
  await status(only(manifests, 'RayJob'), 'being complete', isIn('Complete'));
});
