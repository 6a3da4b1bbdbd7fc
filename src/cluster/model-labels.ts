import { gpuModel, instanceTypesWith } from '../catalog/catalog';
import type { GpuModelEntry } from '../catalog/gpu-models';
import { GPU_MODELS } from '../catalog/gpu-models';
import type { ClusterProfile } from './profile';
import { Component, Provider } from './settings';

/** A label and the values that mean one GPU model. */
export interface ModelLabel {
  readonly key: string;
  readonly values: string[];
}

/**
 * Labels by which nodes of a model are told apart on a provider; none when nothing is known.
 *
 * Where a provisioner makes the nodes it must know the label itself, or it makes none: Karpenter does not know that of GPU
 * feature discovery.
 */
export function modelLabels(modelKey: string, profile: ClusterProfile): ModelLabel[] {
  const model = gpuModel(modelKey);
  return model ? labelsOn(profile, model) : [];
}

function labelsOn(profile: ClusterProfile, model: GpuModelEntry): ModelLabel[] {
  const { labels } = model;
  const karpenter = profile.components.includes(Component.KARPENTER);
  if (profile.provider === Provider.GCP) return one('cloud.google.com/gke-accelerator', labels.gke, labels.gkeAlso);
  if (profile.provider === Provider.AWS && karpenter) {
    const { name, memoryMib } = labels.karpenterAws ?? {};
    return [
      ...one('karpenter.k8s.aws/instance-gpu-name', name),
      ...one('karpenter.k8s.aws/instance-gpu-memory', memoryMib?.toString()),
    ];
  }
  if (profile.provider === Provider.AZURE && karpenter) return labelsOnAzure(model);
  return one('nvidia.com/gpu.product', ...labels.gfdProduct);
}

/** Azure has one name for all variants of a model, and no label for their memory: the machine types tell them apart. */
function labelsOnAzure({ key, labels }: GpuModelEntry): ModelLabel[] {
  const name = labels.karpenterAzure;
  const variants = GPU_MODELS.filter((model) => model.labels.karpenterAzure === name);
  const machines = instanceTypesWith(key).filter(({ provider }) => provider === 'azure');
  return [
    ...one('karpenter.azure.com/sku-gpu-name', name),
    ...(name !== undefined && variants.length > 1
      ? one('node.kubernetes.io/instance-type', ...machines.map((machine) => machine.name))
      : []),
  ];
}

function one(key: string, ...values: (string | undefined)[]): ModelLabel[] {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? [] : [{ key, values: known }];
}
