import { Chart, Testing } from 'cdk8s';
import type { ClusterProfileProps, GpuNodePoolProps, KarpenterOptions } from 'cdk8s-ml';
import { ClusterProfile, Component, GpuModel, GpuNodePool, NodeClass, Provider } from 'cdk8s-ml';
import { expectValidManifest } from '../../schema';

export type Profile = Partial<ClusterProfileProps>;

/** A pool of Karpenter with nothing said that can be left out, but a bound. */
export const KARPENTER: GpuNodePoolProps & { readonly karpenter: KarpenterOptions } = {
  gpu: GpuModel.H100,
  instanceType: 'p5.48xlarge',
  maxNodes: 4,
  karpenter: { nodeClass: NodeClass.named('gpu') },
};

/** Changes to the pool above. */
export type Changes = Partial<Omit<GpuNodePoolProps, 'karpenter'>> & { readonly karpenter?: Partial<KarpenterOptions> };

export function chartOn(profile: Profile = {}): Chart {
  const chart = new Chart(Testing.app(), 'platform', { namespace: 'ml' });
  const lab = { name: 'lab', provider: Provider.AWS, components: [Component.KARPENTER] };
  ClusterProfile.attach(chart, new ClusterProfile({ ...lab, ...profile }));
  return chart;
}

export function poolOn(chart: Chart, { karpenter, ...props }: Changes = {}): GpuNodePool {
  const given = { ...KARPENTER, ...props, karpenter: { ...KARPENTER.karpenter, ...karpenter } };
  return new GpuNodePool(chart, 'training', given);
}

/** The NodePool of a pool, checked against the schema. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function nodePoolOf(changes: Changes = {}, profile?: Profile): any {
  const chart = chartOn(profile);
  poolOn(chart, changes);
  const objects = Testing.synth(chart) as object[];
  expect(objects).toHaveLength(1);
  expectValidManifest(objects[0]);
  return objects[0];
}

/** What is wrong with a pool, as synthesis says it. */
export function problems(changes: Changes = {}, profile?: Profile): string {
  return poolOn(chartOn(profile), changes).node.validate().join('\n');
}
