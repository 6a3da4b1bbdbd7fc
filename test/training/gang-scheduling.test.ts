import type { Chart } from 'cdk8s';
import { Duration, Testing } from 'cdk8s';
import {
  Acknowledge,
  Checkpoints,
  type ClusterProfileProps,
  Component,
  DistributedTraining,
  type DistributedTrainingProps,
  Framework,
  GangScheduler,
  KubernetesVersion,
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

/** A cluster of a version whose scheduler knows groups. */
const KUBERNETES = (kubernetes: KubernetesVersion): Partial<ClusterProfileProps> => ({
  components: Object.values(Component),
  kubernetes,
  gangScheduler: { scheduler: GangScheduler.WORKLOAD_API },
});
const KAI: Partial<ClusterProfileProps> = {
  components: Object.values(Component),
  gangScheduler: { scheduler: GangScheduler.KAI, queue: 'research' },
};

/** The objects of a chart as they are; the schemas here know no alpha API. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const raw = (chart: Chart): any[] => Testing.synth(chart);

describe('the scheduler of Kubernetes itself', () => {
  test('in 1.35 a Workload holds the group, and pods name both', () => {
    const objects = raw(gangOn(KUBERNETES(KubernetesVersion.V1_35), { run: 'v3' }));
    expect(objects.find(({ kind }) => kind === 'Workload')).toMatchObject({
      apiVersion: 'scheduling.k8s.io/v1alpha1',
      metadata: { name: 'llm-v3', namespace: 'ml-training', annotations: { 'argocd.argoproj.io/sync-wave': '-1' } },
      spec: { podGroups: [{ name: 'gang', policy: { gang: { minCount: 3 } } }] },
    });
    const { spec } = objects.find(({ kind }) => kind === 'Job').spec.template;
    expect(spec.workloadRef).toEqual({ name: 'llm-v3', podGroup: 'gang' });
    expect(spec).not.toHaveProperty('schedulerName');
    expect(spec).not.toHaveProperty('schedulingGroup');
  });

  test('in 1.36 the group is an object of its own', () => {
    const profile = KUBERNETES(KubernetesVersion.V1_36);
    const objects = raw(gangOn(profile, { run: 'v3', backend: TrainingBackend.JOB_SET }));
    const group = objects.find(({ kind }) => kind === 'PodGroup');
    expect(group).toMatchObject({ apiVersion: 'scheduling.k8s.io/v1alpha2', metadata: { name: 'llm-v3' } });
    expect(group.spec).toEqual({ schedulingPolicy: { gang: { minCount: 3 } } });
    const jobSet = objects.find(({ kind }) => kind === 'JobSet');
    const { spec } = jobSet.spec.replicatedJobs[0].template.spec.template;
    expect(spec.schedulingGroup).toEqual({ podGroupName: 'llm-v3' });
    expect(spec).not.toHaveProperty('workloadRef');
    expect(objects.indexOf(group)).toBeLessThan(objects.indexOf(jobSet));
  });

  test('under another name when it has one', () => {
    const profile = {
      ...KUBERNETES(KubernetesVersion.V1_35),
      gangScheduler: { scheduler: GangScheduler.WORKLOAD_API, schedulerName: 'gangs' },
    };
    expect(
      raw(gangOn(profile, { run: 'v3' })).find(({ kind }) => kind === 'Job').spec.template.spec.schedulerName,
    ).toBe('gangs');
  });

  test('a run that names the usual scheduler is none that goes round it', () => {
    const profile = KUBERNETES(KubernetesVersion.V1_35);
    expect(() => raw(gangOn(profile, { schedulerName: 'default-scheduler' }))).not.toThrow();
    expect(() => raw(gangOn(profile, { schedulerName: 'mine' }))).toThrow(
      /TRN039: schedulerName is mine, and the gang scheduler of the profile is default-scheduler/,
    );
  });

  test.each([
    [KubernetesVersion.V1_35, TrainingBackend.JOB_SET, 'JobSet', 'workloadRef'],
    [KubernetesVersion.V1_36, TrainingBackend.MPI_JOB, 'MPIJob', 'schedulingGroup'],
  ])('TRN055 fails in %s with %s, and can be acknowledged', (version, backend, resource, field) => {
    const props = backend === TrainingBackend.MPI_JOB ? { framework: Framework.mpi(), command: ['mpirun'] } : {};
    const made = () => {
      const chart = chartWith(KUBERNETES(version));
      Acknowledge.of(chart).add('TRN061', 'The training operator runs without MPIJob.');
      const run = new DistributedTraining(chart, 'llm', { ...GANG, ...props, backend });
      return { chart, run };
    };
    expect(() => raw(made().chart)).toThrow(
      `TRN055: the backend is ${backend}, and the operator of a ${resource} does not know the field ${field} of pods of Kubernetes ${version}.`,
    );
    const { chart, run } = made();
    Acknowledge.of(run).add('TRN055', 'One team has the cluster to itself.');
    const text = JSON.stringify(raw(chart));
    expect(text).not.toContain(field);
    expect(text).not.toContain('"PodGroup"');
  });

  test('a Volcano Job is a group already', () => {
    const profile = KUBERNETES(KubernetesVersion.V1_36);
    expect(() => raw(gangOn(profile, { backend: TrainingBackend.VOLCANO_JOB }))).not.toThrow();
  });
});

describe('KAI', () => {
  test('makes the group itself: pods say their queue, and a Job how many it needs', () => {
    const chart = gangOn(KAI, { run: 'v3' });
    expect(synth(chart).map(({ kind }) => kind as string)).not.toContain('PodGroup');
    const { metadata, spec } = only(chart, 'Job');
    expect(metadata.annotations['kai.scheduler/batch-min-member']).toBe('3');
    expect(spec.template.metadata.labels['kai.scheduler/queue']).toBe('research');
    expect(spec.template.spec.schedulerName).toBe('kai-scheduler');
    for (const kind of ['Service', 'NetworkPolicy'])
      expect(JSON.stringify(only(chart, kind))).not.toContain('kai.scheduler');
  });

  test('knows of other kinds how many they need', () => {
    const jobSet = only(
      gangOn({ ...KAI, gangScheduler: { scheduler: GangScheduler.KAI } }, { backend: TrainingBackend.JOB_SET }),
      'JobSet',
    );
    expect(jobSet.metadata.annotations ?? {}).not.toHaveProperty(['kai.scheduler/batch-min-member']);
    const { metadata } = jobSet.spec.replicatedJobs[0].template.spec.template;
    expect(metadata.labels['kai.scheduler/queue']).toBe('default-queue');
  });
});

describe('on a schedule', () => {
  const scheduled = (profile: Partial<ClusterProfileProps>, props: Partial<DistributedTrainingProps> = {}) => {
    const chart = chartWith(profile);
    new ScheduledRetrain(chart, 'weekly', {
      schedule: Schedule.expression('0 4 * * 0'),
      job: TrainingRun.distributed({ ...GANG, activeDeadline: Duration.hours(9), ...props }),
    });
    return chart;
  };
  const launched = (chart: Chart) => {
    const map = raw(chart).find(({ kind, data }) => kind === 'ConfigMap' && data['run.json'] !== undefined);
    return JSON.parse(map.data['run.json']);
  };
  const WITHOUT_ARGO = { ...COSCHEDULING, components: [Component.JOBSET] };

  test('each run has a group, made with it by what makes the run; a Job too', () => {
    const chart = scheduled(WITHOUT_ARGO);
    const { group, template, resource, nameSuffix } = launched(chart);
    expect([resource, nameSuffix, template.kind]).toEqual(['jobs', '-gang', 'Job']);
    expect(group).toMatchObject({
      resource: 'podgroups',
      template: { apiVersion: 'scheduling.x-k8s.io/v1alpha1', kind: 'PodGroup', spec: { minMember: 3 } },
    });
    expect(group.template.metadata).not.toHaveProperty('name');
    expect(template.spec.template.metadata.labels[GROUP]).toBe('$(RUN)');
    expect(only(chart, 'Role').rules).toEqual([
      { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'get', 'list'] },
      { apiGroups: ['scheduling.x-k8s.io'], resources: ['podgroups'], verbs: ['create', 'get'] },
    ]);
  });

  test('by a step of its own where Argo makes the run', () => {
    const chart = scheduled(COSCHEDULING, { backend: TrainingBackend.JOB_SET });
    const { workflowSpec } = only(chart, 'CronWorkflow').spec;
    expect(workflowSpec.entrypoint).toBe('gang');
    const [gang, group, run] = workflowSpec.templates;
    expect(gang.steps).toEqual([[{ name: 'group', template: 'group' }], [{ name: 'run', template: 'run' }]]);
    expect(JSON.parse(group.resource.manifest)).toMatchObject({
      kind: 'PodGroup',
      metadata: { name: '{{workflow.name}}', ownerReferences: [{ kind: 'Workflow', uid: '{{workflow.uid}}' }] },
      spec: { minMember: 3 },
    });
    expect(group.resource).not.toHaveProperty('successCondition');
    expect(run.resource.successCondition).toBe('status.terminalState == Completed');
    const { metadata } = JSON.parse(run.resource.manifest).spec.replicatedJobs[0].template.spec.template;
    expect(metadata.labels[GROUP]).toBe('{{workflow.name}}');
    expect(only(chart, 'Role').rules).toContainEqual({
      apiGroups: ['scheduling.x-k8s.io'],
      resources: ['podgroups'],
      verbs: ['create', 'get', 'patch'],
    });
  });

  test('the field of the pods names the run of the tick', () => {
    const profile = { ...KUBERNETES(KubernetesVersion.V1_35), components: [] };
    const { group, template } = launched(scheduled(profile));
    expect(template.spec.template.spec.workloadRef).toEqual({ name: '$(RUN)', podGroup: 'gang' });
    expect(group).toMatchObject({ resource: 'workloads', template: { kind: 'Workload' } });
  });

  test('KAI needs no object, but a Job that no CronJob owns', () => {
    const { group, template } = launched(scheduled({ ...KAI, components: [] }));
    expect(group).toBeUndefined();
    expect(template.metadata.annotations['kai.scheduler/batch-min-member']).toBe('3');
  });

  test('a CronJob holds the Job where Kueue or another scheduler starts it', () => {
    const queues = [{ name: 'research', topology: ['kubernetes.io/hostname'] }];
    const queued = scheduled({ ...COSCHEDULING, queues }, { queue: Queue.named('research') });
    expect(only(queued, 'CronJob').spec.jobTemplate.spec.template.spec).not.toHaveProperty('schedulerName');
    expect(synth(queued).map(({ kind }) => kind as string)).not.toContain('Role');
    expect(synth(scheduled(COSCHEDULING, { numNodes: 1 })).map(({ kind }) => kind as string)).not.toContain('Role');
  });

  test('TRN039 fails there too', () => {
    expect(() => synth(scheduled(COSCHEDULING, { schedulerName: 'mine' }))).toThrow(/TRN039: schedulerName is mine/);
  });
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
