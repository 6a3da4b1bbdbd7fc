import { Cron, Duration, Size } from 'cdk8s';
import {
  Checkpoints,
  Dataset,
  Gpu,
  GpuTrainingJob,
  ModelStore,
  ScheduledRetrain,
  SharedMemory,
  TrainingRun,
} from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import { deliver } from './fixtures/deliver';
import { gang, MACHINE } from './fixtures/gang';
import { problemsOfMeeting } from './fixtures/meetings';
import { NAMESPACE, only, rendered } from './fixtures/rendered';
import { running } from './fixtures/running';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { environmentOf, type Pod, podsAt } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// The pods that Kubernetes' own controllers make of our manifests, as their processes see them: ranks, addresses,
// directories, memory.

const ring = useRing(...CLUSTER);

beforeAll(() =>
  addNodes(
    ring.api,
    ['a', 'b', 'c', 'd'].map((name) => gpuNode(name, MACHINE)),
  ),
);

const of = (job: string) => `batch.kubernetes.io/job-name=${job}`;

interface Selecting {
  readonly podSelector: { readonly matchLabels: { readonly [label: string]: string } };
}

const selects = ({ podSelector: { matchLabels } }: Selecting, { metadata }: Pod): boolean =>
  Object.entries(matchLabels).every(([label, value]) => metadata.labels?.[label] === value);

describe('an Indexed Job', () => {
  let members: Pod[];
  let objects: Manifest[];

  beforeAll(async () => {
    objects = gang(
      {},
      { run: 'v3', numNodes: 3, numProcPerNode: 8, sharedMemory: SharedMemory.of(Size.gibibytes(96)) },
    );
    await deliver(ring, objects);
    members = await running(ring, 3, of('llm-v3'));
  });

  it('lets its pods meet, by the objects around them', async () => {
    expect(await problemsOfMeeting(ring, members)).toEqual([]);
  });

  it('gives every pod its rank, the sizes, and the address of the pod of rank 0', () => {
    const environments = members.map((member) => environmentOf(member));
    expect(environments.map(({ PET_NODE_RANK }) => PET_NODE_RANK).sort()).toEqual(['0', '1', '2']);
    const services = objects.filter(({ kind }) => kind === 'Service');
    for (const { PET_NNODES, PET_NPROC_PER_NODE, PET_MASTER_ADDR } of environments) {
      expect([PET_NNODES, PET_NPROC_PER_NODE]).toEqual(['3', '8']);
      const [first, ...others] = podsAt(PET_MASTER_ADDR, members, services);
      expect(others).toEqual([]);
      expect(environmentOf(first).PET_NODE_RANK).toBe('0');
    }
  });

  it('gives every pod a node of its own and its GPUs, tolerates their taint, and has the shared memory that was asked for', () => {
    expect(new Set(members.map(({ spec }) => spec.nodeName)).size).toBe(3);
    for (const { spec } of members) {
      expect(spec.containers[0].resources?.limits?.['nvidia.com/gpu']).toBe('8');
      expect(spec.tolerations).toContainEqual(expect.objectContaining({ key: 'nvidia.com/gpu' }));
      const mount = spec.containers[0].volumeMounts?.find(({ mountPath }) => mountPath === '/dev/shm');
      const volume = spec.volumes?.find(({ name }) => name === mount?.name);
      expect(volume?.emptyDir).toEqual({ medium: 'Memory', sizeLimit: '96Gi' });
    }
  });

  it('lets its pods reach each other, and only them', () => {
    const policy = only(objects, 'NetworkPolicy').spec as Selecting & { ingress: { from: Selecting[] }[] };
    const stranger = { metadata: { labels: { 'app.kubernetes.io/name': 'llm' } } } as unknown as Pod;
    for (const selector of [policy, policy.ingress[0].from[0]]) {
      expect(members.every((member) => selects(selector, member))).toBe(true);
      expect(selects(selector, stranger)).toBe(false);
    }
  });
});

const RUN = {
  image: 'registry.example.com/trainer:v1.0',
  gpu: Gpu.any(1),
  cpu: Cpu.units(2),
  memory: Size.gibibytes(16),
  dataset: Dataset.claim('data'),
  checkpoints: Checkpoints.claim('state'),
  output: ModelStore.claim('models'),
  activeDeadline: Duration.hours(1),
};

const directories = (pod: Pod) => {
  const { DATASET_DIR, CHECKPOINT_DIR, MODEL_DIR } = environmentOf(pod);
  return [DATASET_DIR, CHECKPOINT_DIR, MODEL_DIR];
};

test('a run reads shared data, and writes checkpoints and models below its own name', async () => {
  await deliver(
    ring,
    rendered({}, (chart) => new GpuTrainingJob(chart, 'bert', { ...RUN, run: 'v7' })),
  );
  const [pod] = await running(ring, 1, of('bert-v7'));
  expect(directories(pod)).toEqual(['/data', '/ckpt/bert-v7', '/models/bert-v7']);
});

test('every run of a schedule has a name, and so directories, of its own', async () => {
  const objects = rendered({}, (chart) => {
    const schedule = Cron.schedule({ minute: '30', hour: '5', weekDay: '1' });
    new ScheduledRetrain(chart, 'weekly', { schedule, timeZone: 'Etc/UTC', job: TrainingRun.single(RUN) });
  });
  const cronJob = only(await deliver(ring, objects), 'CronJob');
  const { jobTemplate } = cronJob.spec as { jobTemplate: { metadata?: object; spec: object } };
  for (const name of ['weekly-1', 'weekly-2']) {
    const metadata = { ...jobTemplate.metadata, name, namespace: NAMESPACE };
    await ring.api.create({ apiVersion: 'batch/v1', kind: 'Job', metadata, spec: jobTemplate.spec });
  }
  const pods = [...(await running(ring, 1, of('weekly-1'))), ...(await running(ring, 1, of('weekly-2')))];
  expect(pods.map(directories)).toEqual([
    ['/data', '/ckpt/weekly-1', '/models/weekly-1'],
    ['/data', '/ckpt/weekly-2', '/models/weekly-2'],
  ]);
});
