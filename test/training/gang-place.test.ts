import { Duration } from 'cdk8s';
import {
  Acknowledge,
  type ClusterProfileProps,
  Component,
  DistributedTraining,
  type DistributedTrainingProps,
  Fabric,
  Framework,
  Gpu,
  GpuTrainingJob,
  Provider,
  Queue,
  Schedule,
  ScheduledRetrain,
  Topology,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import { chartWith, GANG, gangOn, only, SINGLE, synth } from './fixtures';

const ZONE = 'topology.kubernetes.io/zone';
const BLOCK = 'example.com/block';
const RACK = 'example.com/rack';
const HOST = 'kubernetes.io/hostname';
const OPERATORS = Object.values(Component);
const queue = Queue.named('research');

/** A cluster whose queue has a topology. */
const TAS = (topology = [ZONE, BLOCK, RACK, HOST], provider = Provider.AWS): Partial<ClusterProfileProps> => ({
  provider,
  components: OPERATORS,
  kueueFrameworks: [
    'batch/job',
    'jobset.x-k8s.io/jobset',
    'trainer.kubeflow.org/trainjob',
    'kubeflow.org/mpijob',
  ].concat(['pytorchjob', 'tfjob', 'jaxjob', 'xgboostjob'].map((kind) => `kubeflow.org/${kind}`)),
  queues: [{ name: 'research', topology }],
  topologyLevels: { rack: RACK, block: BLOCK },
});

const NO_QUEUE = { provider: Provider.AWS, topologyLevels: { rack: RACK } };

/** Annotations of Kueue on the pods of an Indexed Job. */
function annotations(profile: Partial<ClusterProfileProps>, props: Partial<DistributedTrainingProps> = {}) {
  return kueueOnly(only(gangOn(profile, { queue, ...props }), 'Job').spec.template);
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
function kueueOnly({ metadata }: any): object {
  return Object.fromEntries(Object.entries(metadata.annotations as object).filter(([key]) => key.startsWith('kueue')));
}

const affinity = (profile: Partial<ClusterProfileProps>, props: Partial<DistributedTrainingProps> = {}) =>
  only(gangOn(profile, props), 'Job').spec.template.spec.affinity ?? {};

const required = (label: string) => ({ 'kueue.x-k8s.io/podset-required-topology': label });
const preferred = (label: string) => ({ 'kueue.x-k8s.io/podset-preferred-topology': label });
const UNCONSTRAINED = { 'kueue.x-k8s.io/podset-unconstrained-topology': 'true' };

describe('in a queue with a topology', () => {
  test.each<[string, string[], Provider, object]>([
    ['in one zone', [ZONE, RACK, HOST], Provider.AWS, required(ZONE)],
    ['in one domain of the widest level where the zone is none', [BLOCK, RACK, HOST], Provider.GCP, required(BLOCK)],
    ['as near as there is room on premises', [BLOCK, RACK, HOST], Provider.ON_PREMISES, preferred(RACK)],
    ['on any nodes where hosts are the only level', [HOST], Provider.AWS, UNCONSTRAINED],
  ])('a gang is put %s', (_, levels, provider, expected) => {
    expect(annotations(TAS(levels, provider))).toEqual(expected);
  });

  test.each<[Topology, object]>([
    [Topology.required('rack'), required(RACK)],
    [Topology.required(BLOCK), required(BLOCK)],
    [Topology.preferred('block'), preferred(BLOCK)],
    [Topology.preferred('host'), preferred(HOST)],
    [Topology.unconstrained(), UNCONSTRAINED],
  ])('a gang is put where it asks to be: %p', (topology, expected) => {
    expect(annotations(TAS(), { topology })).toEqual(expected);
  });

  test('no affinity between pods contradicts the nodes that Kueue gives', () => {
    expect(affinity(TAS(), { queue, topology: Topology.preferred('rack') })).toEqual({});
  });

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const backends: [TrainingBackend, string, Framework, (spec: any) => any][] = [
    [TrainingBackend.JOB_SET, 'JobSet', Framework.pytorch(), (spec) => spec.replicatedJobs[0].template.spec.template],
    [
      TrainingBackend.TRAIN_JOB,
      'TrainingRuntime',
      Framework.pytorch(),
      (spec) => spec.template.spec.replicatedJobs[0].template.spec.template,
    ],
    [
      TrainingBackend.PYTORCH_JOB,
      'PyTorchJob',
      Framework.pytorch(),
      (spec) => spec.pytorchReplicaSpecs.Worker.template,
    ],
    [TrainingBackend.JAX_JOB, 'JAXJob', Framework.jax(), (spec) => spec.jaxReplicaSpecs.Worker.template],
    [TrainingBackend.TF_JOB, 'TFJob', Framework.tensorflow(), (spec) => spec.tfReplicaSpecs.Worker.template],
    [TrainingBackend.MPI_JOB, 'MPIJob', Framework.mpi(), (spec) => spec.mpiReplicaSpecs.Worker.template],
    [TrainingBackend.XGBOOST_JOB, 'XGBoostJob', Framework.xgboost(), (spec) => spec.xgbReplicaSpecs.Master.template],
  ];

  test.each(backends)('the pods of %s say the same', (backend, kind, framework, templateOf) => {
    const props = { queue, backend, framework, topology: Topology.required('rack'), command: ['mpirun', 'train'] };
    expect(kueueOnly(templateOf(only(gangOn(TAS(), props), kind).spec))).toMatchObject(required(RACK));
  });

  test('a launcher without GPUs goes where it likes', () => {
    const props = { queue, backend: TrainingBackend.MPI_JOB, framework: Framework.mpi(), command: ['mpirun', 'train'] };
    const { Launcher, Worker } = only(gangOn(TAS(), props), 'MPIJob').spec.mpiReplicaSpecs;
    expect(kueueOnly(Launcher.template)).toEqual({});
    expect(kueueOnly(Worker.template)).toEqual(required(ZONE));
    expect(Launcher.template.spec.affinity).not.toHaveProperty('podAffinity');
  });

  const role = { cpu: GANG.cpu!, memory: GANG.memory! };
  const tensorflow = (framework: Framework) =>
    gangOn(TAS(), { queue, backend: TrainingBackend.TF_JOB, framework, topology: Topology.required('rack') });

  test('a single chief stays with the workers', () => {
    const { Chief, Worker } = only(tensorflow(Framework.tensorflow({ chief: role })), 'TFJob').spec.tfReplicaSpecs;
    const expected = { ...required(RACK), 'kueue.x-k8s.io/podset-group-name': 'gang' };
    expect([kueueOnly(Chief.template), kueueOnly(Worker.template)]).toEqual([expected, expected]);
  });

  test('the first node of an XGBoostJob, which is a set of pods of its own, stays with the others', () => {
    const props = { queue, backend: TrainingBackend.XGBOOST_JOB, framework: Framework.xgboost(), command: ['train'] };
    const { Master, Worker } = only(gangOn(TAS(), props), 'XGBoostJob').spec.xgbReplicaSpecs;
    const expected = { ...required(ZONE), 'kueue.x-k8s.io/podset-group-name': 'gang' };
    expect([kueueOnly(Master.template), kueueOnly(Worker.template)]).toEqual([expected, expected]);
    const { Master: alone } = only(gangOn(TAS(), { ...props, numNodes: 1 }), 'XGBoostJob').spec.xgbReplicaSpecs;
    expect(kueueOnly(alone.template)).toEqual(required(ZONE));
  });

  test('an evaluator, who only reads checkpoints, need not be near', () => {
    const chart = tensorflow(Framework.tensorflow({ evaluator: { ...role, gpu: Gpu.h100(1) } }));
    const { Evaluator, Worker } = only(chart, 'TFJob').spec.tfReplicaSpecs;
    expect([kueueOnly(Evaluator.template), kueueOnly(Worker.template)]).toEqual([UNCONSTRAINED, required(RACK)]);
  });

  test('TRN036 fails when Kueue would place roles apart that talk to each other', () => {
    const framework = Framework.tensorflow({ chief: role, parameterServers: { ...role, replicas: 2 } });
    expect(() => synth(tensorflow(framework))).toThrow(
      /TRN036: Kueue gives each role a place of its own in rack.*node \(3\), chief \(1\), parameterServers \(2\)/,
    );
  });

  test('TRN036 can be acknowledged, and is not said where nearness is only a wish', () => {
    const framework = Framework.tensorflow({ parameterServers: { ...role, replicas: 2 } });
    const chart = chartWith(TAS());
    const run = { ...GANG, queue, backend: TrainingBackend.TF_JOB, framework };
    Acknowledge.of(new DistributedTraining(chart, 'a', run)).add('TRN036', 'The racks have one switch.');
    new DistributedTraining(chart, 'b', { ...run, topology: Topology.preferred('zone') });
    expect(synth(chart).filter(({ kind }) => kind === 'TFJob')).toHaveLength(2);
  });

  test('a single pod with GPUs takes any node of the topology', () => {
    const chart = chartWith(TAS());
    new GpuTrainingJob(chart, 'bert', { ...SINGLE, gpu: Gpu.h100(2), queue });
    expect(kueueOnly(only(chart, 'Job').spec.template)).toEqual(UNCONSTRAINED);
  });

  test('annotations of the user on how to place the pods stand alone', () => {
    const own = { 'kueue.x-k8s.io/podset-slice-required-topology': RACK, 'kueue.x-k8s.io/podset-slice-size': '2' };
    expect(annotations(TAS(), { annotations: own })).toEqual(own);
  });

  test('the runs of a schedule say the same', () => {
    const chart = chartWith(TAS());
    const job = { ...GANG, activeDeadline: Duration.hours(9), queue, topology: Topology.required('block') };
    new ScheduledRetrain(chart, 'weekly', {
      schedule: Schedule.expression('0 4 * * 0'),
      job: TrainingRun.distributed(job),
    });
    expect(kueueOnly(only(chart, 'CronJob').spec.jobTemplate.spec.template)).toEqual(required(BLOCK));
  });

  test.each<[Topology, RegExp]>([
    [
      Topology.required('row'),
      /TRN035: row is not in the topology of queue research[^]*Take one of zone, block, rack, host/,
    ],
    [Topology.preferred('nvlink-domain'), /TRN035: nvlink-domain \(nvidia.com\/gpu.clique\) is not in the topology/],
    [Topology.required('example.com/row'), /TRN035: example.com\/row is not in/],
  ])('TRN035 fails for a level that its topology has not: %p', (topology, message) => {
    expect(() => synth(gangOn(TAS(), { queue, topology }))).toThrow(message);
  });
});

describe('without a topology of the queue', () => {
  const terms = (label: string) => ({
    requiredDuringSchedulingIgnoredDuringExecution: [expect.objectContaining({ topologyKey: label })],
  });

  test('a required level takes the place of the zone, by affinity', () => {
    const given = affinity(NO_QUEUE, { topology: Topology.required('rack') });
    expect(given.podAffinity).toEqual(terms(RACK));
    expect(given.podAntiAffinity).toEqual(terms(HOST));
  });

  test('a preferred level is a wish beside the zone', () => {
    const term = expect.objectContaining({ topologyKey: RACK });
    expect(affinity(NO_QUEUE, { topology: Topology.preferred('rack') }).podAffinity).toEqual({
      ...terms(ZONE),
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }],
    });
  });

  test('an unconstrained gang may span zones', () => {
    expect(affinity(NO_QUEUE, { topology: Topology.unconstrained() })).not.toHaveProperty('podAffinity');
  });

  test('a queue that only counts quotas changes nothing', () => {
    const profile = { ...NO_QUEUE, components: OPERATORS, queues: [{ name: 'research' }] };
    expect(annotations(profile)).toEqual({});
    expect(affinity(profile, { queue, topology: Topology.required('rack') }).podAffinity).toEqual(terms(RACK));
  });

  test.each<[Topology, RegExp]>([
    [Topology.required('rak'), /TRN035: the profile lab has no level rak .*rack[^]*Take one of zone, host/],
    [Topology.required('host'), /TRN035: topology is host, and numNodes is 3, each of them on a machine of its own/],
  ])('TRN035 fails for a level that no place has: %p', (topology, message) => {
    expect(() => synth(gangOn(NO_QUEUE, { topology }))).toThrow(message);
  });

  test.each(['', 'a b', '/', 7, null, {}])('COR fails for a level that is no label: %p', (level) => {
    expect(() => Topology.required(level as string)).toThrow(/COR00[14]/);
  });
});

describe('resources that a queue covers', () => {
  const covering = (...coveredResources: string[]) => ({
    ...TAS(),
    queues: [{ name: 'research', coveredResources }],
  });
  const efa = { queue, fabric: Fabric.efa({ interfaces: 32 }) };

  test('TRN037 fails when the run asks for one that its queue does not cover', () => {
    expect(() => synth(gangOn(covering('cpu', 'nvidia.com/gpu'), efa))).toThrow(
      /TRN037: the run asks queue research for memory, vpc.amazonaws.com\/efa, and it covers cpu, nvidia.com\/gpu/,
    );
  });

  test('TRN037 passes when it covers all of them, or nobody knows', () => {
    const all = covering('cpu', 'memory', 'nvidia.com/gpu', 'vpc.amazonaws.com/efa');
    expect(synth(gangOn(all, efa))).not.toEqual([]);
    expect(synth(gangOn(TAS(), efa))).not.toEqual([]);
  });

  test('TRN037 fails for a single pod and for a launcher too', () => {
    const chart = chartWith(covering('cpu', 'memory'));
    new GpuTrainingJob(chart, 'bert', { ...SINGLE, gpu: Gpu.h100(2), queue });
    expect(() => synth(chart)).toThrow(/TRN037.*for nvidia.com\/gpu/);
  });
});
