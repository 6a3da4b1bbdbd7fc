import { Duration } from 'cdk8s';
import {
  Acknowledge,
  Checkpoints,
  type ClusterProfileProps,
  Component,
  DistributedTraining,
  type DistributedTrainingProps,
  Framework,
  GangScheduler,
  Queue,
  Schedule,
  ScheduledRetrain,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import { chartWith, GANG, gangOn, only, synth } from './fixtures';

const COSCHEDULING: Partial<ClusterProfileProps> = {
  components: Object.values(Component),
  gangScheduler: { scheduler: GangScheduler.COSCHEDULING },
};
const VOLCANO = { ...COSCHEDULING, gangScheduler: { scheduler: GangScheduler.VOLCANO, schedulerName: 'vc' } };
const GROUP = 'scheduling.x-k8s.io/pod-group';

const templateOf = (profile: Partial<ClusterProfileProps>, props: Partial<DistributedTrainingProps> = {}) =>
  only(gangOn(profile, { run: 'v3', ...props }), 'Job').spec.template;
const kinds = (profile: Partial<ClusterProfileProps>, props: Partial<DistributedTrainingProps> = {}) =>
  synth(gangOn(profile, { run: 'v3', ...props })).map(({ kind }) => kind as string);

test('the plugin Coscheduling starts all pods of a gang or none', () => {
  const chart = gangOn(COSCHEDULING, { run: 'v3' });
  const group = only(chart, 'PodGroup');
  expect(group).toMatchObject({
    apiVersion: 'scheduling.x-k8s.io/v1alpha1',
    metadata: { name: 'llm-v3', annotations: { 'argocd.argoproj.io/sync-wave': '-1' } },
    spec: { minMember: 3 },
  });
  const { metadata, spec } = only(chart, 'Job').spec.template;
  expect(metadata.labels[GROUP]).toBe('llm-v3');
  expect(spec.schedulerName).toBe('scheduler-plugins-scheduler');
});

test('Volcano does, under the name that the profile says', () => {
  const group = only(gangOn(VOLCANO, { run: 'v3' }), 'PodGroup');
  expect(group).toMatchObject({ apiVersion: 'scheduling.volcano.sh/v1beta1', spec: { minMember: 3 } });
  const { metadata, spec } = templateOf(VOLCANO);
  expect(metadata.annotations['scheduling.k8s.io/group-name']).toBe('llm-v3');
  expect(metadata.labels).not.toHaveProperty([GROUP]);
  expect(spec.schedulerName).toBe('vc');
});

test('the group is there before the run', () => {
  const all = kinds(COSCHEDULING, { backend: TrainingBackend.JOB_SET });
  expect(all.indexOf('PodGroup')).toBeLessThan(all.indexOf('JobSet'));
});

test('what all runs of a gang share does not name the group of one', () => {
  for (const object of synth(gangOn(COSCHEDULING, { run: 'v3' })))
    if (['Service', 'NetworkPolicy'].includes(object.kind)) expect(JSON.stringify(object)).not.toContain(GROUP);
});

test('a launcher and every role are members too', () => {
  const role = { cpu: GANG.cpu!, memory: GANG.memory! };
  const mpi = gangOn(COSCHEDULING, {
    backend: TrainingBackend.MPI_JOB,
    framework: Framework.mpi(),
    command: ['mpirun', 'train'],
  });
  expect(only(mpi, 'PodGroup').spec.minMember).toBe(4);
  const { Launcher } = only(mpi, 'MPIJob').spec.mpiReplicaSpecs;
  expect(Launcher.template.spec.schedulerName).toBe('scheduler-plugins-scheduler');
  const framework = Framework.tensorflow({ chief: role, parameterServers: { ...role, replicas: 5 } });
  const tensorflow = gangOn(COSCHEDULING, { backend: TrainingBackend.TF_JOB, framework });
  expect(only(tensorflow, 'PodGroup').spec.minMember).toBe(9);
});

test('a queue that only counts quotas leaves it to the scheduler, and one with a topology does not', () => {
  const queue = Queue.named('research');
  expect(kinds({ ...COSCHEDULING, queues: [{ name: 'research' }] }, { queue })).toContain('PodGroup');
  const queues = [{ name: 'research', topology: ['kubernetes.io/hostname'] }];
  expect(kinds({ ...COSCHEDULING, queues }, { queue })).not.toContain('PodGroup');
  expect(templateOf({ ...COSCHEDULING, queues }, { queue }).spec).not.toHaveProperty('schedulerName');
  const { labels } = only(gangOn({ ...COSCHEDULING, queues: [{ name: 'research' }] }, { queue }), 'PodGroup').metadata;
  expect(labels).not.toHaveProperty(['kueue.x-k8s.io/queue-name']);
});

test('an elastic run needs its least number of nodes', () => {
  const elastic = {
    elastic: { minNodes: 2 },
    checkpoints: Checkpoints.claim('fsx'),
    command: ['torchrun', 'train.py'],
  };
  expect(
    only(gangOn(COSCHEDULING, { run: 'v3', ...elastic, backend: TrainingBackend.PYTORCH_JOB }), 'PodGroup').spec,
  ).toEqual({
    minMember: 2,
  });
});

test('a Volcano Job, whose operator makes the group, has no second one', () => {
  expect(kinds(VOLCANO, { backend: TrainingBackend.VOLCANO_JOB })).not.toContain('PodGroup');
});

test('one pod is no gang', () => {
  expect(kinds(COSCHEDULING, { numNodes: 1 })).not.toContain('PodGroup');
});

test('the runs of a schedule, which would be one group, have none', () => {
  const chart = chartWith(COSCHEDULING);
  new ScheduledRetrain(chart, 'weekly', {
    schedule: Schedule.expression('0 4 * * 0'),
    job: TrainingRun.distributed({ ...GANG, activeDeadline: Duration.hours(9) }),
  });
  expect(synth(chart).map(({ kind }) => kind as string)).not.toContain('PodGroup');
  expect(only(chart, 'CronJob').spec.jobTemplate.spec.template.spec).not.toHaveProperty('schedulerName');
});

test('TRN039 fails for a run that another scheduler places, and can be acknowledged', () => {
  expect(() => kinds(COSCHEDULING, { schedulerName: 'mine' })).toThrow(
    /TRN039: schedulerName is mine, and the gang scheduler of the profile is scheduler-plugins-scheduler/,
  );
  expect(kinds(COSCHEDULING, { schedulerName: 'scheduler-plugins-scheduler' })).toContain('PodGroup');
  const chart = chartWith(COSCHEDULING);
  const run = new DistributedTraining(chart, 'llm', { ...GANG, schedulerName: 'mine' });
  Acknowledge.of(run).add('TRN039', 'It knows gangs by itself.');
  expect(only(chart, 'Job').spec.template.spec.schedulerName).toBe('mine');
  expect(synth(chart).map(({ kind }) => kind as string)).not.toContain('PodGroup');
});
