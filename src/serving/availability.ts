import type { LabelSelector, PodDisruptionBudgetSpec, TopologySpreadConstraint } from '../../imports/k8s';

/** Labels by which everything finds the pods of a server. */
export type ServerSelector = { readonly [label: string]: string };

/** One pod at a time; a pod that is not ready anyway may always go, so that it does not hold up a drain. */
export function disruptionBudgetSpec(selector: ServerSelector): PodDisruptionBudgetSpec {
  return {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: labelSelector(selector),
  };
}

const ZONE = 'topology.kubernetes.io/zone';
const NODE = 'kubernetes.io/hostname';

/**
 * Replicas apart, by zone and by node, each rollout for itself. A wish, not a condition: where GPUs are in one zone only,
 * a condition would keep pods waiting.
 */
export function topologySpread(selector: ServerSelector): TopologySpreadConstraint[] {
  return [ZONE, NODE].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: labelSelector(selector),
    matchLabelKeys: ['pod-template-hash'],
  }));
}

/** A selector of pods. */
export function labelSelector(selector: ServerSelector): LabelSelector {
  return { matchLabels: { ...selector } };
}
