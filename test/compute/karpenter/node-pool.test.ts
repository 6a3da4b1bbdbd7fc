import { ApiObject, App, Chart, Cron, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import type { GpuNodePoolProps, KarpenterOptions } from 'cdk8s-ml';
import {
  Acknowledge,
  Architecture,
  CapacityType,
  ConsolidationPolicy,
  Delivery,
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
  TaintEffect,
} from 'cdk8s-ml';
import { expectValidManifest } from '../../schema';
import type { Changes, Profile } from './fixtures';
import { chartOn, KARPENTER, nodePoolOf, poolOn } from './fixtures';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
const templateOf = (changes?: Changes, profile?: Profile): any => nodePoolOf(changes, profile).spec.template;

/** Values of the requirement on a label; undefined when there is none. */
function required(key: string, changes?: Changes, profile?: Profile): string[] | undefined {
  const { requirements } = templateOf(changes, profile).spec as { requirements: { key: string; values: string[] }[] };
  return requirements.find((one) => one.key === key)?.values;
}

const TYPE = 'node.kubernetes.io/instance-type';
const anyH100 = { instanceType: undefined, gpusPerNode: 8 };

describe('GpuNodePool with Karpenter', () => {
  test('minimal', () => {
    expect(nodePoolOf()).toMatchSnapshot();
  });

  test('everything', () => {
    const karpenter: Required<KarpenterOptions> = {
      nodeClass: NodeClass.named('gpu-spot', { group: 'karpenter.kwok.sh', kind: 'KWOKNodeClass' }),
      instanceTypes: ['p5.48xlarge', 'lab.8xh100'],
      capacityTypes: [CapacityType.SPOT, CapacityType.ON_DEMAND],
      zones: ['eu-central-1a', 'eu-central-1b'],
      arch: Architecture.ARM64,
      requirements: [
        NodeRequirement.oneOf('karpenter.k8s.aws/instance-family', 'p5', 'p5en'),
        NodeRequirement.noneOf('karpenter.k8s.aws/instance-size', 'metal'),
        NodeRequirement.exists('karpenter.k8s.aws/instance-local-nvme'),
        NodeRequirement.doesNotExist('karpenter.k8s.aws/instance-accelerator-name'),
        NodeRequirement.above('karpenter.k8s.aws/instance-network-bandwidth', 99999),
        NodeRequirement.below('karpenter.k8s.aws/instance-generation', 7),
      ],
      labels: { team: 'nlp', 'example.com/empty': '' },
      startupTaints: [{ key: 'example.com/driver', value: '', effect: TaintEffect.NO_EXECUTE }],
      consolidationPolicy: ConsolidationPolicy.WHEN_EMPTY_OR_UNDERUTILIZED,
      consolidateAfter: NodeTimer.after(Duration.minutes(7)),
      budgets: [
        DisruptionBudget.nodes(0, {
          reasons: [DisruptionReason.UNDERUTILIZED, DisruptionReason.DRIFTED],
          schedule: Cron.schedule({ minute: '0', hour: '6', weekDay: '1-5' }),
          duration: Duration.hours(12),
        }),
        DisruptionBudget.percent(30),
      ],
      expireAfter: NodeTimer.after(Duration.days(5)),
      limits: { cpu: '3000', 'vpc.amazonaws.com/efa': '160' },
      weight: 17,
    };
    const all: Omit<Required<GpuNodePoolProps>, 'instanceType' | 'minNodes'> = {
      karpenter,
      name: 'shared-h100',
      gpu: GpuModel.H100,
      gpusPerNode: 8,
      nodeCpu: Cpu.units(180),
      nodeMemory: Size.gibibytes(1800),
      provisioner: Provisioner.KARPENTER,
      capacityType: CapacityType.SPOT,
      nodeSelector: { 'example.com/pool': 'shared', 'karpenter.k8s.aws/instance-hypervisor': 'nitro' },
      taints: [{ key: 'example.com/gpu', value: 'h100', effect: TaintEffect.NO_SCHEDULE }],
      maxNodes: 5,
      terminationGracePeriod: Duration.hours(80),
      sharing: GpuSharing.timeSliced({ replicas: 3 }),
    };
    const chart = chartOn();
    const pool = new GpuNodePool(chart, 'training', all);
    Acknowledge.of(pool).add('GPU020', 'Images of this lab change once a year.');
    const [nodePool] = Testing.synth(chart) as object[];
    expectValidManifest(nodePool);
    expect(nodePool).toMatchSnapshot();
  });

  test('is called as the pool, of the cluster and of no namespace', () => {
    const { apiVersion, kind, metadata } = nodePoolOf({ name: 'h100-a' });
    expect({ apiVersion, kind }).toEqual({ apiVersion: 'karpenter.sh/v1', kind: 'NodePool' });
    expect(metadata.name).toBe('h100-a');
    expect(metadata).not.toHaveProperty('namespace');
  });

  test('is not pruned by Argo CD without a question, where Git declares it', () => {
    const annotation = 'argocd.argoproj.io/sync-options';
    expect(nodePoolOf().metadata.annotations[annotation]).toBe('Prune=confirm,Delete=confirm');
    expect(nodePoolOf({}, { delivery: Delivery.CREATE_ONCE }).metadata.annotations).not.toHaveProperty(annotation);
  });

  test('says what it is', () => {
    const pool = poolOn(chartOn());
    expect(pool.provisioner).toBe(Provisioner.KARPENTER);
    expect(pool.resource!.kind).toBe('NodePool');
    expect(ApiObject.of(pool)).toBe(pool.resource);
  });

  test('can be patched on any field', () => {
    const chart = chartOn();
    poolOn(chart).resource!.addJsonPatch(JsonPatch.add('/spec/template/spec/notYetInvented', 3));
    const [{ spec }] = Testing.synth(chart) as { spec: { template: { spec: object } } }[];
    expect(spec.template.spec).toMatchObject({ notYetInvented: 3 });
  });

  test.each([
    [NodeClass.named('a'), Provider.AWS, { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'a' }],
    [NodeClass.eksAuto('b'), Provider.AWS, { group: 'eks.amazonaws.com', kind: 'NodeClass', name: 'b' }],
    [
      NodeClass.named('c', { group: 'karpenter.kwok.sh', kind: 'KWOKNodeClass' }),
      Provider.ON_PREMISES,
      { group: 'karpenter.kwok.sh', kind: 'KWOKNodeClass', name: 'c' },
    ],
  ])('makes nodes from a node class by reference', (nodeClass, provider, ref) => {
    expect(templateOf({ karpenter: { nodeClass } }, { provider }).spec.nodeClassRef).toEqual(ref);
  });

  test('knows the node class of Azure', () => {
    const azure = { instanceType: 'Standard_ND96isr_H100_v5' };
    expect(templateOf(azure, { provider: Provider.AZURE }).spec.nodeClassRef).toEqual({
      group: 'karpenter.azure.com',
      kind: 'AKSNodeClass',
      name: 'gpu',
    });
  });

  test('works without a profile, when the node class says all', () => {
    const chart = new Chart(new App(), 'platform');
    const nodeClass = NodeClass.named('gpu', { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass' });
    new GpuNodePool(chart, 'training', { gpu: GpuModel.H100, gpusPerNode: 8, maxNodes: 2, karpenter: { nodeClass } });
    const [nodePool] = Testing.synth(chart) as { spec: { template: { spec: { requirements: object[] } } } }[];
    expect(nodePool.spec.template.spec.requirements[0]).toEqual({ key: TYPE, operator: 'In', values: ['p5.48xlarge'] });
  });

  test('labels its nodes with the name of the pool, with labels of the user, and with what workloads select', () => {
    expect(templateOf().metadata.labels).toEqual({ 'cdk8s-ml.dev/pool': 'training' });
    const labels = { team: 'nlp' };
    const nodeSelector = { 'example.com/pool': 'a', 'nvidia.com/gpu.product': 'NVIDIA-H100-80GB-HBM3' };
    expect(templateOf({ nodeSelector, karpenter: { labels } }).metadata.labels).toEqual({
      'cdk8s-ml.dev/pool': 'training',
      ...nodeSelector,
      team: 'nlp',
    });
  });

  test('asks for machines that workloads select by their facts', () => {
    const nodeSelector = { 'karpenter.k8s.aws/instance-family': 'p5', [TYPE]: 'p5.48xlarge' };
    expect(templateOf({ nodeSelector }).metadata.labels).toEqual({ 'cdk8s-ml.dev/pool': 'training' });
    expect(required('karpenter.k8s.aws/instance-family', { nodeSelector })).toEqual(['p5']);
    expect(required(TYPE, { nodeSelector })).toEqual(['p5.48xlarge']);
  });

  test('leaves the label of the NodePool, which Karpenter sets, to Karpenter', () => {
    const { metadata, spec } = templateOf({ nodeSelector: { 'karpenter.sh/nodepool': 'training' } });
    expect(metadata.labels).toEqual({ 'cdk8s-ml.dev/pool': 'training' });
    expect(JSON.stringify(spec)).not.toContain('karpenter.sh/nodepool');
  });

  test('takes the machine type of the pool, those that are listed, or those of the catalogue with exactly its GPUs', () => {
    expect(required(TYPE)).toEqual(['p5.48xlarge']);
    const instanceTypes = ['p5.48xlarge', 'lab.8xh100', 'p5.48xlarge'];
    expect(required(TYPE, { ...anyH100, karpenter: { instanceTypes } })).toEqual(['p5.48xlarge', 'lab.8xh100']);
    expect(required(TYPE, { instanceType: undefined, gpusPerNode: 1 })).toEqual(['p5.4xlarge']);
    expect(required(TYPE, { gpu: GpuModel.T4, instanceType: undefined, gpusPerNode: 1 })).toEqual(['g4dn.xlarge']);
    const onAzure = required(
      TYPE,
      { gpu: GpuModel.T4, instanceType: undefined, gpusPerNode: 1 },
      { provider: Provider.AZURE },
    );
    expect(onAzure).toEqual(['Standard_NC4as_T4_v3', 'Standard_NC8as_T4_v3', 'Standard_NC16as_T4_v3']);
  });

  test('leaves the machine type to requirements on labels of the provider when the catalogue has none', () => {
    const requirements = [NodeRequirement.oneOf('karpenter.k8s.aws/instance-gpu-name', 'hopper-next')];
    const changes = { ...anyH100, gpu: GpuModel.custom('hopper-next'), karpenter: { requirements } };
    expect(required(TYPE, changes)).toBeUndefined();
  });

  test('buys on-demand nodes only, unless something else is said', () => {
    const key = 'karpenter.sh/capacity-type';
    expect(required(key)).toEqual(['on-demand']);
    expect(required(key, { capacityType: CapacityType.SPOT })).toEqual(['spot']);
    expect(required(key, { capacityType: CapacityType.RESERVED })).toEqual(['reserved']);
    const capacityTypes = [CapacityType.RESERVED, CapacityType.ON_DEMAND];
    expect(required(key, { karpenter: { capacityTypes } })).toEqual(['reserved', 'on-demand']);
  });

  test('takes any zone, unless some are said', () => {
    const key = 'topology.kubernetes.io/zone';
    expect(required(key)).toBeUndefined();
    expect(required(key, { karpenter: { zones: ['eu-1a', 'eu-1a', 'eu-1b'] } })).toEqual(['eu-1a', 'eu-1b']);
  });

  test('takes the processor that the GPU sits beside', () => {
    const key = 'kubernetes.io/arch';
    expect(required(key)).toEqual(['amd64']);
    const gb200 = { gpu: GpuModel.GB200, instanceType: 'Standard_ND128isr_NDR_GB200_v6' };
    expect(required(key, gb200, { provider: Provider.AZURE })).toEqual(['arm64']);
    expect(required(key, { karpenter: { arch: Architecture.ARM64 } })).toEqual(['arm64']);
    expect(required('kubernetes.io/os')).toEqual(['linux']);
  });

  test('keeps other pods off by the taint of the vendor, or by the taints of the pool', () => {
    expect(templateOf().spec.taints).toEqual([{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }]);
    const amd = { gpu: GpuModel.MI300X, instanceType: 'Standard_ND96isr_MI300X_v5' };
    expect(templateOf(amd, { provider: Provider.AZURE }).spec.taints).toEqual([
      { key: 'amd.com/gpu', effect: 'NoSchedule' },
    ]);
    const taints = [{ key: 'example.com/gpu', value: 'a', effect: TaintEffect.NO_EXECUTE }];
    expect(templateOf({ taints }).spec.taints).toEqual([{ key: 'example.com/gpu', value: 'a', effect: 'NoExecute' }]);
    expect(templateOf({ taints: [] }).spec).not.toHaveProperty('taints');
  });

  test('comes before pools of less weight', () => {
    expect(nodePoolOf().spec).not.toHaveProperty('weight');
    expect(nodePoolOf({ karpenter: { weight: 40 } }).spec.weight).toBe(40);
  });

  test('follows from the entry of a profile', () => {
    const { karpenter, ...entry } = { ...KARPENTER, provisioner: Provisioner.KARPENTER };
    const chart = chartOn({ pools: { training: entry } });
    const pool = new GpuNodePool(chart, 'training', { ...entry, karpenter });
    expect(pool.node.validate()).toEqual([]);
    expect(pool.placement).toEqual(GpuNodePool.fromProfile(chart, 'training').placement);
  });
});
