import { Cron, Duration, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import type { IGpuPool, TrainingProps } from 'cdk8s-ml';
import {
  Acknowledge,
  CapacityType,
  Checkpoints,
  Component,
  DistributedTraining,
  Framework,
  Gpu,
  GpuModel,
  GpuNodePool,
  GpuSharing,
  GpuTrainingJob,
  ModelServer,
  ModelSource,
  NodeClass,
  Provider,
  Provisioner,
  Runtime,
  ScheduledRetrain,
  TaintEffect,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import { complaint } from '../../complaints';
import type { Changes, Profile } from './fixtures';
import { chartOn, poolOn } from './fixtures';
import { obstacles } from './lands';

const run = {
  image: 'registry.example.com/trainer:v1.7',
  cpu: Cpu.units(3),
  memory: Size.gibibytes(9),
  activeDeadline: Duration.hours(5),
  checkpoints: Checkpoints.claim('state'),
};

const MODEL = ModelSource.huggingFace('org/model', { revision: 'a09a35458c702b33eeacc393d103063234e8bc28' });

/** Every workload that can be placed in a pool, by its kind. */
function placeAll(chart: ReturnType<typeof chartOn>, pool: IGpuPool, gpus: number): void {
  const gpu = Gpu.any(gpus);
  const props: TrainingProps = { ...run, pool };
  new GpuTrainingJob(chart, 'single', { ...props, gpu });
  const gang = { ...props, framework: Framework.pytorch(), numNodes: 2, gpuPerNode: gpu };
  new DistributedTraining(chart, 'gang', gang);
  new DistributedTraining(chart, 'operated', { ...gang, backend: TrainingBackend.PYTORCH_JOB });
  new ScheduledRetrain(chart, 'weekly', {
    schedule: Cron.schedule({ minute: '0', hour: '4', weekDay: '0' }),
    job: TrainingRun.single({ ...props, gpu }),
  });
  const { cpu, memory } = run;
  const loadTime = Duration.minutes(4);
  const server = new ModelServer(chart, 'chat', {
    runtime: Runtime.vllm(),
    model: MODEL,
    pool,
    gpu: Gpu.any(1),
    cpu,
    memory,
    loadTime,
  });
  Acknowledge.of(server).add('SRV005', 'A second server stands on other nodes.');
}

/** Every pod template in the objects, whatever its kind. */
function podSpecs(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  const { containers } = value as { containers?: unknown };
  return Array.isArray(containers) ? [value] : Object.values(value).flatMap(podSpecs);
}

/** What keeps pods of a pool from its nodes; `fromProfile` takes the pool as other teams do. */
function allObstacles(changes: Changes, profile: Profile, gpus: number): string[] {
  const components = [Component.KARPENTER, Component.TRAINING_OPERATOR];
  const chart = chartOn({ components, ...profile });
  placeAll(chart, poolOn(chart, changes), gpus);
  const objects = Testing.synth(chart) as { kind: string }[];
  const nodePool = objects.find(({ kind }) => kind === 'NodePool');
  const pods = objects.filter((object) => object !== nodePool).flatMap(podSpecs);
  expect(pods.length).toBeGreaterThanOrEqual(5);
  return pods.flatMap((pod) => obstacles(pod, nodePool as never));
}

const taint = { key: 'example.com/gpu', value: 'a', effect: TaintEffect.NO_EXECUTE };
const l4 = { gpu: GpuModel.L4, instanceType: undefined, gpusPerNode: 4 };

describe('the nodes of a NodePool take every workload that is placed in the pool', () => {
  const azure = { gpu: GpuModel.H100, instanceType: 'Standard_ND96isr_H100_v5' };
  const cases: [title: string, changes: Changes, profile?: Profile, gpus?: number][] = [
    ['with one machine type', {}],
    ['with machine types of the catalogue', l4],
    ['with spot nodes', { capacityType: CapacityType.SPOT }],
    ['with spot nodes on Azure', { ...azure, capacityType: CapacityType.SPOT }, { provider: Provider.AZURE }],
    ['with taints of its own', { taints: [taint, { ...taint, key: 'dedicated', value: '' }] }],
    ['without taints', { taints: [] }],
    ['with labels of its own', { nodeSelector: { 'example.com/pool': 'a', 'nvidia.com/gpu.product': 'NVIDIA-H100' } }],
    ['with labels of machines', { nodeSelector: { 'karpenter.k8s.aws/instance-family': 'p5' } }],
    ['with shared GPUs', { sharing: GpuSharing.timeSliced({ replicas: 3 }) }, {}, 1],
    ['in EKS Auto Mode', { karpenter: { nodeClass: NodeClass.eksAuto('default') } }],
  ];

  test.each(cases)('%s', (_, changes, profile = {}, gpus = 2) => {
    expect(allObstacles(changes, profile, gpus)).toEqual([]);
  });

  test('whether they take it from the construct or from the profile', () => {
    const published = {
      gpu: GpuModel.H100,
      instanceType: 'p5.48xlarge',
      maxNodes: 4,
      provisioner: Provisioner.KARPENTER,
    };
    const chart = chartOn({ pools: { training: published } });
    const { placement } = GpuNodePool.fromProfile(chart, 'training');
    expect(placement).toEqual(poolOn(chart).placement);
  });
});

test('GPU026 fails for every kind of run that a drain may end, wherever the pool comes from', () => {
  const terminationGracePeriod = Duration.hours(3);
  const published = { gpu: GpuModel.H100, instanceType: 'p5.48xlarge', maxNodes: 4, terminationGracePeriod };
  const pools = { training: { ...published, provisioner: Provisioner.KARPENTER } };
  const chart = chartOn({ pools, components: [Component.KARPENTER, Component.TRAINING_OPERATOR] });
  placeAll(chart, GpuNodePool.fromProfile(chart, 'training'), 2);
  expect(complaint(() => Testing.synth(chart)).match(/\[platform\/\w+\] GPU026/g)).toEqual([
    '[platform/single] GPU026',
    '[platform/gang] GPU026',
    '[platform/operated] GPU026',
    '[platform/weekly] GPU026',
  ]);
});

describe('obstacles', () => {
  const nodePool = {
    spec: {
      template: {
        metadata: { labels: { a: '1' } },
        spec: { requirements: [{ key: 'b', operator: 'In', values: ['2', '3'] }], taints: [{ ...taint }] },
      },
    },
  };

  test('are labels that are not promised, taints that are not tolerated, and affinity', () => {
    const pod = {
      nodeSelector: { a: '1', b: '2', c: '4' },
      tolerations: [{ ...taint, value: 'b' }],
      affinity: { nodeAffinity: {} },
    };
    expect(obstacles(pod, nodePool)).toEqual([
      'the NodePool promises no b=2',
      'the NodePool promises no c=4',
      'the pod does not tolerate example.com/gpu',
      'the pod has an affinity to nodes',
    ]);
  });
});
