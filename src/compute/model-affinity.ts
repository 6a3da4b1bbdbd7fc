import { modelLabels } from '../cluster/model-labels';
import type { ClusterProfile } from '../cluster/profile';
import type { Gpu } from '../kinds/gpu';
import { Affinity } from '../render/affinity';

/** Sends a pod to nodes of its GPU model; nothing when it takes any, or when no label tells the model apart. */
export function modelAffinity(gpu: Gpu, profile: ClusterProfile): Affinity | undefined {
  if (!gpu.model) return undefined;
  const terms = modelLabels(gpu.model.key, profile).map(({ key, values }) => Affinity.requireNodes(key, ...values));
  return terms.length === 0 ? undefined : terms.reduce((all, term) => all.plus(term));
}
