import { autoscalersOf } from '../../../inventory/autoscaler';
import { protectedBy } from '../../../inventory/disruption-budget';
import type { Inventory } from '../../../inventory/inventory';
import type { Workload } from '../../../inventory/workload';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const disruptionBudgetBlocksDrains: Rule<Scope.OBJECT> = {
  name: 'disruption-budget-blocks-drains',
  group: Group.SERVING,
  facts: ['ML-SERVE-006'],
  scope: Scope.OBJECT,
  why: 'No node can be drained, updated or consolidated any more while such a pod is on it. https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  fix: 'Write maxUnavailable: 1, or a minAvailable below the number of replicas.',
  check: (resource, inventory) => {
    if (!resource.is('PodDisruptionBudget', 'policy')) return [];
    const unavailable = resource.at('spec', 'maxUnavailable');
    const available = resource.at('spec', 'minAvailable');
    if (/^0%?$/.test(String(unavailable.value)))
      return [error(unavailable, 'never lets a pod go: maxUnavailable is 0.')];
    if (available.value === '100%') return [error(available, 'never lets a pod go: minAvailable is 100%.')];
    const share = /^(\d{1,3})%$/.exec(available.text ?? '')?.[1];
    const server = protectedBy(resource, inventory);
    const replicas = server && replicasOf(server, inventory);
    if (!server || replicas === undefined || replicas === 0) return [];
    // A share is rounded up.
    const least = share === undefined ? (available.integer ?? 0) : Math.ceil((Number(share) * replicas) / 100);
    if (least < 1 || least < replicas) return [];
    return [
      error(
        available,
        `never lets a pod go: minAvailable is ${available.value}, and ${server.resource.title} has ${replicas}.`,
      ),
    ];
  },
};

/** The replicas that there are at the least; undefined when the number cannot be read. */
function replicasOf(server: Workload, inventory: Inventory): number | undefined {
  const [autoscaler] = autoscalersOf(server, inventory);
  if (autoscaler) return autoscaler.leastReplicas;
  return server.scalable?.exists ? server.scalable.integer : 1;
}
