import { Chart, App, Cron, Duration, Testing } from 'cdk8s';
import {
  Acknowledge,
  Affinity,
  ClusterProfile,
  Component,
  ConcurrencyPolicy,
  Queue,
  RestartScope,
  ScheduledRetrain,
  TaintEffect,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import type { ClusterProfileProps, DistributedRunProps, ScheduledRetrainProps } from 'cdk8s-ml';
import { chartWith, GANG, only, synth } from './fixtures';

const OPERATORS: Partial<ClusterProfileProps> = { components: [Component.JOBSET, Component.KUEUE] };
const JOB: Partial<DistributedRunProps> = { backend: TrainingBackend.JOB_SET, activeDeadline: Duration.hours(9) };

function scheduled(
  job: Partial<DistributedRunProps> = JOB,
  props: Partial<ScheduledRetrainProps> = {},
  profile = OPERATORS,
) {
  const chart = chartWith(profile);
  new ScheduledRetrain(chart, 'weekly', {
    schedule: Cron.schedule({ minute: '0', hour: '4', weekDay: '0' }),
    job: TrainingRun.distributed({ ...GANG, activeDeadline: Duration.hours(9), ...job }),
    ...props,
  });
  return chart;
}

/** What the launcher reads. */
const runOf = (...given: Parameters<typeof scheduled>) =>
  JSON.parse(only(scheduled(...given), 'ConfigMap').data['run.json']);

test('minimal', () => {
  const objects = synth(scheduled());
  for (const { kind, data } of objects) if (kind === 'ConfigMap') data['launch_run.py'] = 'the script';
  expect(objects).toMatchSnapshot();
});

test('the account may make and read objects of the kind, and nothing else', () => {
  const chart = scheduled();
  expect(only(chart, 'Role').rules).toEqual([
    { apiGroups: ['jobset.x-k8s.io'], resources: ['jobsets'], verbs: ['create', 'get', 'list'] },
  ]);
  expect(only(chart, 'RoleBinding')).toMatchObject({
    roleRef: { kind: 'Role', name: 'weekly' },
    subjects: [{ kind: 'ServiceAccount', name: 'weekly', namespace: 'ml-training' }],
  });
});

test('the account may also remove runs where a tick takes the place of the last', () => {
  const chart = scheduled(JOB, { concurrencyPolicy: ConcurrencyPolicy.REPLACE });
  Acknowledge.of(chart.node.findChild('weekly')).add('TRN015', 'Only the newest data counts.');
  expect(only(chart, 'Role').rules[0].verbs).toEqual(['create', 'get', 'list', 'delete']);
});

test('the run has no name of its own, is found by its schedule, and is queued in place of the launcher', () => {
  const run = runOf({ ...JOB, queue: Queue.named('research') });
  expect(run).toMatchObject({
    resource: 'jobsets',
    scheduleLabel: 'cdk8s-ml.dev/schedule',
    concurrencyPolicy: 'Forbid',
  });
  expect(run.template.metadata).not.toHaveProperty('name');
  expect(run.template.metadata.labels).toMatchObject({
    'cdk8s-ml.dev/schedule': 'weekly',
    'kueue.x-k8s.io/queue-name': 'research',
  });
  const { metadata } = only(scheduled({ ...JOB, queue: Queue.named('research') }), 'CronJob').spec.jobTemplate;
  expect(metadata.labels).not.toHaveProperty(['kueue.x-k8s.io/queue-name']);
});

test('ended runs are removed after three days', () => {
  expect(runOf().template.spec.ttlSecondsAfterFinished).toBe(3 * 24 * 3600);
});

test('a gang is a Job of the CronJob itself wherever a Job can do what is asked', () => {
  const plain = { ...OPERATORS, trainingBackend: TrainingBackend.JOB_SET };
  expect(synth(scheduled({}, {}, plain)).map(({ kind }) => kind)).toEqual(['CronJob', 'Service', 'NetworkPolicy']);
  const kinds = synth(scheduled({ restartScope: RestartScope.GANG }, {}, plain)).map(({ kind }) => kind as string);
  expect(kinds).toContain('ConfigMap');
});

test('the launcher goes where it is told, among nodes with taints too', () => {
  const { template } = only(
    scheduled(JOB, {
      launcher: {
        affinity: Affinity.requireNodes('pool', 'small'),
        tolerations: [{ key: 'nvidia.com/gpu', effect: TaintEffect.NO_SCHEDULE }],
      },
    }),
    'CronJob',
  ).spec.jobTemplate.spec;
  expect(template.spec.tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
  expect(template.spec.affinity).toEqual({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'pool', operator: 'In', values: ['small'] }] }],
      },
    },
  });
});

test('the deadline of the launcher leaves room for all its tries, even if no request is ever answered', () => {
  const { spec } = only(scheduled(), 'CronJob').spec.jobTemplate;
  const { env } = spec.template.spec.containers[0];
  const giveUp = Number(env.find(({ name }: { name: string }) => name === 'GIVE_UP_SECONDS').value);
  const backoff = [10, 20, 40]; // of the Job controller, after the first, second and third failure
  expect(spec.backoffLimit).toBe(backoff.length);
  const tries = (spec.backoffLimit + 1) * giveUp + backoff.reduce((sum, seconds) => sum + seconds, 0);
  expect(spec.activeDeadlineSeconds).toBeGreaterThan(tries + 300); // the first pull of the image
});

test('the launcher uses little, has a deadline of its own and no other rights', () => {
  const { spec } = only(scheduled(), 'CronJob').spec.jobTemplate;
  expect(spec).toMatchObject({ backoffLimit: 3, activeDeadlineSeconds: 850 });
  expect(spec.template.spec).toMatchObject({ serviceAccountName: 'weekly', automountServiceAccountToken: true });
  expect(spec.template.spec.containers).toHaveLength(1);
  expect(spec.template.spec.containers[0]).toMatchObject({
    command: ['python3', '/etc/cdk8s-ml/launch_run.py'],
    securityContext: { allowPrivilegeEscalation: false },
  });
});

test('TRN030 needs a namespace', () => {
  const chart = new Chart(new App(), 'team');
  ClusterProfile.attach(chart, new ClusterProfile({ name: 'lab', ...OPERATORS }));
  new ScheduledRetrain(chart, 'weekly', {
    schedule: Cron.schedule({ minute: '0', hour: '4', weekDay: '0' }),
    job: TrainingRun.distributed({ ...GANG, ...JOB, activeDeadline: Duration.hours(9) }),
  });
  expect(() => Testing.synth(chart)).toThrow(/TRN030: a JobSet on a schedule/);
});
