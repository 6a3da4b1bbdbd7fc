import { gpuModel } from '../catalog/catalog';
import type { ModelLabels } from '../catalog/gpu-models';
import type { ClusterProfile } from '../cluster/profile';
import { Component, Provider } from '../cluster/settings';
import type { Gpu } from '../kinds/gpu';
import { Affinity } from '../render/affinity';

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
  const labels = gpuModel(modelKey)?.labels;
  return labels ? labelsOn(profile, labels) : [];
}

function labelsOn(profile: ClusterProfile, labels: ModelLabels): ModelLabel[] {
  const karpenter = profile.components.includes(Component.KARPENTER);
  if (profile.provider === Provider.GCP) return one('cloud.google.com/gke-accelerator', labels.gke);
  if (profile.provider === Provider.AWS && karpenter) {
    const { name, memoryMib } = labels.karpenterAws ?? {};
    return [
      ...one('karpenter.k8s.aws/instance-gpu-name', name),
      ...one('karpenter.k8s.aws/instance-gpu-memory', memoryMib?.toString()),
    ];
  }
  if (profile.provider === Provider.AZURE && karpenter)
    return one('karpenter.azure.com/sku-gpu-name', labels.karpenterAzure);
  return labels.gfdProduct.length === 0 ? [] : [{ key: 'nvidia.com/gpu.product', values: [...labels.gfdProduct] }];
}

function one(key: string, value: string | undefined): ModelLabel[] {
  return value === undefined ? [] : [{ key, values: [value] }];
}

/** Sends a pod to nodes of its GPU model; nothing when it takes any, or when no label tells the model apart. */
export function modelAffinity(gpu: Gpu, profile: ClusterProfile): Affinity | undefined {
  if (!gpu.model) return undefined;
  const terms = modelLabels(gpu.model.key, profile).map(({ key, values }) => Affinity.requireNodes(key, ...values));
  return terms.length === 0 ? undefined : terms.reduce((all, term) => all.plus(term));
}
