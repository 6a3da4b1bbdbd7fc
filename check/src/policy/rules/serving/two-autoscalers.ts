import { autoscalersOf } from '../../../inventory/autoscaler';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const twoAutoscalers: Rule<Scope.SET> = {
  name: 'two-autoscalers',
  group: Group.SERVING,
  facts: ['ML-SERVE-008'],
  scope: Scope.SET,
  why: 'They undo each other, and KEDA makes an autoscaler of its own for each ScaledObject. https://keda.sh/docs/2.20/concepts/scaling-deployments/',
  fix: 'Leave one of them.',
  check: (inventory) =>
    inventory.workloads.flatMap((workload) => {
      const [first, second] = autoscalersOf(workload, inventory);
      if (second === undefined) return [];
      const { field } = second.target;
      return [error(field, `scales ${workload.resource.title}, which ${first.resource.title} scales as well.`)];
    }),
};
