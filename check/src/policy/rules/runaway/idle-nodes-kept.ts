import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { isGpuPool, isPaidAnyway } from './gpu-pool';

export const idleNodesKept: Rule<Scope.OBJECT> = {
  name: 'idle-nodes-kept',
  group: Group.RUNAWAY,
  facts: ['ML-COST-005'],
  scope: Scope.OBJECT,
  why: 'With consolidateAfter Never an empty node with GPUs stays, and is paid, until it expires. https://karpenter.sh/docs/concepts/disruption/#consolidation',
  fix: 'Set consolidateAfter to minutes, and consolidationPolicy to WhenEmpty for training.',
  props: 'Set karpenter.consolidateAfter to some minutes.',
  check: (resource) => {
    const field = resource.at('spec', 'disruption', 'consolidateAfter');
    if (!resource.is('NodePool', 'karpenter.sh') || field.text !== 'Never') return [];
    if (!isGpuPool(resource) || isPaidAnyway(resource)) return [];
    return [warning(field, 'keeps nodes with GPUs that stand empty.')];
  },
};
