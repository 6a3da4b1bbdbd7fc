import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Framework, Gpu, GpuTrainingJob, Provider, Topology, TrainingBackend } from 'cdk8s-ml';
import { RACKS, RACKS_AND_CPUS_QUEUE, RACKS_QUEUE as queue, racksOf, useRacks, zonesOf } from './fixtures/racks';
import { rendered } from './fixtures/rendered';
import { PODS, running } from './fixtures/running';
import { RESERVED_TAINT, reserveNodes } from './fixtures/waiting-gang';
import { workloadHas } from './fixtures/workloads';
import { CLUSTER } from './ring/components';
import { describePods, isRunning, type Pod, unschedulable } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// Gangs that start whole, and near each other, under the real Kueue.

const ring = useRing(...CLUSTER, 'kueue', 'jobset', 'trainer', 'training-operator');
const { start, startJob, fill } = useRacks(ring);

const of = (run: string): string => `cdk8s-ml.dev/run=${run}`;

/** Names of the nodes of so many running pods of a run. */
async function nodesOf(run: string, count: number): Promise<string[]> {
  const pods = await running(ring, count, of(run));
  return pods.map(({ spec }) => spec.nodeName!).sort();
}

describe('on nodes of which not all are free at once', () => {
  afterEach(() => reserveNodes(ring, false));

  /** The pods of a run, when three of four have a node and the scheduler has none for the last. */
  async function inPart(run: string): Promise<Pod[]> {
    const all = await ring.until({ ...PODS, labels: of(run) }, `3 of 4 pods of ${run} running`, (now) => {
      const pods = now as Pod[];
      const left = pods.filter((pod) => unschedulable(pod) !== undefined);
      return pods.filter(isRunning).length === 3 && left.length === 1 ? undefined : describePods(pods);
    });
    return all as Pod[];
  }

  test('two plain JobSets start in part, and each holds nodes that the other waits for', async () => {
    await reserveNodes(ring, true);
    await start({ run: 'one', numNodes: 4 });
    await inPart('one');
    await start({ run: 'two', numNodes: 4, tolerations: [{ key: RESERVED_TAINT }] });
    await inPart('two');
    await reserveNodes(ring, false);
    // Six nodes are enough for either of them.
    for (const run of ['one', 'two'])
      await ring.until({ ...PODS, labels: of(run) }, 'the scheduler having looked again', (pods) =>
        (pods as Pod[]).some((pod) => unschedulable(pod)?.includes('6 Insufficient nvidia.com/gpu'))
          ? undefined
          : describePods(pods as Pod[]),
      );
    await inPart('one');
  });

  test('in a queue with a topology neither starts in part, and one of them runs', async () => {
    await reserveNodes(ring, true);
    const one = await start({ run: 'one', numNodes: 4, queue });
    const message = await workloadHas(ring, one, 'QuotaReserved', 'False', /topology/);
    expect(message).toContain('allows to fit only 3 out of 4 pod(s)');
    await start({ run: 'two', numNodes: 4, queue });
    await reserveNodes(ring, false);
    await running(ring, 4, 'app.kubernetes.io/name=llm');
    const counts = ['one', 'two'].map(async (run) => (await ring.api.list({ ...PODS, labels: of(run) })).items.length);
    expect((await Promise.all(counts)).sort()).toEqual([0, 4]);
  });
});

describe('nearness', () => {
  const kinds: [kind: string, backend: TrainingBackend, framework?: Framework][] = [
    ['Job', TrainingBackend.INDEXED_JOB],
    ['JobSet', TrainingBackend.JOB_SET],
    ['TrainJob', TrainingBackend.TRAIN_JOB],
    ['PyTorchJob', TrainingBackend.PYTORCH_JOB],
    ['JAXJob', TrainingBackend.JAX_JOB, Framework.jax()],
    ['XGBoostJob', TrainingBackend.XGBOOST_JOB, Framework.xgboost()],
  ];

  test.each(kinds)(
    'a %s goes to the one rack that has room, or waits',
    async (kind, backend, framework = Framework.pytorch()) => {
      for (const node of ['a', 'c']) await fill(node);
      const run = kind.toLowerCase();
      const near = { queue, backend, framework, command: ['train'], topology: Topology.required('rack') };
      await start({ run, ...near }, {}, kind);
      expect(await nodesOf(run, 2)).toEqual(['e', 'f']);
      const large = await start({ run: `${run}-large`, numNodes: 3, ...near }, {}, kind);
      expect(await workloadHas(ring, large, 'QuotaReserved', 'False', /topology/)).toMatch(
        /fit only \d out of [23] pod/,
      );
    },
  );

  test('a preferred rack is given up where none has room, and the pods stay as near as they can', async () => {
    await start({ run: 'wide', numNodes: 4, queue, topology: Topology.preferred('rack') });
    expect(await nodesOf('wide', 4)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('where there are zones a gang stays in one, unless it says otherwise', async () => {
    const aws = { provider: Provider.AWS };
    await fill('a');
    const run = await start({ run: 'zone', numNodes: 4, queue }, aws);
    expect(await workloadHas(ring, run, 'QuotaReserved', 'False', /topology/)).toContain('fit only 3 out of 4');
    await start({ run: 'zones', numNodes: 5, queue, topology: Topology.unconstrained() }, aws);
    expect(zonesOf(await nodesOf('zones', 5))).toEqual(['z-a', 'z-b']);
  });

  test('pods that take half of a node may share one', async () => {
    const half = { cpu: Cpu.units(40), memory: Size.gibibytes(400), gpuPerNode: Gpu.h100(4) };
    await start({ run: 'half', queue, ...half });
    expect(new Set(await nodesOf('half', 2)).size).toBe(1);
  });

  test('a chief and its workers go to one rack', async () => {
    await fill('b');
    const role = { cpu: Cpu.units(8), memory: Size.gibibytes(64), gpu: Gpu.h100(8) };
    const framework = Framework.tensorflow({ chief: role });
    const run = { run: 'chief', queue, numNodes: 1, framework, topology: Topology.required('rack') };
    await start({ ...run, backend: TrainingBackend.TF_JOB }, {}, 'TFJob');
    expect(racksOf(await nodesOf('chief', 2))).toHaveLength(1);
  });

  test('an evaluator without GPUs goes to the flavor without a topology', async () => {
    const evaluator = { cpu: Cpu.units(2), memory: Size.gibibytes(8) };
    const framework = Framework.tensorflow({ evaluator });
    await start({ run: 'eval', queue: RACKS_AND_CPUS_QUEUE, framework, backend: TrainingBackend.TF_JOB }, {}, 'TFJob');
    const nodes = await nodesOf('eval', 3);
    expect(nodes).toContain('cpu');
    expect(racksOf(nodes.filter((node) => node !== 'cpu'))).toHaveLength(1);
  });

  test('a run on one node in such a queue is given it', async () => {
    const manifests = rendered(RACKS, (chart) => {
      new GpuTrainingJob(chart, 'single', {
        image: 'registry.example.com/trainer:v1',
        run: 'single',
        cpu: Cpu.units(8),
        memory: Size.gibibytes(64),
        activeDeadline: Duration.hours(5),
        gpu: Gpu.h100(8),
        queue,
      });
    });
    await startJob(manifests);
    expect(await nodesOf('single', 1)).toHaveLength(1);
  });

  test('without a queue the pods of a gang go to one rack by affinity', async () => {
    for (const node of ['a', 'd']) await fill(node);
    await start({ run: 'affine', topology: Topology.required('rack') });
    const pods = (await ring.until({ ...PODS, labels: of('affine') }, 'the pods being judged', (all) =>
      all.length === 2 && (all as Pod[]).every((pod) => isRunning(pod) || unschedulable(pod))
        ? undefined
        : describePods(all as Pod[]),
    )) as Pod[];
    const nodes = pods.flatMap(({ spec }) => spec.nodeName ?? []);
    expect(racksOf(nodes)).toHaveLength(1);
  });
});
