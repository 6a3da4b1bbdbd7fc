import { autoscalersOf } from '../../../inventory/autoscaler';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const replicasBesideAutoscaler: Rule<Scope.WORKLOAD> = {
  name: 'replicas-beside-autoscaler',
  group: Group.REFERENCES,
  packs: [Group.SERVING],
  facts: [],
  scope: Scope.WORKLOAD,
  why: 'Every apply sets replicas back to the number in the manifest, against the autoscaler. https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  fix: 'Leave replicas out.',
  props: 'Set replicas to Replicas.between(...).',
  check: (workload, inventory) => {
    const { scalable } = workload;
    if (!scalable?.exists) return [];
    const [autoscaler] = autoscalersOf(workload, inventory);
    if (autoscaler === undefined) return [];
    return [warning(scalable, `has replicas ${scalable.value} and is scaled by ${autoscaler.resource.title}.`)];
  },
};
