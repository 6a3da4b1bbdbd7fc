import { isOpen } from '../../../inventory/open-text';
import { isNeverOvercommitted } from '../../../inventory/resource-name';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const limitNotRequest: Rule<Scope.CONTAINER> = {
  name: 'limit-not-request',
  group: Group.PENDING,
  facts: ['ML-SCHED-001'],
  scope: Scope.CONTAINER,
  why: 'Devices and huge pages are never overcommitted: the API server refuses a pod that requests them without an equal limit. https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#extended-resources',
  fix: 'Put the amount into limits; the request may then be left out.',
  props: 'Set gpu; requests and limits are rendered equal.',
  check: ({ asked, resources }) =>
    asked.flatMap(({ part, resource, field }) => {
      if (part !== 'requests' || !isNeverOvercommitted(resource) || !field.exists || isOpen(field)) return [];
      const limit = resources.at('limits', resource);
      if (!limit.exists) {
        return [error(field, `requests ${field.value} of ${resource} and has no limit of it, which is refused.`)];
      }
      const [requested, limited] = [field.quantity, limit.quantity];
      if (requested === undefined || limited === undefined || requested === limited) return [];
      return [
        error(field, `requests ${field.value} of ${resource} and has a limit of ${limit.value}, which is refused.`),
      ];
    }),
};
