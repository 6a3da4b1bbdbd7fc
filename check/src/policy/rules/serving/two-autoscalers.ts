import type { Autoscaler } from '../../../inventory/autoscaler';
import { autoscalersByTarget } from '../../../inventory/autoscaler';
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
    [...autoscalersByTarget(inventory).values()].flatMap((all) => {
      const first = new Map<string | undefined, Autoscaler>();
      return all.flatMap((each) => {
        const { namespace } = each.resource;
        // One that is left open can be in any.
        const open = namespace === undefined ? first.values().next().value : first.get(undefined);
        const other = first.get(namespace) ?? open;
        if (!first.has(namespace)) first.set(namespace, each);
        if (other === undefined || each.target.name === '' || takesOver(each) || takesOver(other)) return [];
        const { field, kind, name } = each.target;
        return [error(field, `scales ${kind} ${name}, which ${other.resource.title} scales as well.`)];
      });
    }),
};

/** Whether a ScaledObject takes an autoscaler that is there into its hands. */
function takesOver({ resource }: Autoscaler): boolean {
  return resource.annotations['scaledobject.keda.sh/transfer-hpa-ownership'] === 'true';
}
