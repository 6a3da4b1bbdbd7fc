import { isExtended } from '../../../inventory/resource-name';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const LIMITS = 'limits.';

export const quotaOnLimits: Rule<Scope.OBJECT> = {
  name: 'quota-on-limits',
  group: Group.CLUTTER,
  packs: [Group.RUNAWAY],
  facts: ['ML-LIFE-011'],
  scope: Scope.OBJECT,
  why: 'For devices a quota counts requests only: one on limits is taken and never enforced. https://kubernetes.io/docs/concepts/policy/resource-quotas/#resource-quota-for-extended-resources',
  fix: 'Write requests in place of limits, such as requests.nvidia.com/gpu.',
  check: (object) =>
    object.is('ResourceQuota', '')
      ? object
          .at('spec', 'hard')
          .entries.flatMap(([key, field]) =>
            key.startsWith(LIMITS) && isExtended(key.slice(LIMITS.length))
              ? [error(field, `bounds ${key}, which is never enforced.`)]
              : [],
          )
      : [],
};
