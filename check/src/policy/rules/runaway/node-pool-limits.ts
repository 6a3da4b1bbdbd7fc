import { isAccelerator } from '../../../inventory/device';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { isGpuPool, isPaidAnyway } from './gpu-pool';

export const nodePoolLimits: Rule<Scope.OBJECT> = {
  name: 'node-pool-limits',
  group: Group.RUNAWAY,
  facts: ['ML-COST-005'],
  scope: Scope.OBJECT,
  why: 'Karpenter starts as many nodes as pods ask for: without limits a loop that makes pods, or a sweep, is paid by the hour. https://karpenter.sh/docs/concepts/nodepools/#speclimits',
  fix: 'Set spec.limits, with nvidia.com/gpu for nodes with GPUs.',
  props: 'Set maxNodes.',
  check: (resource) => {
    if (!resource.is('NodePool', 'karpenter.sh') || isPaidAnyway(resource)) return [];
    const limits = resource.at('spec', 'limits');
    const isGpu = isGpuPool(resource);
    if (limits.keys.length === 0) {
      if (limits.exists && limits.entries.length === 0 && typeof limits.value !== 'object') return [];
      return isGpu
        ? [error(limits, 'starts nodes with GPUs without a limit.')]
        : [warning(limits, 'starts nodes without a limit.')];
    }
    if (!isGpu || limits.keys.some((key) => isAccelerator(key) || key === 'nodes')) return [];
    return [warning(limits, `limits ${limits.keys.join(' and ')}, and not GPUs.`)];
  },
};
