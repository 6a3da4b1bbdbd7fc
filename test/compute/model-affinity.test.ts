import { Gpu, GpuModel } from '../../src';
import { ClusterProfile } from '../../src/cluster/profile';
import { Component, Provider } from '../../src/cluster/settings';
import { modelAffinity } from '../../src/compute/model-affinity';
import { nodeAffinity } from '../../src/render/affinity';

const GKE = new ClusterProfile({ name: 'lab', provider: Provider.GCP });
const EKS_KARPENTER = new ClusterProfile({
  name: 'lab',
  provider: Provider.AWS,
  components: [Component.KARPENTER],
});

describe('modelAffinity', () => {
  test('requires all labels of the model', () => {
    expect(nodeAffinity([modelAffinity(Gpu.a100(3), EKS_KARPENTER)])).toEqual({
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              { key: 'karpenter.k8s.aws/instance-gpu-name', operator: 'In', values: ['a100'] },
              { key: 'karpenter.k8s.aws/instance-gpu-memory', operator: 'In', values: ['81920'] },
            ],
          },
        ],
      },
    });
  });

  test('leaves a pod alone that takes any model, or one that no label tells apart', () => {
    expect(modelAffinity(Gpu.any(2), GKE)).toBeUndefined();
    expect(modelAffinity(Gpu.mig('1g.10gb'), GKE)).toBeUndefined();
    expect(modelAffinity(Gpu.l40s(2), GKE)).toBeUndefined();
    expect(modelAffinity(Gpu.of(GpuModel.custom('hopper-next'), 2), GKE)).toBeUndefined();
  });
});
