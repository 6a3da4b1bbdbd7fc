import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import type { ClusterProfileProps, GpuPoolProps, IGpuPool } from '../../src';
import {
  CapacityType,
  ClusterProfile,
  Component,
  Gpu,
  GpuModel,
  GpuSharing,
  Provider,
  Queue,
  TaintEffect,
} from '../../src';
import { formatProblem } from '../../src/core/diagnostics';
import type { WorkloadPlacement } from '../../src/compute/placement';
import { resolvePlacement } from '../../src/compute/placement';
import type { PlacementRequest } from '../../src/compute/placement-request';
import { resolvePool } from '../../src/cluster/pool-placement';

const GPU_TOLERATION = { key: 'nvidia.com/gpu', effect: TaintEffect.NO_SCHEDULE };
const LATE = { key: 'example.com/late', effect: TaintEffect.NO_EXECUTE };
const H100: GpuPoolProps = { gpu: GpuModel.H100, instanceType: 'p5.48xlarge', maxNodes: 3 };
const QUEUE = Queue.named('research');

const profileOf = (props: Partial<ClusterProfileProps> = {}): ClusterProfile =>
  new ClusterProfile({ name: 'lab', provider: Provider.AWS, components: [Component.KUEUE], ...props });

const place = (request: Partial<PlacementRequest>, profile = profileOf()): WorkloadPlacement =>
  resolvePlacement(profile, 'ml-training', { nodes: 1, ...request });

const pool = (props: Partial<GpuPoolProps> = {}, profile = profileOf()): IGpuPool => ({
  poolName: 'training',
  placement: resolvePool('training', { ...H100, ...props }, profile).placement,
});

/** What is wrong with a request, as users read it. */
const problems = (request: Partial<PlacementRequest>, profile?: ClusterProfile): string =>
  place(request, profile).problems.map(formatProblem).join('\n');

const ids = (request: Partial<PlacementRequest>, profile?: ClusterProfile): string[] =>
  place(request, profile).problems.map(({ rule }) => rule.id);

describe('resolvePlacement', () => {
  test('gives a workload of a pool the labels, tolerations and share of its nodes', () => {
    expect(place({ gpu: Gpu.h100(2), pool: pool(), tolerations: [LATE, GPU_TOLERATION] })).toEqual({
      nodeSelector: { 'node.kubernetes.io/instance-type': 'p5.48xlarge' },
      tolerations: [GPU_TOLERATION, LATE],
      affinity: undefined,
      devices: { resourceName: 'nvidia.com/gpu', count: 2 },
      spot: false,
      cpuMillis: 47300,
      memoryKib: 469 * 1024 * 1024,
      problems: [],
    });
  });

  test('sends a workload without a pool to the GPU model', () => {
    const found = place({ gpu: Gpu.l4(1) });
    expect(found.nodeSelector).toEqual({});
    expect(found.affinity!._required.map(({ key }) => key)).toEqual(['nvidia.com/gpu.product']);
    expect(found.tolerations).toEqual([GPU_TOLERATION]);
    expect(found.problems).toEqual([]);
  });

  test('leaves a queued workload to the flavors of its queue', () => {
    const profile = profileOf({ queues: [{ name: 'research', tolerations: [LATE] }] });
    expect(place({ gpu: Gpu.h100(1), queue: QUEUE }, profile)).toMatchObject({
      nodeSelector: {},
      tolerations: [LATE],
      affinity: undefined,
      problems: [],
    });
    expect(place({ gpu: Gpu.h100(1), queue: QUEUE }).tolerations).toEqual([]);
  });

  test('asks a workload on CPUs for nothing', () => {
    expect(place({ cpu: Cpu.units(1), memory: Size.gibibytes(2) })).toEqual({
      nodeSelector: {},
      tolerations: [],
      spot: false,
      problems: [],
    });
  });

  test('asks for the devices that the nodes of the pool offer', () => {
    const device = (gpu: Gpu, props: Partial<GpuPoolProps>) => place({ gpu, pool: pool(props) }).devices!.resourceName;
    expect(device(Gpu.any(1), { sharing: GpuSharing.timeSliced({ replicas: 3, renamed: true }) })).toBe(
      'nvidia.com/gpu.shared',
    );
    expect(device(Gpu.mig('1g.10gb'), { sharing: GpuSharing.migSingle('1g.10gb') })).toBe('nvidia.com/gpu');
    expect(device(Gpu.mig('1g.10gb'), { sharing: GpuSharing.migMixed() })).toBe('nvidia.com/mig-1g.10gb');
    const amd = { gpu: GpuModel.MI300X, instanceType: 'Standard_ND96isr_MI300X_v5' };
    expect(device(Gpu.any(4), amd)).toBe('amd.com/gpu');
    expect(device(Gpu.of(GpuModel.MI300X, 4), amd)).toBe('amd.com/gpu');
  });

  test('tolerates the taint of the vendor when there is no pool', () => {
    const amd = place({ gpu: Gpu.resource('amd.com/gpu', 1), cpu: Cpu.units(1), memory: Size.gibibytes(2) });
    expect(amd.tolerations).toEqual([{ key: 'amd.com/gpu', effect: TaintEffect.NO_SCHEDULE }]);
    const slice = place({ gpu: Gpu.mig('1g.10gb'), cpu: Cpu.units(1), memory: Size.gibibytes(2) });
    expect(slice.tolerations).toEqual([GPU_TOLERATION]);
  });

  test('knows that nodes of a spot pool may be taken away', () => {
    expect(place({ gpu: Gpu.h100(1), pool: pool({ capacityType: CapacityType.SPOT }) }).spot).toBe(true);
  });

  const drained = pool({ terminationGracePeriod: Duration.hours(12) });

  test('GPU026 fails for a run that a drain of its nodes may end', () => {
    expect(problems({ gpu: Gpu.h100(1), pool: drained, activeDeadline: Duration.minutes(721) })).toMatch(
      /GPU026: activeDeadline is 721m, and a drain of a node of pool training ends its pods after 12h\.\n.*Fix: Give at most 12h, or take a pool whose terminationGracePeriod is longer or not set\. Or Acknowledge/,
    );
  });

  test('GPU026 passes for a shorter run, for one that a drain waits for, and for what has no end', () => {
    expect(problems({ gpu: Gpu.h100(1), pool: drained, activeDeadline: Duration.hours(12) })).toBe('');
    expect(problems({ gpu: Gpu.h100(1), pool: pool(), activeDeadline: Duration.days(30) })).toBe('');
    expect(problems({ gpu: Gpu.h100(1), pool: drained })).toBe('');
  });

  test('GPU001 fails for another model than the pool has', () => {
    expect(problems({ gpu: Gpu.h200(1), pool: pool() })).toMatch(
      /GPU001: the GPU is h200, and pool training has h100-sxm\.\n.*Fix: Ask for h100-sxm, or take another pool\./,
    );
  });

  test('GPU001 fails for another model than the pools of the queue have', () => {
    const profile = profileOf({
      pools: { h100: H100, l4: { gpu: GpuModel.L4, instanceType: 'g6.xlarge' } },
      queues: [{ name: 'research', pools: ['h100', 'l4'] }],
    });
    expect(problems({ gpu: Gpu.h200(1), queue: QUEUE }, profile)).toMatch(
      /GPU001: the GPU is h200, and queue research gives h100-sxm, l4\./,
    );
    expect(ids({ gpu: Gpu.l4(1), queue: QUEUE }, profile)).toEqual([]);
  });

  test('GPU001 passes for the model of the pool, and for any GPU', () => {
    expect(ids({ gpu: Gpu.h100(1), pool: pool() })).toEqual([]);
    expect(ids({ gpu: Gpu.any(1), pool: pool() })).toEqual([]);
  });

  test('GPU002 fails for more devices than a node has', () => {
    expect(problems({ gpu: Gpu.h100(9), pool: pool() })).toMatch(
      /GPU002: a pod asks for 9 devices, and a node of pool training has 8\./,
    );
  });

  test('GPU002 passes for as many as a node has', () => {
    expect(ids({ gpu: Gpu.h100(8), pool: pool() })).toEqual([]);
  });

  test('GPU003 fails for more nodes than the pool has', () => {
    expect(problems({ gpu: Gpu.h100(8), nodes: 4, pool: pool() })).toMatch(
      /GPU003: the gang needs 4 nodes, and pool training has at most 3\./,
    );
  });

  test('GPU003 passes for as many nodes, and for a pool of unknown size', () => {
    expect(ids({ gpu: Gpu.h100(8), nodes: 3, pool: pool() })).toEqual([]);
    expect(ids({ gpu: Gpu.h100(8), nodes: 400, pool: pool({ maxNodes: undefined }) })).toEqual([]);
  });

  const queued = profileOf({
    pools: { training: H100, other: { ...H100, nodeSelector: { 'example.com/pool': 'other' } } },
    queues: [{ name: 'research', pools: ['other'] }],
  });

  test('GPU004 fails for a pool that is not among those of the queue', () => {
    expect(problems({ gpu: Gpu.h100(1), pool: pool(), queue: QUEUE }, queued)).toMatch(
      /GPU004: pool training is not among the pools of queue research \(other\)\./,
    );
  });

  test('GPU004 passes for a pool of the queue, and when nothing is known of its pools', () => {
    const own = { ...pool(), poolName: 'other' };
    expect(ids({ gpu: Gpu.h100(1), pool: own, queue: QUEUE }, queued)).toEqual([]);
    expect(ids({ gpu: Gpu.h100(1), pool: pool(), queue: QUEUE })).toEqual([]);
  });

  test('GPU005 fails for tolerations beside a queue', () => {
    expect(problems({ gpu: Gpu.h100(1), queue: QUEUE, tolerations: [LATE] })).toMatch(
      /GPU005: tolerations are set beside queue research, whose flavor says them\./,
    );
  });

  test('GPU005 passes for tolerations without a queue, and a queue without tolerations', () => {
    expect(ids({ gpu: Gpu.h100(1), tolerations: [LATE] })).toEqual([]);
    expect(ids({ gpu: Gpu.h100(1), queue: QUEUE, tolerations: [] })).toEqual([]);
  });

  const SHARED = [
    ['slices of one profile', GpuSharing.migSingle('1g.10gb'), 'mig-single'],
    ['slices of several profiles', GpuSharing.migMixed(), 'mig-mixed'],
    ['turns', GpuSharing.timeSliced({ replicas: 4 }), 'time-sliced'],
  ] as const;

  test.each(SHARED)('GPU006 fails for two %s', (_, sharing, strategy) => {
    expect(problems({ gpu: Gpu.any(2), pool: pool({ sharing }) })).toMatch(
      new RegExp(`GPU006: a pod asks for 2 devices of pool training, whose GPUs are shared \\(${strategy}\\)\\.`),
    );
  });

  test('GPU006 passes for one share, and for two whole GPUs', () => {
    expect(ids({ gpu: Gpu.any(1), pool: pool({ sharing: GpuSharing.timeSliced({ replicas: 4 }) }) })).toEqual([]);
    expect(ids({ gpu: Gpu.any(2), pool: pool() })).toEqual([]);
  });

  test('GPU007 fails for more CPU or memory than a node has beside its DaemonSets', () => {
    const request = { gpu: Gpu.h100(8), pool: pool() };
    expect(problems({ ...request, cpu: Cpu.millis(189451) })).toMatch(
      /GPU007: cpu is 189451m, and a node of pool training has 189450m beside its DaemonSets\./,
    );
    expect(problems({ ...request, memory: Size.mebibytes(1922027) })).toMatch(
      /GPU007: memory is 1922027Mi, and a node of pool training has 1922026Mi beside its DaemonSets\./,
    );
  });

  test('GPU007 passes for all that a node has, and for nodes of unknown size', () => {
    const all = { gpu: Gpu.h100(8), cpu: Cpu.millis(189450), memory: Size.mebibytes(1922026) };
    expect(ids({ ...all, pool: pool() })).toEqual([]);
    expect(ids({ ...all, pool: pool({ instanceType: 'dgx-h100', gpusPerNode: 8 }) })).toEqual([]);
  });

  test('GPU008 fails for the CPU and memory that are neither said nor known', () => {
    expect(problems({ gpu: Gpu.any(1), memory: Size.gibibytes(2) })).toMatch(
      /^GPU008: cpu is not set, and the share of a node with nvidia\.com\/gpu is not known\.\n.*Fix: Set cpu, or/,
    );
    expect(ids({ gpu: Gpu.any(1) })).toEqual(['GPU008', 'GPU008']);
  });

  test('GPU008 passes when they are said, or known of the pool or model', () => {
    expect(ids({ gpu: Gpu.any(1), cpu: Cpu.units(1), memory: Size.gibibytes(2) })).toEqual([]);
    expect(ids({ gpu: Gpu.any(1), pool: pool() })).toEqual([]);
    expect(ids({ gpu: Gpu.h100(1) })).toEqual([]);
  });

  const inPool = (gpu: Gpu, sharing: GpuSharing, gpuModel = GpuModel.H100): string =>
    problems({ gpu, pool: pool({ sharing, gpu: gpuModel }) });

  test('GPU009 fails for a slice where GPUs are not cut like that', () => {
    const slice = Gpu.mig('1g.10gb');
    expect(inPool(slice, GpuSharing.whole())).toMatch(
      /GPU009: the pod asks for a slice 1g\.10gb, and the GPUs of pool training are whole, as nvidia\.com\/gpu\.\n.*Gpu\.any\(1\)/,
    );
    expect(inPool(slice, GpuSharing.migSingle('2g.20gb'))).toMatch(
      /GPU009: .* are shared as mig-single 2g\.20gb\.\n.*Fix: Ask for Gpu\.mig\('2g\.20gb'\)\./,
    );
    expect(inPool(slice, GpuSharing.timeSliced({ replicas: 2 }))).toMatch(/GPU009: .* are shared as time-sliced\./);
    expect(inPool(Gpu.mig('1g.5gb'), GpuSharing.migMixed())).toMatch(
      /GPU009: .* a slice 1g\.5gb.* mig-mixed\.\n.*Fix: Ask for Gpu\.mig\(\.\.\.\) with one of 1g\.10gb, 1g\.10gb\.me, /,
    );
  });

  test('GPU009 fails for a whole GPU where they are cut into slices of several profiles', () => {
    expect(inPool(Gpu.h100(1), GpuSharing.migMixed())).toMatch(/GPU009: the pod asks for a whole GPU, /);
  });

  test('GPU009 fails for the devices of another vendor', () => {
    const request = { cpu: Cpu.units(1), memory: Size.gibibytes(2), pool: pool() };
    expect(problems({ ...request, gpu: Gpu.resource('amd.com/gpu', 8) })).toMatch(
      /GPU009: the pod asks for amd\.com\/gpu, and the GPUs of pool training are whole, as nvidia\.com\/gpu\./,
    );
    expect(problems({ ...request, gpu: Gpu.resource('aws.amazon.com/neuron', 1) })).toMatch(/GPU009/);
  });

  test('GPU009 passes for what the pool offers, and for resources that nobody here knows', () => {
    expect(inPool(Gpu.mig('1g.10gb'), GpuSharing.migSingle('1g.10gb'))).toBe('');
    expect(inPool(Gpu.mig('1g.10gb'), GpuSharing.migMixed())).toBe('');
    expect(inPool(Gpu.mig('1g.10gb.me'), GpuSharing.migMixed())).toBe('');
    expect(inPool(Gpu.resource('nvidia.com/mig-1g.10gb', 1), GpuSharing.migMixed())).toBe('');
    expect(inPool(Gpu.any(1), GpuSharing.migSingle('1g.10gb'))).toBe('');
    expect(inPool(Gpu.resource('example.com/gpu', 1), GpuSharing.whole())).toBe('');
  });

  test('GPU010 fails for a model that no label tells apart on the provider', () => {
    const request = { gpu: Gpu.l40s(1), cpu: Cpu.units(1), memory: Size.gibibytes(2) };
    expect(problems(request, profileOf({ provider: Provider.GCP }))).toMatch(
      /GPU010: no node label is known that tells l40s apart on gcp\./,
    );
  });

  test('GPU010 passes where a label, a pool or a queue does', () => {
    const gcp = profileOf({ provider: Provider.GCP });
    const request = { gpu: Gpu.l40s(1), cpu: Cpu.units(1), memory: Size.gibibytes(2) };
    expect(ids(request)).toEqual([]);
    expect(ids({ ...request, queue: QUEUE }, gcp)).toEqual([]);
    const l40s = pool({ gpu: GpuModel.L40S, instanceType: undefined, gpusPerNode: 4, nodeSelector: { pool: 'l40s' } });
    expect(ids({ ...request, pool: l40s }, gcp)).toEqual([]);
  });

  test('GPU011 fails for more GPUs than machines mostly have', () => {
    expect(problems({ gpu: Gpu.h100(9) })).toMatch(/GPU011: a pod asks for 9 GPUs, and machines mostly have 8\./);
  });

  test('GPU011 passes for 8, and for more in a pool that has them', () => {
    expect(ids({ gpu: Gpu.h100(8) })).toEqual([]);
    const a100 = pool({ gpu: GpuModel.A100_40GB, instanceType: 'a2-megagpu-16g' });
    expect(ids({ gpu: Gpu.of(GpuModel.A100_40GB, 16), pool: a100 })).toEqual([]);
  });

  test('names the pools of the profile that could take the workload', () => {
    const profile = profileOf({
      pools: { small: { gpu: GpuModel.L4, instanceType: 'g6.xlarge' }, big: { ...H100, maxNodes: 9 } },
    });
    const small = { poolName: 'small', placement: resolvePool('small', profile.pools.small, profile).placement };
    const [model, count] = place({ gpu: Gpu.h100(8), nodes: 9, pool: small }, profile).problems;
    expect(model.fix).toBe('Ask for l4, or take pool big.');
    expect(count.fix).toBe('Ask for at most 1 per pod, or take pool big.');
    expect(place({ gpu: Gpu.h100(8), nodes: 10, pool: small }, profile).problems[0].fix).toBe(
      'Ask for l4, or take another pool.',
    );
  });
});
