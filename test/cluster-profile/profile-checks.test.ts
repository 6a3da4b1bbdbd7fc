import type { ClusterProfileProps, GpuPoolProps, PriorityClassSpec, QueueSpec } from '../../src';
import {
  AccessMode,
  CapacityType,
  ClusterProfile,
  Component,
  GangScheduler,
  GpuModel,
  GpuSharing,
  KubernetesVersion,
  Provisioner,
  TrainingBackend,
} from '../../src';
import { everything, refusals, refused } from './fixtures';

const make =
  (props: Partial<ClusterProfileProps>): (() => ClusterProfile) =>
  () =>
    new ClusterProfile({ name: 'prod', ...props });

const h100: GpuPoolProps = { gpu: GpuModel.H100, gpusPerNode: 8 };

describe('ClusterProfile', () => {
  test('takes everything at once', () => {
    expect(make(everything)).not.toThrow();
  });

  const grouped = { scheduler: GangScheduler.WORKLOAD_API };

  test.each([[undefined], [KubernetesVersion.V1_33], [KubernetesVersion.V1_34]])(
    'CLU006 fails for groups of Kubernetes itself in version %s',
    (kubernetes) => {
      const [problem, ...others] = refusals(make({ gangScheduler: grouped, kubernetes }));
      expect(others).toEqual([]);
      expect(problem).toMatchObject({
        id: 'CLU006',
        property: 'gangScheduler.scheduler',
        value: 'workload-api',
        message: `gangScheduler.scheduler is workload-api, and Kubernetes ${kubernetes ?? '1.33'} has no groups of pods.`,
      });
    },
  );

  test.each([[KubernetesVersion.V1_35], [KubernetesVersion.V1_36]])('CLU006 passes for them in %s', (kubernetes) => {
    expect(make({ gangScheduler: grouped, kubernetes })).not.toThrow();
  });

  test('CLU006 says nothing of groups when the version is wrong itself', () => {
    const kubernetes = '1.2' as KubernetesVersion;
    expect(refused(make({ gangScheduler: grouped, kubernetes }))).toEqual(['COR004 kubernetes']);
  });

  test('CLU006 fails for a queue that only KAI reads', () => {
    const queued = (scheduler: GangScheduler) => make({ gangScheduler: { scheduler, queue: 'research' } });
    const [problem] = refusals(queued(GangScheduler.VOLCANO));
    expect(problem).toMatchObject({
      id: 'CLU006',
      property: 'gangScheduler.queue',
      value: 'research',
      message: 'gangScheduler.queue is research, and volcano does not read it.',
      fix: "Leave it out, or set scheduler to 'kai'.",
    });
    expect(queued(GangScheduler.KAI)).not.toThrow();
  });

  test('CLU001 fails when a queue gives a pool that the profile does not have', () => {
    const [problem] = refusals(make({ pools: { h100 }, queues: [{ name: 'research', pools: ['h10'] }] }));
    expect(problem).toMatchObject({
      id: 'CLU001',
      property: 'queues[0].pools[0]',
      value: 'h10',
      message: "queues[0].pools[0]: the profile has no pool h10 (did you mean 'h100'?).",
      fix: 'Add it to pools, or take one of h100.',
    });
  });

  test('CLU001 passes for pools of the profile', () => {
    expect(make({ pools: { h100 }, queues: [{ name: 'research', pools: ['h100'] }] })).not.toThrow();
  });

  const queues = (...specs: QueueSpec[]): (() => ClusterProfile) => make({ queues: specs });

  test.each([
    ['in one namespace', ['a', 'b'], ['c', 'b'], 'in namespace b'],
    ['everywhere and in one namespace', undefined, ['a'], 'in namespace a'],
    ['in one namespace and everywhere', ['a'], undefined, 'in every namespace'],
    ['everywhere', undefined, undefined, 'in every namespace'],
  ])('CLU006 fails when two queues of one name hold %s', (_, first, second, where) => {
    const call = queues({ name: 'q', namespaces: first }, { name: 'q', namespaces: second });
    expect(refusals(call)).toEqual([
      expect.objectContaining({
        id: 'CLU006',
        property: 'queues[1].name',
        message: `queues[1].name: 'q' is the name of two entries that hold ${where}.`,
      }),
    ]);
  });

  test('CLU006 passes for queues of one name in different namespaces', () => {
    expect(queues({ name: 'q', namespaces: ['a'] }, { name: 'q', namespaces: ['b'] })).not.toThrow();
  });

  test.each<[string, Partial<ClusterProfileProps>, string]>([
    [
      'two priority classes',
      { priorityClasses: ['a', 'b', 'a'].map((name, value) => ({ name, value })) },
      'priorityClasses[2].name',
    ],
    [
      'two storage classes',
      { storageClasses: ['a', 'a'].map((name) => ({ name, accessModes: [AccessMode.READ_WRITE_ONCE] })) },
      'storageClasses[1].name',
    ],
    ['a component twice', { components: [Component.KUEUE, Component.KARPENTER, Component.KUEUE] }, 'components[2]'],
    ['a framework twice', { kueueFrameworks: ['pod', 'pod'] }, 'kueueFrameworks[1]'],
    ['a namespace twice', { queues: [{ name: 'q', namespaces: ['a', 'a'] }] }, 'queues[0].namespaces[1]'],
    ['a pool twice', { pools: { h100 }, queues: [{ name: 'q', pools: ['h100', 'h100'] }] }, 'queues[0].pools[1]'],
    [
      'an access mode twice',
      { storageClasses: [{ name: 'a', accessModes: [AccessMode.READ_WRITE_ONCE, AccessMode.READ_WRITE_ONCE] }] },
      'storageClasses[0].accessModes[1]',
    ],
  ])('CLU006 fails for %s', (_, props, property) => {
    expect(refused(make(props))).toEqual([`CLU006 ${property}`]);
  });

  const priority = (name: string, value: number): (() => ClusterProfile) =>
    make({ priorityClasses: [{ name, value } satisfies PriorityClassSpec] });

  test('CLU006 fails for a priority class in the name space of Kubernetes', () => {
    expect(refused(priority('system-training', 100))).toEqual(['CLU006 priorityClasses[0].name']);
  });

  test('CLU006 fails for a system class with another value than Kubernetes gives it', () => {
    expect(refusals(priority('system-node-critical', 100))[0]).toMatchObject({
      property: 'priorityClasses[0].value',
      message: 'priorityClasses[0].value is 100, and Kubernetes gives system-node-critical 2000001000.',
    });
  });

  test('CLU006 passes for the system classes as they are', () => {
    expect(priority('system-cluster-critical', 2000000000)).not.toThrow();
  });

  test('COR004 fails for a priority that only Kubernetes may define', () => {
    expect(refusals(priority('urgent', 1000000001))[0]).toMatchObject({
      id: 'COR004',
      message: 'priorityClasses[0].value is 1000000001, and 1000000000 is the greatest that users may define.',
    });
  });

  test('COR004 passes for the greatest priority that users may define', () => {
    expect(priority('urgent', 1000000000)).not.toThrow();
  });

  test('CLU009 fails when the operator of the training backend is not installed', () => {
    expect(refusals(make({ trainingBackend: TrainingBackend.PYTORCH_JOB, components: [Component.KUEUE] }))).toEqual([
      expect.objectContaining({
        id: 'CLU009',
        property: 'trainingBackend',
        value: 'pytorch-job',
        message: 'trainingBackend is pytorch-job, and components has no training-operator.',
        fix: "Add 'training-operator' to components, or set trainingBackend to 'indexed-job'.",
      }),
    ]);
  });

  test('CLU009 passes when it is, and for a backend that needs none', () => {
    const { PYTORCH_JOB, INDEXED_JOB } = TrainingBackend;
    expect(make({ trainingBackend: PYTORCH_JOB, components: [Component.TRAINING_OPERATOR] })).not.toThrow();
    expect(make({ trainingBackend: INDEXED_JOB })).not.toThrow();
  });
});

describe('ClusterProfile.pools', () => {
  const pools = (...specs: GpuPoolProps[]): (() => ClusterProfile) =>
    make({ pools: Object.fromEntries(specs.map((pool, i) => [`pool-${i}`, pool])) });

  test('CLU007 fails when neither the GPUs of a node nor its machine type is given', () => {
    expect(refusals(pools({ gpu: GpuModel.H100 }))[0]).toMatchObject({
      id: 'CLU007',
      property: 'pools.pool-0.gpusPerNode',
      message: 'pools.pool-0: the number of GPUs of a node is not known.',
    });
  });

  test('CLU007 fails for a machine type that the catalogue does not have', () => {
    expect(refusals(pools({ gpu: GpuModel.H100, instanceType: 'p99.metal' }))[0].message).toBe(
      'pools.pool-0: the number of GPUs of a node is not known: the catalogue has no p99.metal.',
    );
  });

  test('CLU007 fails when the machine type has GPUs of another model', () => {
    expect(refusals(pools({ gpu: GpuModel.H200, instanceType: 'p5.48xlarge' }))[0]).toMatchObject({
      id: 'CLU007',
      property: 'pools.pool-0.gpu',
      message: 'pools.pool-0.gpu is h200, and p5.48xlarge has h100-sxm.',
    });
  });

  test('CLU007 passes for a machine type of the catalogue, and for any machine with the number of its GPUs', () => {
    expect(
      pools({ gpu: GpuModel.H100, instanceType: 'p5.48xlarge' }, { ...h100, instanceType: 'own-machine' }),
    ).not.toThrow();
  });

  test('CLU008 fails when the selector of a pool is empty and so selects every node', () => {
    expect(refused(pools({ ...h100, nodeSelector: {} }))).toEqual(['CLU008 pools.pool-0.nodeSelector']);
  });

  test('CLU008 fails when two pools select their nodes by the same labels, written in any order', () => {
    const call = pools({ ...h100, nodeSelector: { a: '1', b: '2' } }, { ...h100, nodeSelector: { b: '2', a: '1' } });
    expect(refusals(call)[0]).toMatchObject({
      id: 'CLU008',
      property: 'pools.pool-1.nodeSelector',
      message: 'pools.pool-1 and pools.pool-0 select their nodes by the same labels.',
    });
  });

  test('CLU008 fails when only the machine type tells two pools apart, and it is the same', () => {
    const machine = { gpu: GpuModel.H100, instanceType: 'p5.48xlarge' };
    expect(refused(pools(machine, { ...machine, capacityType: CapacityType.SPOT }))).toEqual([
      'CLU008 pools.pool-1.nodeSelector',
    ]);
  });

  test('CLU008 passes for pools of one machine type with selectors, or labelled by Karpenter', () => {
    const machine = { gpu: GpuModel.H100, instanceType: 'p5.48xlarge' };
    const karpenter = { ...machine, provisioner: Provisioner.KARPENTER };
    expect(pools(machine, { ...machine, nodeSelector: { a: '1' } }, karpenter, karpenter)).not.toThrow();
  });

  test('CLU013 fails for a MIG profile that the model does not have', () => {
    expect(refusals(pools({ ...h100, sharing: GpuSharing.migSingle('1g.5gb') }))[0]).toMatchObject({
      id: 'CLU013',
      property: 'pools.pool-0.sharing',
      value: '1g.5gb',
      message: expect.stringContaining('h100-sxm has no MIG profile 1g.5gb') as string,
    });
    expect(refusals(pools({ gpu: GpuModel.T4, gpusPerNode: 1, sharing: GpuSharing.migSingle('1g.5gb') }))[0].fix).toBe(
      'Share it another way.',
    );
  });

  test('CLU013 passes for a profile of the model, and for any of a model that the catalogue does not know', () => {
    const sharing = GpuSharing.migSingle('1g.10gb');
    expect(pools({ ...h100, sharing }, { ...h100, gpu: GpuModel.custom('x1'), sharing })).not.toThrow();
  });

  test('CLU014 fails when more nodes are always there than can be at most', () => {
    expect(refusals(pools({ ...h100, minNodes: 5, maxNodes: 4 }))[0]).toMatchObject({
      id: 'CLU014',
      property: 'pools.pool-0.minNodes',
      message: 'pools.pool-0: minNodes is 5, and maxNodes is 4.',
    });
  });

  test('CLU014 passes for as many, and when nothing is known of the most', () => {
    expect(pools({ ...h100, minNodes: 4, maxNodes: 4 }, { ...h100, minNodes: 9 })).not.toThrow();
  });
});

describe('GpuSharing', () => {
  test('COR004 fails for what is no MIG profile', () => {
    expect(refused(() => GpuSharing.migSingle('1g10gb'))).toEqual(['COR004 profile']);
  });

  test.each(['1g.10gb', '1g.10gb+me', '1g.10gb.me', '1g.24gb+me.all', '2g.48gb-me', '2g.48gb+gfx'])(
    'takes the MIG profile %s',
    (profile) => {
      expect(GpuSharing.migSingle(profile).migProfile).toBe(profile);
    },
  );

  test('COR004 fails for GPUs that one pod shares with nobody', () => {
    expect(refused(() => GpuSharing.timeSliced({ replicas: 1 }))).toEqual(['COR004 options.replicas']);
  });
});
