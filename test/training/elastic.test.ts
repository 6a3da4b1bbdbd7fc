import { Cron, Duration } from 'cdk8s';
import { Checkpoints, Component, ScheduledRetrain, TrainingBackend, TrainingRun } from 'cdk8s-ml';
import type { DistributedTrainingProps } from 'cdk8s-ml';
import { chartWith, GANG, gangOn, only } from './fixtures';

const ELASTIC: Partial<DistributedTrainingProps> = {
  elastic: { minNodes: 2, maxRestarts: 5, startTimeout: Duration.minutes(7) },
  checkpoints: Checkpoints.claim('fsx', { mountPath: '/ckpt' }),
  command: ['torchrun', 'train.py'],
};
const OPERATOR = { components: [Component.TRAINING_OPERATOR], trainingBackend: TrainingBackend.PYTORCH_JOB };

interface Variable {
  readonly name: string;
  readonly value?: string;
}

const valuesOf = (env: Variable[]): { [name: string]: string | undefined } =>
  Object.fromEntries(env.map(({ name, value }) => [name, value]));

const RANK = { fieldRef: { fieldPath: "metadata.labels['training.kubeflow.org/replica-index']" } };

describe('an elastic run', () => {
  test('as an Indexed Job meets on its first pod, without fixed ranks', () => {
    const { spec } = only(gangOn({}, ELASTIC), 'Job');
    const { env } = spec.template.spec.containers[0];
    expect(valuesOf(env)).toMatchObject({
      PET_NNODES: '2:3',
      PET_NPROC_PER_NODE: '8',
      PET_RDZV_BACKEND: 'c10d',
      PET_RDZV_ENDPOINT: '$(RUN)-0.llm:29500',
      PET_RDZV_ID: '$(RUN)',
      PET_RDZV_CONF: 'join_timeout=420',
      PET_MAX_RESTARTS: '5',
    });
    const names = (env as Variable[]).map(({ name }) => name);
    expect(names.filter((name) => /^PET_(NODE_RANK|MASTER)/.test(name))).toEqual([]);
    expect(spec).toMatchObject({ completions: 3, parallelism: 3 });
  });

  test('as a PyTorchJob leaves the rendezvous to the operator, and no autoscaler is made', () => {
    const { spec } = only(gangOn(OPERATOR, ELASTIC), 'PyTorchJob');
    expect(spec.elasticPolicy).toEqual({
      rdzvBackend: 'c10d',
      minReplicas: 2,
      maxReplicas: 3,
      maxRestarts: 5,
      rdzvConf: [{ key: 'join_timeout', value: '420' }],
    });
    expect(spec.pytorchReplicaSpecs.Worker.replicas).toBe(3);
    const { env, command } = spec.pytorchReplicaSpecs.Worker.template.spec.containers[0];
    expect(env).toContainEqual({ name: 'NODE_RANK', valueFrom: RANK });
    expect((env as Variable[]).filter(({ name }) => name.startsWith('PET_'))).toEqual([]);
    expect(command).toEqual(['python3', '/opt/cdk8s-ml/elastic_launch.py', 'torchrun', 'train.py']);
  });

  test.each([{}, OPERATOR])('succeeds only with the marker, among its checkpoints', (profile) => {
    const chart = gangOn(profile, { ...ELASTIC, run: 'v3' });
    const [kind, template] =
      profile === OPERATOR
        ? ['PyTorchJob', (spec: never) => spec['pytorchReplicaSpecs']['Worker']['template']]
        : ['Job', (spec: never) => spec['template']];
    const { containers, volumes } = (template as (spec: object) => never)(only(chart, String(kind)).spec)['spec'];
    const { env } = containers[0] as { env: Variable[] };
    const names = env.map(({ name }) => name);
    expect(valuesOf(env)).toMatchObject({
      CHECKPOINT_DIR: '/ckpt/$(RUN)',
      COMPLETION_MARKER: '$(CHECKPOINT_DIR)/COMPLETED',
      COMPLETION_TIMEOUT: '600',
      START_TIMEOUT: '420',
    });
    expect(names.indexOf('COMPLETION_MARKER')).toBeGreaterThan(names.indexOf('CHECKPOINT_DIR'));
    expect(volumes).toContainEqual(expect.objectContaining({ configMap: { name: 'llm-start' } }));
    expect(Object.keys(only(chart, 'ConfigMap').data)).toEqual(['elastic_launch.py']);
  });

  test('lets Kueue admit a Job with fewer pods, and a scheduled one too', () => {
    const partial = {
      'kueue.x-k8s.io/job-min-parallelism': '2',
      'kueue.x-k8s.io/job-completions-equal-parallelism': 'true',
    };
    expect(only(gangOn({}, ELASTIC), 'Job').metadata.annotations).toMatchObject(partial);
    const chart = chartWith({});
    const schedule = Cron.schedule({ minute: '0', hour: '4', weekDay: '0' });
    const job = TrainingRun.distributed({ ...GANG, ...ELASTIC, activeDeadline: Duration.hours(9) });
    new ScheduledRetrain(chart, 'weekly', { schedule, job });
    const { metadata, spec } = only(chart, 'CronJob').spec.jobTemplate;
    expect(metadata.annotations).toEqual(partial);
    expect(JSON.stringify(spec)).toContain('"$(RUN)-0.weekly:29500"');
  });

  test('with all its nodes asks Kueue for no less, which would be refused', () => {
    const { metadata } = only(gangOn({}, { ...ELASTIC, elastic: { minNodes: 3 } }), 'Job');
    expect(JSON.stringify(metadata.annotations)).not.toContain('kueue');
  });

  test.each([{ minNodes: 0 }, { minNodes: 1.5 }, { maxRestarts: 3 }, { minNodes: 2, maxNodes: 4 }, 2, true])(
    'refuses %j',
    (elastic) => {
      expect(() => gangOn({}, { ...ELASTIC, elastic: elastic as never })).toThrow(/COR00\d: .*(minNodes|[eE]lastic)/);
    },
  );
});
