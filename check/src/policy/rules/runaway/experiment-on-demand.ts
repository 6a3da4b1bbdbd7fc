import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const EXPERIMENT =
  /(experiment|sandbox|scratch|low[-_]?prio|preemptible|best[-_]?effort|(^|[-_])(dev|test|low|spot)([-_]|$))/i;
/** Labels by which clouds tell machines that may be taken away from those that may not. */
const ON_DEMAND: readonly (readonly [label: string, value: string])[] = [
  ['karpenter.sh/capacity-type', 'on-demand'],
  ['eks.amazonaws.com/capacityType', 'ON_DEMAND'],
  ['kubernetes.azure.com/scalesetpriority', 'regular'],
];

export const experimentOnDemand: Rule<Scope.POD> = {
  name: 'experiment-on-demand',
  group: Group.RUNAWAY,
  facts: ['ML-COST-007'],
  scope: Scope.POD,
  why: 'Work that others may push aside can run on machines that the cloud may take back, at a fraction of the price. https://karpenter.sh/docs/concepts/scheduling/#capacity-type',
  fix: 'Let the pods go to spot nodes as well.',
  check: (pod) => {
    const priority = pod.at('priorityClassName').text;
    if (pod.deviceCount === 0 || priority === undefined || !EXPERIMENT.test(priority)) return [];
    const demand = pod.nodeDemands.find(
      ({ key, operator, values }) =>
        operator === 'In' &&
        values.length === 1 &&
        ON_DEMAND.some(([label, value]) => label === key && value === values[0]),
    );
    return demand ? [info(demand.field, `has the priority ${priority} and asks for machines at the full price.`)] : [];
  },
};
