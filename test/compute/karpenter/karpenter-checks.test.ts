import { Chart, Duration, Testing } from 'cdk8s';
import {
  Acknowledge,
  CapacityType,
  Component,
  DisruptionBudget,
  DisruptionReason,
  GpuModel,
  GpuNodePool,
  GpuSharing,
  NodeClass,
  NodeRequirement,
  NodeTimer,
  Provider,
  Provisioner,
  Schedule,
} from 'cdk8s-ml';
import { complaint } from '../../complaints';
import { chartOn, KARPENTER, poolOn, problems } from './fixtures';

const { karpenter, ...entry } = KARPENTER;
const anyH100 = { instanceType: undefined, gpusPerNode: 8 };
const kwok = NodeClass.named('gpu', { group: 'karpenter.kwok.sh', kind: 'KWOKNodeClass' });
const { EMPTY, DRIFTED, UNDERUTILIZED } = DisruptionReason;

/** What is wrong with a pool that says nothing of Karpenter but by these props. */
const plainly = (props: object): string =>
  new GpuNodePool(chartOn(), 'training', { ...entry, ...props }).node.validate().join('\n');

describe('GpuNodePool with Karpenter', () => {
  test('has no problems as it is', () => {
    expect(problems()).toBe('');
  });

  test('CLU003 fails when the profile has no Karpenter', () => {
    expect(problems({}, { components: [Component.KUEUE] })).toMatch(
      /CLU003: Karpenter makes the nodes of pool training, but the profile lab has no Karpenter\.\n.*Fix: Set provisioner to Provisioner\.STATIC, or add Component\.KARPENTER/,
    );
  });

  test('CLU003 passes without a profile', () => {
    const chart = new Chart(Testing.app(), 'platform');
    expect(new GpuNodePool(chart, 'x', { ...entry, karpenter: { nodeClass: kwok } }).node.validate()).toEqual([]);
  });

  test('GPU012 fails without a node class, and says how to name one', () => {
    expect(plainly({ provisioner: Provisioner.KARPENTER })).toMatch(
      /GPU012: Karpenter makes the nodes of pool training, and no node class is named\.\n.*Fix: Set karpenter: \{ nodeClass: NodeClass\.named\('gpu'\) \}/,
    );
    const nothing = complaint(() => plainly({ karpenter: {} }));
    expect(nothing).toContain('COR003: karpenter.nodeClass is not set.');
  });

  test('GPU012 fails for a node class of no known kind', () => {
    expect(problems({ instanceType: 'dgx-h100', gpusPerNode: 8 }, { provider: Provider.ON_PREMISES })).toMatch(
      /GPU012: the kind of node class gpu is not known: on-premises has none of its own\.\n.*Fix: Write NodeClass\.named\('gpu', \{ group, kind \}\)/,
    );
  });

  test('GPU012 passes for a node class whose kind is given or follows from the provider', () => {
    expect(problems({ karpenter: { nodeClass: kwok } }, { provider: Provider.ON_PREMISES })).toBe('');
    expect(problems({ provisioner: Provisioner.KARPENTER })).toBe('');
  });

  test('GPU013 fails for options of Karpenter on nodes that it does not make', () => {
    expect(problems({ provisioner: Provisioner.STATIC })).toMatch(
      /GPU013: karpenter is set, and provisioner of pool training is static\.\n.*Fix: Remove karpenter, or set/,
    );
  });

  test('GPU013 passes where the provisioner is not said, since it follows', () => {
    expect(plainly({ karpenter })).toBe('');
  });

  test('GPU014 fails when no machine type is known', () => {
    expect(problems({ ...anyH100, gpusPerNode: 3 })).toMatch(
      /GPU014: no machine type with 3 x h100-sxm is known for pool training on aws\.\n.*Fix: Set instanceType, or karpenter\.instanceTypes/,
    );
    const zone = [NodeRequirement.exists('topology.kubernetes.io/region')];
    expect(problems({ ...anyH100, gpusPerNode: 3, karpenter: { requirements: zone } })).toContain('GPU014');
  });

  test('GPU014 passes for types that are listed, of the catalogue, or told apart by labels of the provider', () => {
    expect(problems({ ...anyH100, gpusPerNode: 3, karpenter: { instanceTypes: ['lab.3xh100'] } })).toBe('');
    expect(problems(anyH100)).toBe('');
    const requirements = [NodeRequirement.oneOf('eks.amazonaws.com/instance-gpu-name', 'h100')];
    expect(problems({ ...anyH100, gpusPerNode: 3, karpenter: { requirements } })).toBe('');
  });

  test('CLU007 fails for machine types that are not alike', () => {
    const instanceTypes = ['p5.48xlarge', 'p5en.48xlarge', 'p5.4xlarge', 'Standard_ND96isr_H100_v5'];
    const found = problems({ ...anyH100, karpenter: { instanceTypes } });
    expect(found).toContain('p5en.48xlarge, whose GPU is h200, and the pool has h100-sxm.');
    expect(found).toContain('p5.4xlarge, which has 1 GPUs, and a node of the pool has 8.');
    expect(found).toContain('Standard_ND96isr_H100_v5, which is of azure, and the nodes are of aws.');
    expect(found.match(/CLU007/g)).toHaveLength(3);
    expect(problems({ gpusPerNode: 4 })).toContain('CLU007: instanceType has p5.48xlarge, which has 8 GPUs');
    expect(problems({}, { provider: Provider.AZURE })).toContain(
      'CLU007: instanceType has p5.48xlarge, which is of aws',
    );
  });

  test('CLU007 fails for a machine type of the pool beside others', () => {
    expect(problems({ karpenter: { instanceTypes: ['p5.48xlarge', 'lab.8xh100'] } })).toMatch(
      /CLU007: instanceType is p5\.48xlarge, and karpenter\.instanceTypes is p5\.48xlarge, lab\.8xh100\.\n.*Fix: Set one of the two; with several types set gpusPerNode\./,
    );
    expect(problems({ karpenter: { instanceTypes: ['p5.48xlarge'] } })).toBe('');
  });

  test('GPU017 fails when workloads would not know that nodes may be taken away', () => {
    const capacityTypes = [CapacityType.ON_DEMAND, CapacityType.SPOT];
    expect(problems({ karpenter: { capacityTypes } })).toMatch(
      /GPU017: the capacity types are on-demand, spot, and capacityType is on-demand\.\n.*Fix: Set capacityType to CapacityType\.SPOT/,
    );
  });

  test('GPU017 fails when the capacity type of the pool is none of those', () => {
    const capacityTypes = [CapacityType.RESERVED];
    expect(problems({ karpenter: { capacityTypes } })).toMatch(
      /GPU017: .*\n.*Fix: Add 'on-demand', or change capacityType\./,
    );
  });

  test('GPU017 fails for reserved nodes on Azure', () => {
    const azure = { instanceType: 'Standard_ND96isr_H100_v5', capacityType: CapacityType.RESERVED };
    expect(problems(azure, { provider: Provider.AZURE })).toContain('Karpenter on Azure knows no reserved ones');
  });

  test('GPU017 passes for capacity types that the pool says', () => {
    const capacityTypes = [CapacityType.ON_DEMAND, CapacityType.SPOT];
    expect(problems({ capacityType: CapacityType.SPOT, karpenter: { capacityTypes } })).toBe('');
    expect(problems({ capacityType: CapacityType.RESERVED })).toBe('');
  });

  test('GPU018 fails when nothing bounds the nodes', () => {
    expect(problems({ maxNodes: undefined })).toMatch(
      /GPU018: nothing bounds how many nodes of pool training Karpenter makes\.\n.*Fix: Set maxNodes, or karpenter\.limits of nodes or nvidia\.com\/gpu\. Or Acknowledge/,
    );
    expect(problems({ maxNodes: undefined, karpenter: { limits: { cpu: '100' } } })).toContain('GPU018');
  });

  test('GPU018 passes with a bound on nodes or GPUs, or with a reason', () => {
    for (const limits of [{ nodes: '5' }, { 'nvidia.com/gpu': '40' }] as { [resource: string]: string }[])
      expect(problems({ maxNodes: undefined, karpenter: { limits } })).toBe('');
    const pool = poolOn(chartOn(), { maxNodes: undefined });
    Acknowledge.of(pool).add('GPU018', 'The quota of the account is the bound.');
    expect(pool.node.validate()).toEqual([]);
  });

  const always = DisruptionBudget.nodes(0);

  test('GPU019 fails when empty nodes stay', () => {
    expect(problems({ karpenter: { consolidateAfter: NodeTimer.never() } })).toContain(
      'GPU019: consolidateAfter is never, so empty nodes of pool training stay.',
    );
    for (const budget of [always, DisruptionBudget.percent(0, { reasons: [EMPTY, DRIFTED] })])
      expect(problems({ karpenter: { budgets: [DisruptionBudget.nodes(3), budget] } })).toContain(
        'GPU019: a budget of no nodes always holds',
      );
  });

  test('GPU019 passes when empty nodes go at times, and for nodes that are paid anyway', () => {
    const night = { schedule: Schedule.expression('@daily'), duration: Duration.hours(8) };
    expect(problems({ karpenter: { budgets: [DisruptionBudget.nodes(0, night)] } })).toBe('');
    expect(problems({ karpenter: { budgets: [DisruptionBudget.nodes(0, { reasons: [UNDERUTILIZED] })] } })).toBe('');
    const reserved = { capacityType: CapacityType.RESERVED };
    expect(problems({ ...reserved, karpenter: { consolidateAfter: NodeTimer.never(), budgets: [always] } })).toBe('');
  });

  const terminationGracePeriod = Duration.hours(90);

  test('GPU020 fails when drift may end runs', () => {
    const budgets = [DisruptionBudget.nodes(1)];
    expect(problems({ terminationGracePeriod, karpenter: { budgets } })).toMatch(
      /GPU020: terminationGracePeriod is set, and the budgets let drift take nodes of pool training in use\.\n.*Fix: Add DisruptionBudget\.nodes\(0, \{ reasons: \[DisruptionReason\.DRIFTED\] \}\)\./,
    );
  });

  test('GPU020 passes when drift waits for empty nodes, and when a drain waits for pods', () => {
    expect(problems({ terminationGracePeriod })).toBe('');
    expect(problems({ karpenter: { budgets: [DisruptionBudget.nodes(1)] } })).toBe('');
  });

  test('GPU021 fails for GPUs that are shared under a name that Karpenter does not know', () => {
    expect(problems({ sharing: GpuSharing.migMixed() })).toContain(
      'GPU021: the nodes of pool training offer MIG slices by their profile, and Karpenter knows of nvidia.com/gpu only.',
    );
    expect(problems({ sharing: GpuSharing.timeSliced({ replicas: 3, renamed: true }) })).toContain(
      'GPU021: the nodes of pool training offer nvidia.com/gpu.shared',
    );
  });

  test('GPU021 passes for whole GPUs, and for those that are shared under their own name', () => {
    expect(problems({ sharing: GpuSharing.whole() })).toBe('');
    expect(problems({ sharing: GpuSharing.migSingle('1g.10gb') })).toBe('');
  });

  test('GPU022 fails for a pool that is not as the profile has it', () => {
    expect(problems({}, { pools: { training: entry } })).toContain('provisioner (here karpenter, there static)');
  });

  test('GPU022 passes for a pool that is', () => {
    expect(problems({}, { pools: { training: { ...entry, provisioner: Provisioner.KARPENTER } } })).toBe('');
  });

  test('GPU024 fails for nodes that should always be there', () => {
    expect(problems({ minNodes: 2 })).toMatch(
      /GPU024: minNodes is 2, and Karpenter keeps no node of pool training that is empty\.\n.*Fix: Leave minNodes out/,
    );
  });

  test('GPU024 passes for none', () => {
    expect(problems({ minNodes: 0 })).toBe('');
  });

  test('GPU025 fails for a limit below what the most nodes have', () => {
    expect(problems({ karpenter: { limits: { 'nvidia.com/gpu': '31' } } })).toMatch(
      /GPU025: karpenter\.limits\.nvidia\.com\/gpu is 31, and 4 nodes \(maxNodes\) have 32\.\n.*Fix: Give at least 32, or lower maxNodes\./,
    );
    expect(problems({ karpenter: { limits: { memory: '8191Gi', nodes: '3' } } }).match(/GPU025/g)).toHaveLength(2);
  });

  test('GPU025 passes for as much, and for what is not known of the nodes', () => {
    expect(problems({ karpenter: { limits: { memory: '8192Gi', 'vpc.amazonaws.com/efa': '1' } } })).toBe('');
  });

  test('says everything that is wrong with a pool at once', () => {
    const found = problems({
      gpu: GpuModel.custom('hopper-next'),
      ...anyH100,
      minNodes: 1,
      maxNodes: undefined,
      karpenter: { consolidateAfter: NodeTimer.never(), labels: { 'kubernetes.io/hostname': 'x' } },
    });
    expect(found.match(/GPU\d+(?=: )/g)).toEqual(['GPU014', 'GPU015', 'GPU024', 'GPU018', 'GPU019']);
  });
});
