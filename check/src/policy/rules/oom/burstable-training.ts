import { trains } from '../../../inventory/training';
import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const burstableTraining: Rule<Scope.CONTAINER> = {
  name: 'burstable-training',
  group: Group.OOM,
  facts: ['ML-MEM-003'],
  scope: Scope.CONTAINER,
  why: 'When its node runs short of memory, the pods that use more than they request are evicted first. https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#pod-selection-for-kubelet-eviction',
  fix: 'Set requests.memory to the peak, and the limit to the same.',
  props: 'Set memory, which is both.',
  check: (container) => {
    const { request, limit } = container.amounts('memory');
    if (container.part !== 'main' || request === undefined || limit === undefined || request * 2n >= limit) return [];
    if (!trains(container.pod)) return [];
    const [requests, limits] = ['requests', 'limits'].map((key) => container.resources.at(key, 'memory'));
    return [info(requests, `trains with a request of ${requests.value} of memory and a limit of ${limits.value}.`)];
  },
};
