import { ApiObject, Cron, Duration, JsonPatch, Testing } from 'cdk8s';
import {
  Acknowledge,
  Checkpoints,
  ConcurrencyPolicy,
  Gpu,
  Queue,
  Schedule,
  ScheduledRetrain,
  TrainingRun,
} from 'cdk8s-ml';
import type { ScheduledRetrainProps } from 'cdk8s-ml';
import { chartWith, GANG, only, SINGLE, synth } from './fixtures';

const schedule = Cron.schedule({ minute: '0', hour: '4', weekDay: '0' });
const checkpoints = Checkpoints.claim('state');

function chartOf(props: Partial<ScheduledRetrainProps> = {}) {
  const chart = chartWith();
  new ScheduledRetrain(chart, 'weekly', { schedule, job: TrainingRun.single(SINGLE), ...props });
  return chart;
}

const cronJobOf = (props: Partial<ScheduledRetrainProps> = {}) => only(chartOf(props), 'CronJob');

describe('ScheduledRetrain', () => {
  test('minimal', () => {
    expect(cronJobOf()).toMatchSnapshot();
  });

  test('everything', () => {
    const all: Required<ScheduledRetrainProps> = {
      schedule: Schedule.expression('30 5 * * 1-5'),
      job: TrainingRun.single({
        ...SINGLE,
        gpu: Gpu.h100(2),
        checkpoints,
        queue: Queue.named('research'),
        labels: { team: 'nlp' },
      }),
      timeZone: 'Europe/Zurich',
      concurrencyPolicy: ConcurrencyPolicy.REPLACE,
      startingDeadline: Duration.minutes(17),
      successfulJobsHistoryLimit: 5,
      failedJobsHistoryLimit: 7,
      suspend: true,
      launcher: { image: 'registry.example.com/python:3.13' },
      name: 'workdays',
    };
    const chart = chartWith();
    Acknowledge.of(new ScheduledRetrain(chart, 'weekly', all)).add('TRN015', 'Only the newest data counts.');
    expect(only(chart, 'CronJob')).toMatchSnapshot();
  });

  test('leaves out a run that is due while the last one is at work, and keeps three of each kind', () => {
    expect(cronJobOf().spec).toMatchObject({
      schedule: '0 4 * * 0',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
    });
    expect(cronJobOf().spec).not.toHaveProperty('suspend');
  });

  test('may start late by a quarter of the period, at most six hours', () => {
    const deadline = (expression: string) => {
      const job = TrainingRun.single({ ...SINGLE, activeDeadline: Duration.minutes(30) });
      return cronJobOf({ schedule: Schedule.expression(expression), job }).spec.startingDeadlineSeconds;
    };
    expect(deadline('0 4 * * 0')).toBe(6 * 3600);
    expect(deadline('0 */4 * * *')).toBe(3600);
  });

  test('cleans up by history limits and never by a TTL, which would race with them', () => {
    expect(cronJobOf().spec.jobTemplate.spec).not.toHaveProperty('ttlSecondsAfterFinished');
  });

  test('gives every run directories of its own', () => {
    const { env } = cronJobOf({ job: TrainingRun.single({ ...SINGLE, checkpoints }) }).spec.jobTemplate.spec.template
      .spec.containers[0];
    expect(env).toContainEqual({ name: 'CHECKPOINT_DIR', value: '/ckpt/$(RUN)' });
  });

  test('has the queue on each Job and not on the CronJob or the pods', () => {
    const { metadata, spec } = cronJobOf({ job: TrainingRun.single({ ...SINGLE, queue: Queue.named('research') }) });
    const label = 'kueue.x-k8s.io/queue-name';
    expect([
      metadata.labels[label],
      spec.jobTemplate.metadata.labels[label],
      spec.jobTemplate.spec.template.metadata.labels[label],
    ]).toEqual([undefined, 'research', undefined]);
  });

  test('runs a gang, whose Service keeps its name from run to run', () => {
    const chart = chartOf({ job: TrainingRun.distributed({ ...GANG, activeDeadline: Duration.hours(9) }) });
    expect(
      synth(chart)
        .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
        .sort(),
    ).toEqual(['CronJob weekly', 'NetworkPolicy weekly', 'Service weekly']);
    const { spec } = only(chart, 'CronJob').spec.jobTemplate;
    expect(spec).toMatchObject({
      completionMode: 'Indexed',
      completions: 3,
      template: { spec: { subdomain: 'weekly' } },
    });
    expect(spec.template.spec.containers[0].env).toContainEqual({ name: 'PET_MASTER_ADDR', value: '$(RUN)-0.weekly' });
  });

  test('takes names that leave room for what the controller appends', () => {
    const name = 'x'.repeat(52);
    expect(cronJobOf({ name }).metadata.name).toBe(name);
    expect(() => chartOf({ name: `${name}x` })).toThrow(/COR004: name has 53 characters/);
  });

  test('COR004 fails for a workload priority class whose name is no value of a label', () => {
    const job = (length: number) =>
      TrainingRun.single({ ...SINGLE, queue: Queue.named('research'), workloadPriorityClassName: 'x'.repeat(length) });
    expect(() => job(64)).toThrow('COR004: workloadPriorityClassName has 64 characters, and 63 is the limit.');
    expect(() => synth(chartOf({ job: job(63) }))).not.toThrow();
  });

  test('KUB021 counts the pods of a gang into the name', () => {
    const job = TrainingRun.distributed({ ...GANG, numNodes: 3 });
    expect(() => synth(chartOf({ name: 'x'.repeat(51), job }))).toThrow(/KUB021/);
    expect(() => synth(chartOf({ name: 'x'.repeat(50), job }))).not.toThrow();
  });

  test('keeps a patch of the user', () => {
    const chart = chartOf();
    ApiObject.of(chart.node.findChild('weekly')).addJsonPatch(
      JsonPatch.add('/spec/jobTemplate/spec/template/spec/notYetKnown', 3),
    );
    expect(Testing.synth(chart)[0].spec.jobTemplate.spec.template.spec.notYetKnown).toBe(3);
  });
});
