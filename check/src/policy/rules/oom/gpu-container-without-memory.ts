import { mayBeGiven } from '../../../inventory/default-amounts';
import { Nature } from '../../../inventory/workload';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const gpuContainerWithoutMemory: Rule<Scope.CONTAINER> = {
  name: 'gpu-container-without-memory',
  group: Group.OOM,
  facts: ['ML-MEM-001'],
  scope: Scope.CONTAINER,
  why: 'The scheduler counts no memory for it, so that it is among the first to be evicted when its node runs short. https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/',
  fix: 'Set requests.memory and limits.memory, both to the peak with some room.',
  props: 'Set memory.',
  check: (container, inventory) => {
    const { devices, name, pod, part, resources } = container;
    if (devices.length === 0 || part !== 'main' || pod.workload.nature === Nature.AGENT) return [];
    const given = ['requests', 'limits'].some((key) => resources.at(key, 'memory').exists);
    if (given || mayBeGiven(container, 'memory', inventory)) return [];
    return [
      warning(resources.at('requests', 'memory'), `holds accelerators in container ${name} and asks for no memory.`),
    ];
  },
};
