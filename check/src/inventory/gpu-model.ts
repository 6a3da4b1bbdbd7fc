import { gpuModel, instanceType } from 'cdk8s-ml/floor/catalog/catalog';
import type { GpuModelEntry } from 'cdk8s-ml/floor/catalog/gpu-models';
import { GPU_MODELS } from 'cdk8s-ml/floor/catalog/gpu-models';
import { INSTANCE_TYPE_LABEL } from 'cdk8s-ml/floor/kinds/node-labels';
import type { NodeDemand, PodFacts } from './pod';

/** Families of machines with GPUs that lack what newer ones have; few run new work on them. https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html */
const OLD_FAMILIES: ReadonlyMap<string, string> = new Map([
  ['p3', 'v100'],
  ['p3dn', 'v100'],
  ['g4dn', 't4'],
]);

/** The models of GPU that pods may get, as far as the labels that they choose nodes by tell; empty when they do not. */
export function gpuModelsOf(pod: PodFacts): readonly GpuModelEntry[] {
  for (const demand of pod.nodeDemands) {
    const found = demand.operator === 'In' ? demand.values.map((value) => modelsFor(demand, value)) : [];
    if (found.length > 0 && found.every((models) => models.length > 0)) return found.flat();
  }
  return [];
}

function modelsFor({ key }: NodeDemand, value: string): readonly GpuModelEntry[] {
  switch (key) {
    case 'nvidia.com/gpu.product': {
      const product = value.replace(/-(SHARED|MIG-.*)$/, '');
      return GPU_MODELS.filter(({ labels }) => labels.gfdProduct.includes(product));
    }
    case 'cloud.google.com/gke-accelerator':
      return GPU_MODELS.filter(({ labels }) => labels.gke === value || labels.gkeAlso === value);
    case 'karpenter.k8s.aws/instance-gpu-name':
    case 'eks.amazonaws.com/instance-gpu-name':
      return GPU_MODELS.filter(({ labels }) => labels.karpenterAws?.name === value);
    case 'karpenter.azure.com/sku-gpu-name':
      return GPU_MODELS.filter(({ labels }) => labels.karpenterAzure === value);
    case INSTANCE_TYPE_LABEL:
    case 'beta.kubernetes.io/instance-type': {
      const model = gpuModel(instanceType(value)?.gpuModel ?? OLD_FAMILIES.get(value.replace(/\..*$/, '')) ?? '');
      return model ? [model] : [];
    }
    case 'karpenter.k8s.aws/instance-family':
    case 'eks.amazonaws.com/instance-family': {
      const model = gpuModel(OLD_FAMILIES.get(value) ?? '');
      return model ? [model] : [];
    }
    default:
      return [];
  }
}
