import { isAccelerator } from '../../../inventory/device';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const nullQuantity: Rule<Scope.CONTAINER> = {
  name: 'null-quantity',
  group: Group.PENDING,
  facts: ['ML-SCHED-002'],
  scope: Scope.CONTAINER,
  why: 'An amount with nothing behind its name reads as 0: the container gets no device, or has no limit at all. https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  fix: 'Write the amount, or leave the line out.',
  check: ({ asked }) =>
    asked.flatMap(({ resource, field }) => {
      if (field.value !== null) return [];
      const message = `has no amount behind ${resource}, which reads as 0.`;
      return [isAccelerator(resource) ? error(field, message) : warning(field, message)];
    }),
};
