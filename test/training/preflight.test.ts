import { Duration } from 'cdk8s';
import {
  Component,
  Framework,
  Gpu,
  GpuModel,
  GpuNodePool,
  GpuSharing,
  GpuTrainingJob,
  Preflight,
  Schedule,
  ScheduledRetrain,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import type { ClusterProfileProps, DistributedTrainingProps, GpuTrainingJobProps } from 'cdk8s-ml';
import { chartWith, gangOn, only, SINGLE } from './fixtures';

const SCRIPT = '/opt/cdk8s-ml-preflight/preflight.py';
const COMMAND = ['torchrun', 'train.py'];
const MEETING = Preflight.rendezvous({ timeout: Duration.minutes(7) });
const components = [
  Component.TRAINING_OPERATOR,
  Component.JOBSET,
  Component.TRAINER,
  Component.MPI_OPERATOR,
  Component.KUBERAY,
  Component.VOLCANO,
];

const gang = (props: Partial<DistributedTrainingProps>) => gangOn({ components }, { command: COMMAND, ...props });

function single(props: Partial<GpuTrainingJobProps>, profile?: Partial<ClusterProfileProps>, pool?: string) {
  const chart = chartWith(profile);
  const place = pool === undefined ? undefined : GpuNodePool.fromProfile(chart, pool);
  new GpuTrainingJob(chart, 'llm', { ...SINGLE, command: COMMAND, pool: place, ...props });
  return chart;
}

const commandOf = (chart: ReturnType<typeof single>): string[] =>
  only(chart, 'Job').spec.template.spec.containers[0].command as string[];

test('a run of one pod counts its GPUs before its command', () => {
  const chart = single({ preflight: Preflight.devices(), gpu: Gpu.h100(4), args: ['--epochs=3'] });
  expect(commandOf(chart)).toEqual(['python3', SCRIPT, '--gpus', '4', '--', ...COMMAND]);
  const { containers, volumes } = only(chart, 'Job').spec.template.spec;
  expect(containers[0].args).toEqual(['--epochs=3']);
  expect(containers[0].volumeMounts).toContainEqual({
    name: 'preflight',
    mountPath: '/opt/cdk8s-ml-preflight',
    readOnly: true,
  });
  expect(volumes).toContainEqual({ name: 'preflight', configMap: { name: 'llm-preflight' } });
  const { metadata, data } = only(chart, 'ConfigMap');
  expect(metadata.name).toBe('llm-preflight');
  expect(data['preflight.py']).toContain('nvidia-smi');
});

test('a gang counts its GPUs and meets', () => {
  expect(commandOf(gang({ preflight: MEETING }))).toEqual([
    ...['python3', SCRIPT, '--gpus', '8', '--nodes', '3', '--timeout', '420', '--'],
    ...COMMAND,
  ]);
  expect(commandOf(gang({ preflight: Preflight.rendezvous() }))).toEqual(expect.arrayContaining(['1800']));
});

test('a gang whose GPUs must be fast together meets and measures', () => {
  const chart = gang({ preflight: Preflight.bandwidth({ minBusBandwidth: 37.5, timeout: Duration.minutes(7) }) });
  expect(commandOf(chart)).toEqual([
    ...['python3', SCRIPT, '--gpus', '8', '--nodes', '3', '--timeout', '420', '--bandwidth', '37.5', '--'],
    ...COMMAND,
  ]);
  expect(Object.keys(only(chart, 'ConfigMap').data)).toEqual(['preflight.py', 'preflight_bandwidth.py']);
  expect(Object.keys(only(gang({ preflight: MEETING }), 'ConfigMap').data)).toEqual(['preflight.py']);
});

test('a run of one pod measures between its GPUs, and meets nobody', () => {
  const chart = single({ preflight: Preflight.bandwidth({ minBusBandwidth: 200 }), gpu: Gpu.h100(8) });
  expect(commandOf(chart)).toEqual(['python3', SCRIPT, '--gpus', '8', '--bandwidth', '200', '--', ...COMMAND]);
});

test.each([0, -1, 10001, Number.NaN, Number.POSITIVE_INFINITY, '5', null, undefined])(
  'a bandwidth of %s is refused',
  (minBusBandwidth) => {
    expect(() => Preflight.bandwidth({ minBusBandwidth: minBusBandwidth as number })).toThrow(/minBusBandwidth/);
  },
);

test('a gang on CPUs meets', () => {
  const command = commandOf(gang({ preflight: MEETING, gpuPerNode: undefined }));
  expect(command).not.toContain('--gpus');
  expect(command).toContain('--nodes');
});

test('nothing is there without it', () => {
  expect(commandOf(gang({}))).toEqual(COMMAND);
  expect(JSON.stringify(only(gang({}), 'Job'))).not.toContain('preflight');
});

test('the script of XGBoost is started by it', () => {
  const command = commandOf(gang({ preflight: MEETING, framework: Framework.xgboost() }));
  expect(command.slice(command.indexOf('--') + 1)).toEqual(['python3', '/opt/cdk8s-ml/xgboost_launch.py', ...COMMAND]);
});

test.each([
  [TrainingBackend.JOB_SET, 'JobSet', Framework.pytorch()],
  [TrainingBackend.PYTORCH_JOB, 'PyTorchJob', Framework.pytorch()],
  [TrainingBackend.JAX_JOB, 'JAXJob', Framework.jax()],
  [TrainingBackend.XGBOOST_JOB, 'XGBoostJob', Framework.xgboost()],
  [TrainingBackend.TRAIN_JOB, 'TrainJob', Framework.pytorch()],
])('it comes before the command of a gang as %s', (backend, kind, framework) => {
  const chart = gang({ backend, framework, preflight: MEETING });
  expect(JSON.stringify(only(chart, kind))).toContain(`["python3","${SCRIPT}","--gpus","8","--nodes","3"`);
  expect(only(chart, 'ConfigMap', 'llm-preflight')).toBeDefined();
});

test('it is there on a schedule, under the name of the schedule', () => {
  const chart = chartWith();
  new ScheduledRetrain(chart, 'weekly', {
    schedule: Schedule.expression('0 4 * * 0'),
    job: TrainingRun.single({ ...SINGLE, command: COMMAND, preflight: Preflight.devices() }),
  });
  expect(only(chart, 'ConfigMap').metadata.name).toBe('weekly-preflight');
  expect(JSON.stringify(only(chart, 'CronJob'))).toContain('"configMap":{"name":"weekly-preflight"}');
});

test('a share of a GPU is one GPU', () => {
  const shared = { gpu: GpuModel.L4, instanceType: 'g6.12xlarge', sharing: GpuSharing.timeSliced({ replicas: 4 }) };
  const profile = { pools: { shared } };
  const chart = single({ gpu: Gpu.l4(1), preflight: Preflight.devices() }, profile, 'shared');
  expect(commandOf(chart).slice(2, 4)).toEqual(['--gpus', '1']);
});
