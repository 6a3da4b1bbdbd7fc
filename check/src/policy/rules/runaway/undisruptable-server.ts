import { DO_NOT_DISRUPT_ANNOTATION, SAFE_TO_EVICT_ANNOTATION } from 'cdk8s-ml/floor/kinds/labels';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Annotations that keep a node for the sake of a pod. */
const KEEPS: readonly (readonly [annotation: string, value: string])[] = [
  [DO_NOT_DISRUPT_ANNOTATION, 'true'],
  [SAFE_TO_EVICT_ANNOTATION, 'false'],
];

export const undisruptableServer: Rule<Scope.SERVER> = {
  name: 'undisruptable-server',
  group: Group.RUNAWAY,
  facts: ['ML-COST-011'],
  scope: Scope.SERVER,
  why: 'A server with several replicas can lose one; a pod that refuses to move keeps its node from being emptied, renewed and given back. https://karpenter.sh/docs/concepts/disruption/#pod-level-controls',
  fix: 'Leave the annotation out, and add a PodDisruptionBudget.',
  check: ({ resource, roles }) => {
    if (resource.kind !== 'Deployment') return [];
    return roles.flatMap(({ count, pod }) => {
      const found = KEEPS.find(([annotation, value]) => pod.annotations[annotation] === value);
      if (found === undefined || count < 2) return [];
      const field = pod.metadata.at('annotations', found[0]);
      return [warning(field, `has ${count} replicas, each of which keeps its node by ${found[0]}.`)];
    });
  },
};
