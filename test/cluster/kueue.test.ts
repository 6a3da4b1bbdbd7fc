import { Cron, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Checkpoints,
  type ClusterProfileProps,
  Component,
  Framework,
  Gpu,
  GpuTrainingJob,
  Queue,
  ScheduledRetrain,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import { gang, H100_CLUSTER, MACHINE } from './fixtures/gang';
import { sharedClaim } from './fixtures/claims';
import { jobCondition } from './fixtures/pods';
import { problemsOfMeeting } from './fixtures/meetings';
import { QUEUE, QUEUED_CLUSTER, queueOfH100s } from './fixtures/queues';
import { NAMESPACE, only, rendered } from './fixtures/rendered';
import { noPods, PODS, running } from './fixtures/running';
import { workloadHas } from './fixtures/workloads';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { allMeet, meet } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { describePods, environmentOf, isRunning, type Pod, unschedulable, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// Queued work of ours under the real Kueue, on four nodes of eight GPUs.

const ring = useRing(...CLUSTER, 'kueue', 'training-operator');

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    ['a', 'b', 'c', 'd'].map((name) => gpuNode(name, MACHINE)),
  );
  for (const object of [...queueOfH100s(32), ...sharedClaim('checkpoints')]) await ring.api.apply(object);
});

const made: Manifest[] = [];

afterEach(async () => {
  await removeManifests(ring.api, made.splice(0));
  await noPods(ring);
});

async function start(...manifests: Manifest[]): Promise<Manifest> {
  for (const manifest of manifests) await ring.api.apply(manifest);
  made.push(...manifests);
  return only(manifests, 'Job');
}

const RUN = {
  image: 'registry.example.com/trainer:v1',
  cpu: Cpu.units(80),
  memory: Size.gibibytes(700),
  activeDeadline: Duration.hours(5),
  queue: Queue.named(QUEUE),
};

/** A run on all the GPUs of one node. */
function onOneNode(run: string, workloadPriorityClassName?: string): Manifest {
  const manifests = rendered(QUEUED_CLUSTER, (chart) => {
    new GpuTrainingJob(chart, 'bert', { ...RUN, run, gpu: Gpu.h100(8), workloadPriorityClassName });
  });
  return only(manifests, 'Job');
}

/** A run on so many nodes. */
function onNodes(numNodes: number, run: string, workloadPriorityClassName?: string): Manifest[] {
  return gang(QUEUED_CLUSTER, { run, numNodes, queue: Queue.named(QUEUE), workloadPriorityClassName });
}

/** The pods of a Job, when so many run. */
async function podsOf(job: Manifest, count: number): Promise<Pod[]> {
  return running(ring, count, `batch.kubernetes.io/job-name=${job.metadata.name}`);
}

async function suspended(job: Manifest): Promise<unknown> {
  return ((await ring.api.get(job)).object.spec as { suspend?: boolean }).suspend;
}

const TOLERATION = { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' };

test.each([
  ['one node', () => [onOneNode('v1')], 1],
  ['several nodes', () => onNodes(3, 'v1'), 3],
])('a run on %s gets the labels and tolerations of the flavor, and may be applied again', async (_on, make, count) => {
  const manifests = make();
  const job = await start(...manifests);
  const pods = await podsOf(job, count);
  for (const { spec } of pods) {
    expect(spec.nodeSelector).toMatchObject({ 'node.kubernetes.io/instance-type': MACHINE });
    expect(spec.tolerations?.filter(({ key }) => key === 'nvidia.com/gpu')).toEqual([TOLERATION]);
  }
  expect(new Set(pods.map(({ spec }) => spec.nodeName)).size).toBe(count);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate/)).toEqual([]);
});

/** Kinds of the training operator, none of which Kueue manages unless it is told. */
const OPERATED: [kind: string, backend: TrainingBackend, framework: Framework][] = [
  ['PyTorchJob', TrainingBackend.PYTORCH_JOB, Framework.pytorch()],
  ['TFJob', TrainingBackend.TF_JOB, Framework.tensorflow()],
  ['JAXJob', TrainingBackend.JAX_JOB, Framework.jax()],
  ['XGBoostJob', TrainingBackend.XGBOOST_JOB, Framework.xgboost()],
];

test.each(OPERATED)('a %s waits for its quota as a whole, and may be applied again when it runs', async (...given) => {
  const [kind, trainingBackend, framework] = given;
  const profile: Partial<ClusterProfileProps> = {
    ...QUEUED_CLUSTER,
    components: [Component.KUEUE, Component.TRAINING_OPERATOR],
    trainingBackend,
    kueueFrameworks: [`kubeflow.org/${kind.toLowerCase()}`],
  };
  const make = (numNodes: number) =>
    gang(profile, { run: `${framework.name}-${numNodes}`, framework, numNodes, queue: Queue.named(QUEUE) });
  const jobOf = async (manifests: Manifest[]): Promise<Manifest> => {
    await ring.api.apply(only(manifests, kind));
    made.push(only(manifests, kind));
    return only(manifests, kind);
  };
  const tooLarge = await jobOf(make(5));
  expect(await workloadHas(ring, tooLarge, 'QuotaReserved', 'False')).toMatch(/insufficient quota for nvidia.com\/gpu/);
  const manifests = make(3);
  const job = await jobOf(manifests);
  const pods = await running(ring, 3, `training.kubeflow.org/job-name=${job.metadata.name}`);
  for (const { spec } of pods) {
    expect(spec.nodeSelector).toMatchObject({ 'node.kubernetes.io/instance-type': MACHINE });
    expect(spec.tolerations?.filter(({ key }) => key === 'nvidia.com/gpu')).toEqual([TOLERATION]);
  }
  expect(await changesOfApplyingAgain(ring.api, [job])).toEqual([]);
});

test('a run whose profile does not know the tolerations of the flavor may be applied again', async () => {
  const profile: Partial<ClusterProfileProps> = { ...QUEUED_CLUSTER, queues: [{ name: QUEUE }] };
  const manifests = gang(profile, { run: 'untold', queue: Queue.named(QUEUE) });
  await podsOf(await start(...manifests), 2);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
});

test('a run that asks for more than the quota waits, and Kueue says why', async () => {
  const job = await start(...onNodes(5, 'too-large'));
  const message = await workloadHas(ring, job, 'QuotaReserved', 'False');
  expect(message).toMatch(/insufficient quota for nvidia.com\/gpu in flavor h100.* > maximum capacity \(32\)/);
  expect(await suspended(job)).toBe(true);
});

test('a gang starts whole or not at all', async () => {
  const small = only(
    rendered(H100_CLUSTER, (chart) => {
      new GpuTrainingJob(chart, 'small', { ...RUN, queue: undefined, cpu: Cpu.units(8), memory: Size.gibibytes(64) });
    }),
    'Job',
  );
  await start(small);
  await podsOf(small, 1);
  const job = await start(...onNodes(4, 'whole'));
  const message = await workloadHas(ring, job, 'QuotaReserved', 'False', /topology/);
  expect(message).toContain('topology "zones" allows to fit only 3 out of 4 pod(s)');
  expect(await suspended(job)).toBe(true);
  expect((await ring.api.list(PODS)).items).toHaveLength(1);
  await removeManifests(ring.api, [small]);
  await podsOf(job, 4);
});

/** An elastic run on 2 to 4 nodes. */
function elastic(run: string): Manifest[] {
  return gang(QUEUED_CLUSTER, {
    run,
    numNodes: 4,
    elastic: { minNodes: 2 },
    checkpoints: Checkpoints.claim('checkpoints'),
    queue: Queue.named(QUEUE),
  });
}

test('an elastic gang starts with the nodes that there is quota for, and is done with them', async () => {
  const other = onOneNode('beside');
  await start(other);
  await podsOf(other, 1);
  const manifests = elastic('partial');
  const job = await start(...manifests);
  const pods = await podsOf(job, 3);
  expect((await ring.api.get(job)).object.spec).toMatchObject({ parallelism: 3, completions: 3 });
  for (const [rank, pod] of pods.entries()) {
    expect(environmentOf(pod)).toMatchObject({
      PET_NNODES: '2:4',
      PET_RDZV_ENDPOINT: 'llm-partial-0.llm:29500',
      NODE_RANK: String(rank),
    });
  }
  expect(await problemsOfMeeting(ring, pods)).toEqual([]);
  await expect(
    ring.api.apply(
      manifests.find(({ kind }) => kind === 'Job')!,
      { force: true },
    ),
  ).rejects.toThrow(
    /parallelism: Forbidden: cannot change when partial admission is enabled and the job is not suspended/,
  );
  await allMeet(ring.api, pods, { exitCode: 0 });
  await jobCondition(ring, { namespace: NAMESPACE, job: job.metadata.name! }, 'Complete');
});

test('an elastic gang starts with all its nodes where there is quota, and not with fewer than it needs', async () => {
  const whole = elastic('whole-elastic');
  await podsOf(await start(...whole), 4);
  expect(await changesOfApplyingAgain(ring.api, whole)).toEqual([]);
  const waiting = await start(...elastic('none-left'));
  expect(await workloadHas(ring, waiting, 'QuotaReserved', 'False')).toMatch(/insufficient/);
  expect(await suspended(waiting)).toBe(true);
});

test('without a queue a gang starts in part', async () => {
  const job = await start(...gang(H100_CLUSTER, { run: 'in-part', numNodes: 5 }));
  const pods = (await ring.until(PODS, 'one pod being left over', (all) => {
    const left = (all as Pod[]).filter((pod) => unschedulable(pod) !== undefined);
    return all.length === 5 && left.length === 1 && (all as Pod[]).filter(isRunning).length === 4
      ? undefined
      : describePods(all as Pod[]);
  })) as Pod[];
  expect(pods.map(unschedulable).find(Boolean)).toContain('4 Insufficient nvidia.com/gpu');
  expect(await suspended(job)).toBe(false);
});

test('production takes the place of an experiment, which runs again afterwards', async () => {
  const experiment = await start(...onNodes(4, 'experiment', 'experiment'));
  await podsOf(experiment, 4);
  const production = await start(onOneNode('production', 'production'));
  const [pod] = await podsOf(production, 1);
  expect(await workloadHas(ring, experiment, 'Evicted', 'True')).toContain('Preempted to accommodate a workload');
  expect(await suspended(experiment)).toBe(true);
  await meet(ring.api, pod, { exitCode: 0 });
  await podsOf(experiment, 4);
  expect((await ring.api.get(experiment)).object.status).not.toHaveProperty('failed');
});

test('the runs of a schedule are queued', async () => {
  const cronJob = only(
    rendered(QUEUED_CLUSTER, (chart) => {
      new ScheduledRetrain(chart, 'weekly', {
        schedule: Cron.schedule({ minute: '0', hour: '4', weekDay: '0' }),
        job: TrainingRun.single({ ...RUN, gpu: Gpu.h100(2) }),
      });
    }),
    'CronJob',
  );
  await ring.api.apply(cronJob);
  made.push(cronJob);
  const { metadata, spec } = (cronJob.spec as { jobTemplate: Pick<Manifest, 'metadata'> & { spec: object } })
    .jobTemplate;
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...metadata, name: 'weekly-now', namespace: NAMESPACE },
  };
  await start({ ...job, spec });
  await workloadHas(ring, job, 'Admitted', 'True');
  await podsOf(job, 1);
});
