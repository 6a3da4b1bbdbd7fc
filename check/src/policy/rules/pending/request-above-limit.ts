import { isOpen } from '../../../inventory/open-text';
import { isNeverOvercommitted } from '../../../inventory/resource-name';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const requestAboveLimit: Rule<Scope.CONTAINER> = {
  name: 'request-above-limit',
  group: Group.PENDING,
  facts: ['ML-MEM-002'],
  scope: Scope.CONTAINER,
  why: 'The API server refuses a container that requests more than its own limit. https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#requests-and-limits',
  fix: 'Raise the limit, or lower the request.',
  check: ({ asked, resources }) =>
    asked.flatMap(({ part, resource, field }) => {
      if (part !== 'requests' || isNeverOvercommitted(resource)) return [];
      const limit = resources.at('limits', resource);
      const [requested, limited] = [field.quantity, limit.quantity];
      if (requested === undefined || limited === undefined || requested <= limited) return [];
      if (isOpen(field) || isOpen(limit)) return [];
      return [error(field, `requests ${field.value} of ${resource} and has a limit of ${limit.value}.`)];
    }),
};
