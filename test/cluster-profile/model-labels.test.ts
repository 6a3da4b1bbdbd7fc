import { GPU_MODELS } from '../../src/catalog/gpu-models';
import { ClusterProfile } from '../../src/cluster/profile';
import { Component, Provider } from '../../src/cluster/settings';
import { modelLabels } from '../../src/cluster/model-labels';

const on = (provider: Provider, ...components: Component[]): ClusterProfile =>
  new ClusterProfile({ name: 'lab', provider, components });
const GKE = on(Provider.GCP);
const EKS = on(Provider.AWS);
const EKS_KARPENTER = on(Provider.AWS, Component.KARPENTER);
const AKS = on(Provider.AZURE);
const AKS_KARPENTER = on(Provider.AZURE, Component.KARPENTER);
const ON_PREMISES = on(Provider.ON_PREMISES, Component.KARPENTER);

describe('modelLabels', () => {
  test('selects the accelerator on GKE, whatever family of machines has it', () => {
    const key = 'cloud.google.com/gke-accelerator';
    expect(modelLabels('l4', GKE)).toEqual([{ key, values: ['nvidia-l4'] }]);
    expect(modelLabels('h100-sxm', GKE)).toEqual([{ key, values: ['nvidia-h100-80gb', 'nvidia-h100-mega-80gb'] }]);
  });

  test('selects what Karpenter knows of machines on AWS, the memory only where the name fits two models', () => {
    const key = 'karpenter.k8s.aws/instance-gpu-name';
    expect(modelLabels('h200', EKS_KARPENTER)).toEqual([{ key, values: ['h200'] }]);
    expect(modelLabels('a100-80', EKS_KARPENTER)).toEqual([
      { key, values: ['a100'] },
      { key: 'karpenter.k8s.aws/instance-gpu-memory', values: ['81920'] },
    ]);
  });

  test('selects the machine types on Azure where its name fits several models', () => {
    const key = 'karpenter.azure.com/sku-gpu-name';
    expect(modelLabels('t4', AKS_KARPENTER)).toEqual([{ key, values: ['T4'] }]);
    expect(modelLabels('a100-40', AKS_KARPENTER)).toEqual([
      { key, values: ['A100'] },
      { key: 'node.kubernetes.io/instance-type', values: ['Standard_ND96asr_A100_v4'] },
    ]);
    const [, nvl] = modelLabels('h100-nvl', AKS_KARPENTER);
    expect(nvl.values).toEqual(['Standard_NC40ads_H100_v5', 'Standard_NC80adis_H100_v5']);
  });

  test.each([
    ['AWS without Karpenter', EKS],
    ['Azure without Karpenter', AKS],
    ['machines of its own, where Karpenter has no labels of a provider', ON_PREMISES],
  ])('selects the product that GPU feature discovery finds on %s', (_, profile) => {
    expect(modelLabels('a100-80', profile)).toEqual([
      {
        key: 'nvidia.com/gpu.product',
        values: expect.arrayContaining(['NVIDIA-A100-SXM4-80GB', 'NVIDIA-A100-80GB-PCIe']),
      },
    ]);
  });

  test('selects nothing when no label is known, rather than a label that the provisioner does not know', () => {
    expect(modelLabels('l40s', GKE)).toEqual([]);
    expect(modelLabels('h100-nvl', EKS_KARPENTER)).toEqual([]);
    expect(modelLabels('l40s', AKS_KARPENTER)).toEqual([]);
    expect(modelLabels('mi300x', ON_PREMISES)).toEqual([]);
    expect(modelLabels('hopper-next', GKE)).toEqual([]);
  });

  test.each([
    ['GKE', GKE],
    ['EKS with Karpenter', EKS_KARPENTER],
    ['AKS with Karpenter', AKS_KARPENTER],
    ['any other cluster', ON_PREMISES],
  ])('tells every two models apart on %s', (_, profile) => {
    const known = GPU_MODELS.map(({ key }) => modelLabels(key, profile)).filter((labels) => labels.length > 0);
    expect(known.length).toBeGreaterThan(5);
    const nodes = known.flatMap((labels) => {
      const [first, second] = labels;
      return first.values.flatMap((value) => (second ? second.values.map((other) => `${value} ${other}`) : value));
    });
    expect(nodes).toEqual([...new Set(nodes)]);
  });
});
