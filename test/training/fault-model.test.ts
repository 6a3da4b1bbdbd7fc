import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Acknowledge,
  CapacityType,
  Checkpoints,
  Component,
  DistributedTraining,
  FaultModel,
  Framework,
  Gpu,
  GpuModel,
  GpuNodePool,
  GpuTrainingJob,
  Provider,
  Provisioner,
  Schedule,
  ScheduledRetrain,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import type { ClusterProfileProps, GpuTrainingJobProps } from 'cdk8s-ml';
import { BACKEND_TABLE } from '../../src/training/backends/table';
import { chartWith, GANG, gangOn, only, SINGLE, synth } from './fixtures';

const SPOT = FaultModel.spot();
const MAINTENANCE = FaultModel.maintenance();
const saving = (seconds: number): Checkpoints => Checkpoints.claim('state', { saveTime: Duration.seconds(seconds) });

function graceOf(
  profile: Partial<ClusterProfileProps>,
  props: Partial<GpuTrainingJobProps>,
  poolName?: string,
): number {
  const chart = chartWith(profile);
  const pool = poolName === undefined ? undefined : GpuNodePool.fromProfile(chart, poolName);
  const job = new GpuTrainingJob(chart, 'bert', { ...SINGLE, pool, ...props });
  Acknowledge.of(job).add('TRN045', 'Saved every few minutes.');
  Acknowledge.of(job).add('GPU026', 'Drains are announced.');
  return only(chart, 'Job').spec.template.spec.terminationGracePeriodSeconds as number;
}

describe('the grace period', () => {
  const { AWS, GCP, AZURE, ON_PREMISES } = Provider;
  test.each([
    ['two minutes where nothing is known', AWS, MAINTENANCE, undefined, 120],
    ['what saving takes and ten seconds', AWS, MAINTENANCE, 200, 210],
    ['half a minute at least', AWS, MAINTENANCE, 4, 30],
    ['ten minutes at most, which drains wait', AWS, MAINTENANCE, 900, 600],
    ['on spot nodes of AWS what reaches pods', AWS, SPOT, undefined, 110],
    ['on spot nodes of AWS what saving takes, if it is less', AWS, SPOT, 70, 80],
    ['on spot nodes of AWS no more than reaches pods', AWS, SPOT, 300, 110],
    ['on spot nodes of GKE a quarter of a minute', GCP, SPOT, 4, 15],
    ['on spot nodes of Azure half a minute', AZURE, SPOT, undefined, 30],
    ['on spot nodes of unknown notice two minutes', ON_PREMISES, SPOT, undefined, 120],
    ['the notice that is given', GCP, FaultModel.spot({ notice: Duration.seconds(95) }), 100, 95],
    ['the notice of a maintenance that is given', AWS, FaultModel.maintenance({ notice: Duration.hours(1) }), 900, 910],
  ])('is %s', (_what, provider, faultModel, save, expected) => {
    const checkpoints = save === undefined ? Checkpoints.claim('state') : saving(save);
    expect(graceOf({ provider }, { faultModel, checkpoints })).toBe(expected);
  });

  test('is that of spot nodes where the pool has them, without a word', () => {
    const l4 = { gpu: GpuModel.L4, instanceType: 'g6.12xlarge', capacityType: CapacityType.SPOT };
    const props = { gpu: Gpu.l4(1), checkpoints: saving(60) };
    expect(graceOf({ provider: Provider.AWS, pools: { l4 } }, props, 'l4')).toBe(70);
  });

  test('is no longer than a drain of the pool', () => {
    const l4 = {
      gpu: GpuModel.L4,
      instanceType: 'g6.12xlarge',
      provisioner: Provisioner.KARPENTER,
      terminationGracePeriod: Duration.seconds(150),
    };
    const profile = { provider: Provider.AWS, components: [Component.KARPENTER], pools: { l4 } };
    expect(graceOf(profile, { gpu: Gpu.l4(1), checkpoints: saving(500) }, 'l4')).toBe(150);
  });

  test('is left to the user who says one', () => {
    const given = { checkpoints: saving(40), terminationGracePeriod: Duration.seconds(77) };
    expect(graceOf({ provider: Provider.AWS }, { ...given, faultModel: SPOT })).toBe(77);
  });

  const components = [
    Component.TRAINING_OPERATOR,
    Component.JOBSET,
    Component.TRAINER,
    Component.MPI_OPERATOR,
    Component.KUBERAY,
    Component.VOLCANO,
  ];
  test.each(Object.values(TrainingBackend))('is the same for every pod of a gang as %s', (backend) => {
    const [name] = BACKEND_TABLE[backend].frameworks;
    const framework = Framework[name]();
    const chart = gangOn(
      { provider: Provider.AWS, components },
      { backend, framework, command: ['train'], checkpoints: saving(63) },
    );
    const periods = JSON.stringify(synth(chart)).match(/"terminationGracePeriodSeconds":\d+/g);
    expect(new Set(periods)).toEqual(new Set(['"terminationGracePeriodSeconds":73']));
  });

  test('holds on a schedule too', () => {
    const chart = chartWith({ provider: Provider.GCP });
    new ScheduledRetrain(chart, 'weekly', {
      schedule: Schedule.expression('0 4 * * 0'),
      job: TrainingRun.single({ ...SINGLE, checkpoints: saving(9), faultModel: SPOT }),
    });
    expect(only(chart, 'CronJob').spec.jobTemplate.spec.template.spec.terminationGracePeriodSeconds).toBe(15);
  });
});

test('autoscalers leave the pods of a run alone, on spot nodes too', () => {
  const chart = chartWith({ provider: Provider.AWS });
  new GpuTrainingJob(chart, 'bert', { ...SINGLE, faultModel: SPOT, checkpoints: saving(20) });
  expect(only(chart, 'Job').spec.template.metadata.annotations).toMatchObject({
    'karpenter.sh/do-not-disrupt': 'true',
    'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
  });
});

test('the program reads how often it shall save', () => {
  const chart = chartWith();
  const checkpoints = Checkpoints.claim('state', { saveInterval: Duration.minutes(25) });
  new GpuTrainingJob(chart, 'bert', { ...SINGLE, checkpoints });
  expect(only(chart, 'Job').spec.template.spec.containers[0].env).toContainEqual({
    name: 'CHECKPOINT_INTERVAL_SECONDS',
    value: '1500',
  });
});

test('TRN046 passes backends that start a gang again, and the loss of the only pod of a run', () => {
  const checkpoints = Checkpoints.claim('state');
  const components = [Component.JOBSET];
  const jobSet = { backend: TrainingBackend.JOB_SET, faultModel: SPOT, checkpoints, backoffLimit: 0 };
  expect(() => synth(gangOn({ components }, jobSet))).not.toThrow();
  expect(() => synth(gangOn({}, { faultModel: SPOT, checkpoints, backoffLimit: 0, numNodes: 1 }))).not.toThrow();
});

test('TRN046 reports a gang that counts the loss of a pod and has no retry', () => {
  const checkpoints = Checkpoints.claim('state');
  const components = [Component.VOLCANO];
  const volcano = { backend: TrainingBackend.VOLCANO_JOB, faultModel: SPOT, checkpoints };
  expect(() => synth(gangOn({ components }, { ...volcano, backoffLimit: 0 }))).toThrow(
    /TRN046: faultModel is spot, backoffLimit is 0, and of a Volcano Job the loss of a pod counts as a failure/,
  );
  expect(() => synth(gangOn({ components }, { ...volcano, backoffLimit: 1 }))).not.toThrow();
});

test.each([
  [TrainingBackend.TF_JOB, Framework.tensorflow(), /TRN046: .* one drained pod ends the run/],
  [TrainingBackend.XGBOOST_JOB, Framework.xgboost(), /TRN046: .* one lost pod ends the run/],
  [TrainingBackend.MPI_JOB, Framework.mpi(), /TRN046: .* a node that the kubelet ends is not made again/],
])('TRN046 reports spot nodes of a pool under a %s', (backend, framework, words) => {
  const l4 = { gpu: GpuModel.L4, instanceType: 'g6.12xlarge', capacityType: CapacityType.SPOT };
  const components = [Component.TRAINING_OPERATOR, Component.MPI_OPERATOR, Component.KUBERAY, Component.VOLCANO];
  const chart = chartWith({ provider: Provider.AWS, pools: { l4 }, components });
  new DistributedTraining(chart, 'llm', {
    ...GANG,
    cpu: Cpu.units(3),
    memory: Size.gibibytes(9),
    gpuPerNode: Gpu.l4(1),
    pool: GpuNodePool.fromProfile(chart, 'l4'),
    backend,
    framework,
    command: ['train'],
    checkpoints: Checkpoints.claim('state'),
  });
  expect(() => synth(chart)).toThrow(words);
});
