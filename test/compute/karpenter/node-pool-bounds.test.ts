import { ConsolidationPolicy, GpuModel, GpuSharing, NodeClass, NodeTimer, Provider } from 'cdk8s-ml';
import { nodePoolOf } from './fixtures';

describe('GpuNodePool with Karpenter', () => {
  test('bounds nodes, GPUs, CPU and memory by what the machines have nominally', () => {
    expect(nodePoolOf().spec.limits).toEqual({ cpu: '768', memory: '8Ti', nodes: '4', 'nvidia.com/gpu': '32' });
    const t4 = { gpu: GpuModel.T4, instanceType: undefined, gpusPerNode: 1, maxNodes: 3 };
    expect(nodePoolOf(t4, { provider: Provider.AZURE }).spec.limits).toEqual({
      cpu: '48',
      memory: '330Gi',
      nodes: '3',
      'nvidia.com/gpu': '3',
    });
    const unknown = {
      instanceType: undefined,
      gpusPerNode: 8,
      karpenter: { instanceTypes: ['p5.48xlarge', 'lab.8xh100'] },
    };
    expect(nodePoolOf(unknown).spec.limits).toEqual({ nodes: '4', 'nvidia.com/gpu': '32' });
  });

  test('lets shared GPUs that nodes report under their own name into the limit', () => {
    const gpus = (sharing: GpuSharing) => nodePoolOf({ sharing }).spec.limits['nvidia.com/gpu'];
    expect(gpus(GpuSharing.timeSliced({ replicas: 5 }))).toBe('160');
    expect(gpus(GpuSharing.migSingle('3g.40gb'))).toBe('64');
  });

  test('adds limits to those that follow from the pool, or raises them', () => {
    const limits = { 'nvidia.com/gpu': '40', 'vpc.amazonaws.com/efa': '128' };
    expect(nodePoolOf({ karpenter: { limits } }).spec.limits).toEqual({
      cpu: '768',
      memory: '8Ti',
      nodes: '4',
      'nvidia.com/gpu': '40',
      'vpc.amazonaws.com/efa': '128',
    });
  });

  test('takes empty nodes away after ten minutes, and no node in use', () => {
    expect(nodePoolOf().spec.disruption).toEqual({
      consolidationPolicy: 'WhenEmpty',
      consolidateAfter: '10m',
      budgets: [
        { nodes: '100%', reasons: ['Empty'] },
        { nodes: '0', reasons: ['Drifted'] },
      ],
    });
  });

  test('takes one node at a time where it may move pods', () => {
    const consolidationPolicy = ConsolidationPolicy.WHEN_EMPTY_OR_UNDERUTILIZED;
    expect(nodePoolOf({ karpenter: { consolidationPolicy } }).spec.disruption.budgets).toEqual([{ nodes: '1' }]);
  });

  test('drains nodes after thirty days, and waits for their pods', () => {
    const { spec } = nodePoolOf().spec.template;
    expect(spec.expireAfter).toBe('720h');
    expect(spec).not.toHaveProperty('terminationGracePeriod');
    const never = nodePoolOf({ karpenter: { expireAfter: NodeTimer.never() } }).spec.template;
    expect(never.spec.expireAfter).toBe('Never');
    const eksAuto = nodePoolOf({ karpenter: { nodeClass: NodeClass.eksAuto('default') } }).spec.template;
    expect(eksAuto.spec.expireAfter).toBe('336h');
  });
});
