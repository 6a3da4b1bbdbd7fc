import { Cron, Duration } from 'cdk8s';
import {
  Acknowledge,
  Checkpoints,
  Component,
  ConcurrencyPolicy,
  Queue,
  ScheduledRetrain,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import type { ClusterProfileProps, DistributedRunProps, ScheduledRetrainProps } from 'cdk8s-ml';
import { chartWith, GANG, only, synth } from './fixtures';

const WITH_ARGO: Partial<ClusterProfileProps> = {
  components: [Component.JOBSET, Component.KUEUE, Component.ARGO_WORKFLOWS],
};

function scheduled(job: Partial<DistributedRunProps> = {}, props: Partial<ScheduledRetrainProps> = {}) {
  const chart = chartWith(WITH_ARGO);
  new ScheduledRetrain(chart, 'weekly', {
    schedule: Cron.schedule({ minute: '0', hour: '4', weekDay: '0' }),
    job: TrainingRun.distributed({
      ...GANG,
      backend: TrainingBackend.JOB_SET,
      activeDeadline: Duration.hours(9),
      ...job,
    }),
    ...props,
  });
  return chart;
}

const workflowOf = (...given: Parameters<typeof scheduled>) =>
  only(scheduled(...given), 'CronWorkflow').spec.workflowSpec;
const stepOf = (...given: Parameters<typeof scheduled>) => workflowOf(...given).templates[0].resource;

test('minimal', () => {
  expect(synth(scheduled())).toMatchSnapshot();
});

test('the run is called as its workflow, and goes with it', () => {
  const { apiVersion, kind, metadata, spec } = JSON.parse(stepOf().manifest);
  expect({ apiVersion, kind }).toEqual({ apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet' });
  expect(metadata.name).toBe('{{workflow.name}}');
  expect(metadata.ownerReferences).toEqual([
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Workflow',
      name: '{{workflow.name}}',
      uid: '{{workflow.uid}}',
      controller: true,
    },
  ]);
  expect(spec).not.toHaveProperty('ttlSecondsAfterFinished');
});

test('text of the user that Argo would read as its own stays text', () => {
  const args = ['--name={{workflow.name}}', '{{=1+1}}', '{{{inputs.parameters.x}}}'];
  const { manifest } = stepOf({ args });
  expect(manifest.match(/\{\{/g)).toHaveLength(3);
  expect(manifest.indexOf('{{', manifest.indexOf('"spec"'))).toBe(-1);
  const [job] = JSON.parse(manifest).spec.replicatedJobs;
  expect(job.template.spec.template.spec.containers[0].args).toEqual(args);
});

test('the account may make and read objects of the kind, and tell how its step has ended', () => {
  expect(only(scheduled(), 'Role').rules).toEqual([
    { apiGroups: ['jobset.x-k8s.io'], resources: ['jobsets'], verbs: ['create', 'get', 'patch'] },
    { apiGroups: ['argoproj.io'], resources: ['workflowtaskresults'], verbs: ['create', 'patch'] },
  ]);
});

test('the workflow outlives all starts of its run, and a queued one waits as long as it must', () => {
  expect(workflowOf({ backoffLimit: 2, checkpoints: Checkpoints.claim('checkpoints') }).activeDeadlineSeconds).toBe(
    3 * 9 * 3600 + 3600,
  );
  expect(workflowOf({ queue: Queue.named('research') })).not.toHaveProperty('activeDeadlineSeconds');
});

test('only the run is queued', () => {
  const queued = { queue: Queue.named('research') };
  const label = 'kueue.x-k8s.io/queue-name';
  expect(JSON.parse(stepOf(queued).manifest).metadata.labels).toHaveProperty([label], 'research');
  const { metadata, spec } = only(scheduled(queued), 'CronWorkflow');
  for (const { labels } of [metadata, spec.workflowMetadata, spec.workflowSpec.podMetadata]) {
    expect(labels).not.toHaveProperty([label]);
  }
});

test('a late run that is replaced, and a launcher that is asked for, are of a CronJob', () => {
  const replacing = scheduled({}, { concurrencyPolicy: ConcurrencyPolicy.REPLACE });
  Acknowledge.of(replacing.node.findChild('weekly')).add('TRN015', 'Only the newest data counts.');
  expect(only(replacing, 'CronJob').spec.concurrencyPolicy).toBe('Replace');
  const { spec } = only(scheduled({}, { launcher: { image: 'registry.example.com/python:3' } }), 'CronJob');
  expect(spec.jobTemplate.spec.template.spec.containers[0].image).toBe('registry.example.com/python:3');
});

test('what a CronJob can hold itself stays there', () => {
  expect(synth(scheduled({ backend: TrainingBackend.INDEXED_JOB })).map(({ kind }) => kind)).toEqual([
    'CronJob',
    'Service',
    'NetworkPolicy',
  ]);
});
