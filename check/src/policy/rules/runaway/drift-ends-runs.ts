import type { Field } from '../../../inventory/field';
import { info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { isGpuPool } from './gpu-pool';
import { hoursOf, keptWorkloads } from './kept-workloads';

export const driftEndsRuns: Rule<Scope.OBJECT> = {
  name: 'drift-ends-runs',
  group: Group.RUNAWAY,
  packs: [Group.LOST_WORK],
  facts: ['ML-COST-006'],
  scope: Scope.OBJECT,
  why: 'A node drifts when its NodePool or image changes: with a terminationGracePeriod it is then emptied, and even a pod that refuses to be disrupted is ended after that time. https://karpenter.sh/docs/concepts/disruption/#terminationgraceperiod',
  fix: 'Leave terminationGracePeriod out, set it above the longest run, or add a budget of 0 nodes for Drifted.',
  check: (resource, inventory) => {
    const field = resource.at('spec', 'template', 'spec', 'terminationGracePeriod');
    if (!resource.is('NodePool', 'karpenter.sh') || !field.exists || !isGpuPool(resource)) return [];
    const hours = hoursOf(field.text);
    if (hours === undefined || hasDriftBudget(resource.at('spec', 'disruption', 'budgets'))) return [];
    const longer = keptWorkloads(inventory).find(({ bounds: { deadline } }) => (deadline?.value ?? 0) / 3600 > hours);
    if (longer === undefined) {
      // Without the pods it is not known whether one stays longer.
      const isAlone = !inventory.workloads.some(({ deviceCount }) => deviceCount > 0);
      const message = `ends pods ${field.text} after their node has drifted, also those that refuse to be disrupted.`;
      return isAlone ? [info(field, message)] : [];
    }
    const run = `${longer.resource.title}, which may run for ${longer.bounds.deadline!.value} seconds`;
    return [warning(field, `ends pods ${field.text} after their node has drifted, also ${run}.`)];
  },
};

function hasDriftBudget(budgets: Field): boolean {
  return budgets.items.some((budget) => {
    const reasons = budget.at('reasons');
    const isNone = /^0%?$/.test(String(budget.at('nodes').value ?? ''));
    return isNone && (!reasons.exists || reasons.texts.includes('Drifted'));
  });
}
