import { karpenterLabel } from '../../src/kinds/node-labels';

describe('karpenterLabel', () => {
  test.each([
    ['cdk8s-ml.dev/pool', 'own'],
    ['team', 'own'],
    ['nvidia.com/gpu.product', 'own'],
    ['node.kubernetes.io/team', 'own'],
    ['topology.kubernetes.io/rack', 'own'],
    ['mykarpenter.sh/team', 'own'],
    ['node.kubernetes.io/instance-type', 'requirement'],
    ['topology.kubernetes.io/zone', 'requirement'],
    ['karpenter.sh/capacity-type', 'requirement'],
    ['karpenter.k8s.aws/instance-gpu-name', 'requirement'],
    ['eks.amazonaws.com/instance-gpu-name', 'requirement'],
    ['karpenter.azure.com/sku-gpu-name', 'requirement'],
    ['karpenter.sh/nodepool', 'pool-name'],
    ['karpenter.sh/registered', 'refused'],
    ['kubernetes.io/hostname', 'refused'],
    ['x.karpenter.sh/team', 'refused'],
  ])('%s is %s', (key, kind) => {
    expect(karpenterLabel(key)).toBe(kind);
  });
});
