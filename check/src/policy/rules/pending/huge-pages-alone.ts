import { isHugePages } from '../../../inventory/resource-name';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const hugePagesAlone: Rule<Scope.CONTAINER> = {
  name: 'huge-pages-alone',
  group: Group.PENDING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'The API server refuses a container that asks for huge pages and neither for cpu nor for memory. https://kubernetes.io/docs/tasks/manage-hugepages/scheduling-hugepages/',
  fix: 'Add a request or limit of cpu or memory.',
  check: ({ asked, pod }) => {
    const pages = asked.find(({ resource, field }) => isHugePages(resource) && field.exists);
    if (!pages || pod.partial) return [];
    if (asked.some(({ resource }) => resource === 'cpu' || resource === 'memory')) return [];
    return [error(pages.field, `asks for ${pages.resource} and neither for cpu nor for memory.`)];
  },
};
