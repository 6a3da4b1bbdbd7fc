import { excessOf } from '../../../inventory/placement';
import type { Rule } from '../../rule';
import { Group, Need, Scope } from '../../rule';
import { misfit, misplaced } from './gpu-pods';

export const largerThanAnyNode: Rule<Scope.POD> = {
  name: 'larger-than-any-node',
  group: Group.PENDING,
  facts: ['ML-SCHED-006'],
  scope: Scope.POD,
  needs: [Need.POOLS],
  why: 'A pod runs on one node: one that asks for more than any node has waits for ever. https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/',
  fix: 'Ask for less per pod, and take more pods.',
  check: (pod, inventory) => {
    const found = misfit(pod, inventory);
    if (found?.obstacle !== 'size') return [];
    const [nearest] = found.pools;
    const excess = excessOf(nearest, pod)!;
    const main = pod.sized.find(({ resources }) => resources.exists) ?? pod.sized[0];
    const part = main.resources.at('requests', excess.resource).exists ? 'requests' : 'limits';
    const of = found.pools.length === 1 ? `a node of ${nearest.name} has` : 'the nodes have';
    const message = `asks for ${excess.asked} of ${excess.resource} per pod, and ${of} ${excess.has}.`;
    return [misplaced(inventory, main.resources.at(part, excess.resource), message)];
  },
};
