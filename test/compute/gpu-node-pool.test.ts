import { Chart, Duration, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import type { ClusterProfileProps, Diagnostic, GpuNodePoolProps } from '../../src';
import {
  CapacityType,
  ClusterProfile,
  Component,
  DiagnosticError,
  GpuModel,
  GpuNodePool,
  GpuSharing,
  Provider,
  Provisioner,
  TaintEffect,
} from '../../src';

const GPU_TAINT = { key: 'nvidia.com/gpu', effect: TaintEffect.NO_SCHEDULE };

function chartOn(profile: Partial<ClusterProfileProps> = {}): Chart {
  const chart = new Chart(Testing.app(), 'platform');
  ClusterProfile.attach(chart, new ClusterProfile({ name: 'lab', provider: Provider.AWS, ...profile }));
  return chart;
}

const minimal: GpuNodePoolProps = { gpu: GpuModel.H100, instanceType: 'p5.48xlarge' };

const make = (props: Partial<GpuNodePoolProps> = {}, profile: Partial<ClusterProfileProps> = {}): GpuNodePool =>
  new GpuNodePool(chartOn(profile), 'training', { ...minimal, ...props });

/** What is wrong with a pool, as synthesis says it. */
const problems = (props: Partial<GpuNodePoolProps>, profile: Partial<ClusterProfileProps> = {}): string =>
  make(props, profile).node.validate().join('\n');

function refusal(call: () => unknown): Diagnostic {
  try {
    call();
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics[0];
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('GpuNodePool', () => {
  test('needs a model and a machine type only', () => {
    const pool = make();
    expect(pool.node.validate()).toEqual([]);
    expect(pool.poolName).toBe('training');
    expect(pool.placement).toEqual({
      nodeSelector: { 'node.kubernetes.io/instance-type': 'p5.48xlarge' },
      tolerations: [GPU_TAINT],
      gpu: GpuModel.H100,
      resourceName: 'nvidia.com/gpu',
      gpusPerNode: 8,
      devicesPerNode: 8,
      sharing: GpuSharing.whole(),
      capacityType: CapacityType.ON_DEMAND,
      usableCpuMillis: 189450,
      usableMemoryMib: 1922026,
      efaInterfaces: 32,
    });
  });

  test('takes everything that is said', () => {
    const all: Omit<Required<GpuNodePoolProps>, 'karpenter'> = {
      name: 'shared-h100',
      gpu: GpuModel.H100,
      instanceType: 'p5.4xlarge',
      gpusPerNode: 3,
      nodeCpu: Cpu.millis(15000),
      nodeMemory: Size.gibibytes(120),
      provisioner: Provisioner.STATIC,
      capacityType: CapacityType.SPOT,
      nodeSelector: { 'example.com/pool': 'shared' },
      taints: [{ key: 'example.com/gpu', value: 'h100', effect: TaintEffect.NO_EXECUTE }],
      minNodes: 2,
      maxNodes: 5,
      terminationGracePeriod: Duration.hours(30),
      sharing: GpuSharing.migSingle('1g.20gb'),
    };
    const pool = make(all);
    expect(pool.node.validate()).toEqual([]);
    expect(pool.poolName).toBe('shared-h100');
    expect(pool.placement).toEqual({
      nodeSelector: { 'example.com/pool': 'shared' },
      tolerations: [{ key: 'example.com/gpu', value: 'h100', effect: TaintEffect.NO_EXECUTE }],
      gpu: GpuModel.H100,
      resourceName: 'nvidia.com/gpu',
      gpusPerNode: 3,
      devicesPerNode: 12,
      sharing: all.sharing,
      capacityType: CapacityType.SPOT,
      maxNodes: 5,
      terminationGracePeriod: all.terminationGracePeriod,
      usableCpuMillis: 13500,
      usableMemoryMib: 110592,
      efaInterfaces: 1,
    });
  });

  test('renders nothing for nodes that something else makes', () => {
    const chart = chartOn();
    const pool = new GpuNodePool(chart, 'training', minimal);
    expect(Testing.synth(chart)).toEqual([]);
    expect(pool.resource).toBeUndefined();
    expect(pool.provisioner).toBe(Provisioner.STATIC);
  });

  test('keeps what it was given when the caller changes it later', () => {
    const nodeSelector = { 'example.com/pool': 'a' };
    const pool = make({ nodeSelector });
    nodeSelector['example.com/pool'] = 'b';
    expect(pool.placement.nodeSelector).toEqual({ 'example.com/pool': 'a' });
  });

  test('selects nodes of Karpenter by the name of the pool', () => {
    expect(make({ name: 'h100-a', provisioner: Provisioner.KARPENTER }).placement.nodeSelector).toEqual({
      'cdk8s-ml.dev/pool': 'h100-a',
    });
  });

  test('selects nodes of any machine type by the label of the GPU model', () => {
    const props = { gpu: GpuModel.L4, instanceType: undefined, gpusPerNode: 2 };
    expect(make(props, { provider: Provider.GCP }).placement.nodeSelector).toEqual({
      'cloud.google.com/gke-accelerator': 'nvidia-l4',
    });
    const a100 = { ...props, gpu: GpuModel.A100_40GB };
    expect(make(a100, { components: [Component.KARPENTER] }).placement.nodeSelector).toEqual({
      'karpenter.k8s.aws/instance-gpu-name': 'a100',
      'karpenter.k8s.aws/instance-gpu-memory': '40960',
    });
  });

  test.each([
    ['whole GPUs', GpuSharing.whole(), 'nvidia.com/gpu', 8],
    ['slices of one profile', GpuSharing.migSingle('3g.40gb'), 'nvidia.com/gpu', 16],
    ['slices of several profiles', GpuSharing.migMixed(), 'nvidia.com/gpu', 8],
    ['turns', GpuSharing.timeSliced({ replicas: 5 }), 'nvidia.com/gpu', 40],
    ['turns under another name', GpuSharing.timeSliced({ replicas: 3, renamed: true }), 'nvidia.com/gpu.shared', 24],
  ])('counts %s of a node', (_, sharing, resourceName, devicesPerNode) => {
    expect(make({ sharing }).placement).toMatchObject({ resourceName, devicesPerNode, gpusPerNode: 8 });
  });

  test('offers the resource of the vendor', () => {
    const amd = make({ gpu: GpuModel.MI300X, instanceType: 'Standard_ND96isr_MI300X_v5' });
    expect(amd.placement.resourceName).toBe('amd.com/gpu');
    const unknown = make({ gpu: GpuModel.custom('hopper-next'), instanceType: 'x9.large', gpusPerNode: 4 });
    expect(unknown.placement.resourceName).toBe('nvidia.com/gpu');
  });

  test('tolerates the taint that Azure puts on spot nodes, and no other provider does', () => {
    const spot = { capacityType: CapacityType.SPOT };
    expect(make(spot, { provider: Provider.AZURE }).placement.tolerations).toEqual([
      GPU_TAINT,
      { key: 'kubernetes.azure.com/scalesetpriority', value: 'spot', effect: TaintEffect.NO_SCHEDULE },
    ]);
    expect(make(spot).placement.tolerations).toEqual([GPU_TAINT]);
    expect(make({ taints: [] }).placement.tolerations).toEqual([]);
  });

  test('tolerates the taint of the vendor', () => {
    const amd = make({ gpu: GpuModel.MI300X, instanceType: 'Standard_ND96isr_MI300X_v5' });
    expect(amd.placement.tolerations).toEqual([{ key: 'amd.com/gpu', effect: TaintEffect.NO_SCHEDULE }]);
  });

  test('CLU007 fails when the GPUs of a node are not known', () => {
    expect(problems({ instanceType: undefined, nodeSelector: { pool: 'a' } })).toMatch(
      /CLU007: the number of GPUs of a node of pool training is not known\./,
    );
    expect(problems({ instanceType: 'p5.96xlarge' })).toMatch(/CLU007/);
  });

  test('CLU007 fails when the machine type has another model', () => {
    expect(problems({ gpu: GpuModel.H200 })).toMatch(
      /CLU007: pool training says h200, and p5\.48xlarge has h100-sxm\.\n.*Fix: Correct gpu or instanceType\./,
    );
  });

  test('CLU007 passes with a number of GPUs, or a machine type of the catalogue', () => {
    expect(problems({ instanceType: 'dgx-h100', gpusPerNode: 8 })).toBe('');
    expect(problems({})).toBe('');
  });

  test('CLU008 fails when no label is known that only the nodes have', () => {
    const anyMachine = { instanceType: undefined, gpusPerNode: 8 };
    expect(problems({ ...anyMachine, gpu: GpuModel.custom('hopper-next') })).toMatch(
      /CLU008: no label is known that only the nodes of pool training have on aws\./,
    );
    // one nodeSelector cannot say either of two values
    expect(problems(anyMachine, { provider: Provider.GCP })).toMatch(/CLU008/);
    expect(problems({ ...anyMachine, gpu: GpuModel.A100_80GB })).toMatch(/CLU008/);
  });

  test('CLU008 fails for a selector of no labels', () => {
    expect(problems({ nodeSelector: {} })).toMatch(/CLU008: the nodeSelector of pool training is empty/);
  });

  test('CLU008 passes for labels that are given', () => {
    const props = { instanceType: undefined, gpusPerNode: 8, nodeSelector: { 'example.com/gpu': 'a100' } };
    expect(problems({ ...props, gpu: GpuModel.A100_80GB })).toBe('');
  });

  test('CLU013 fails for a MIG profile that the model does not have', () => {
    expect(problems({ sharing: GpuSharing.migSingle('1g.5gb') })).toMatch(
      /CLU013: h100-sxm has no MIG profile 1g\.5gb.*\n.*Fix: Take one of 1g\.10gb, /,
    );
    const l4 = { gpu: GpuModel.L4, instanceType: 'g6.xlarge', sharing: GpuSharing.migSingle('1g.5gb') };
    expect(problems(l4)).toMatch(/CLU013: l4 has no MIG profile 1g\.5gb\.\n.*Fix: Share it another way\./);
  });

  test('CLU013 passes for a profile of the model, and for any of a model that the catalogue does not know', () => {
    expect(problems({ sharing: GpuSharing.migSingle('1g.10gb') })).toBe('');
    const unknown = { gpu: GpuModel.custom('hopper-next'), instanceType: 'x9.large', gpusPerNode: 4 };
    expect(problems({ ...unknown, sharing: GpuSharing.migSingle('1g.5gb') })).toBe('');
  });

  test('CLU014 fails when more nodes are always there than can be at most', () => {
    expect(problems({ minNodes: 4, maxNodes: 3 })).toMatch(/CLU014: minNodes is 4, and maxNodes is 3\./);
  });

  test('CLU014 passes for as many, and when nothing is known of the most', () => {
    expect(problems({ minNodes: 3, maxNodes: 3 })).toBe('');
    expect(problems({ minNodes: 4 })).toBe('');
  });

  const published = { pools: { training: minimal, other: { ...minimal, instanceType: 'p5.4xlarge' } } };

  test('GPU022 fails for a pool that is not as the profile has it', () => {
    expect(problems({ maxNodes: 4, capacityType: CapacityType.SPOT }, published)).toMatch(
      /GPU022: pool training is not as in the profile lab: capacityType \(here spot, there on-demand\), maxNodes \(here 4, there unknown\)\.\n.*Fix: Start from the entry of the profile \(\{ \.\.\.profile\.pools\['training'\], \.\.\. \}\), or correct the profile\./,
    );
    const cordoned = { taints: [{ key: 'example.com/gpu', value: 'a', effect: TaintEffect.NO_EXECUTE }] };
    expect(problems(cordoned, published)).toContain(
      'taints (here example.com/gpu=a:NoExecute, there nvidia.com/gpu:NoSchedule)',
    );
    expect(problems({ terminationGracePeriod: Duration.hours(30) }, published)).toContain(
      'terminationGracePeriod (here 30h, there none)',
    );
    expect(problems({ taints: [], sharing: GpuSharing.migSingle('1g.10gb') }, published)).toContain(
      'taints (here none, there nvidia.com/gpu:NoSchedule), sharing (here mig-single 1g.10gb nvidia.com/gpu, there whole',
    );
    expect(
      problems({}, { ...published, pools: { training: { ...minimal, provisioner: Provisioner.KARPENTER } } }),
    ).toMatch(
      /GPU022: .*provisioner \(here static, there karpenter\), nodeSelector \(here node\.kubernetes\.io\/instance-type=p5\.48xlarge, there cdk8s-ml\.dev\/pool=training\)/,
    );
  });

  test('GPU022 passes for a pool that says the same, and for one of another name', () => {
    expect(problems({ gpusPerNode: 8, capacityType: CapacityType.ON_DEMAND }, published)).toBe('');
    expect(problems({ name: 'new', maxNodes: 4 }, published)).toBe('');
  });

  test('says everything that is wrong with a pool at once', () => {
    const all = problems({ instanceType: 'p5.96xlarge', nodeSelector: {}, minNodes: 4, maxNodes: 3 });
    expect(all.match(/(CLU\d+):/g)).toEqual(['CLU007:', 'CLU008:', 'CLU014:']);
  });
});

describe('GpuNodePool.fromProfile', () => {
  const profile = { pools: { h100: minimal, spot: { ...minimal, instanceType: 'p5.4xlarge' } } };

  test('CLU001 fails for a pool that the profile does not have', () => {
    expect(refusal(() => GpuNodePool.fromProfile(chartOn(profile), 'h10'))).toMatchObject({
      id: 'CLU001',
      property: 'poolName',
      value: 'h10',
      path: 'platform',
      message: "the profile lab has no pool h10 (did you mean 'h100'?).",
      fix: 'Take one of h100, spot.',
    });
    expect(refusal(() => GpuNodePool.fromProfile(chartOn(), 'h100')).fix).toBe('Attach a profile that has it.');
    expect(refusal(() => GpuNodePool.fromProfile(chartOn(profile), 'constructor')).id).toBe('CLU001');
  });

  test('CLU001 passes for a pool of the profile, which is as one made here', () => {
    const pool = GpuNodePool.fromProfile(chartOn(profile), 'h100');
    expect(pool).toEqual({ poolName: 'h100', placement: make().placement });
  });

  test('takes a pool of Karpenter as it is, whoever made its NodePool', () => {
    const pools = { h100: { ...minimal, provisioner: Provisioner.KARPENTER } };
    const chart = chartOn({ pools });
    const { placement } = GpuNodePool.fromProfile(chart, 'h100');
    expect(placement.nodeSelector).toEqual({ 'cdk8s-ml.dev/pool': 'h100' });
    expect(placement.tolerations).toEqual([GPU_TAINT]);
    expect(Testing.synth(chart)).toEqual([]);
  });

  test('CLU008 fails when no label is known that only the nodes have', () => {
    const pools = { odd: { gpu: GpuModel.custom('hopper-next'), gpusPerNode: 4 } };
    expect(refusal(() => GpuNodePool.fromProfile(chartOn({ pools }), 'odd')).id).toBe('CLU008');
  });
});
