import { deviceNameProblem } from 'cdk8s-ml/floor/kinds/device';
import { deviceMisspelling } from '../../../inventory/device-name';
import { isNative } from '../../../inventory/resource-name';
import type { Remark } from '../../finding';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const unknownDevice: Rule<Scope.CONTAINER> = {
  name: 'unknown-device',
  group: Group.PENDING,
  facts: ['ML-SCHED-002'],
  scope: Scope.CONTAINER,
  why: 'The API server refuses a resource without a domain that it does not know itself; one that no device plugin offers keeps the pod waiting for ever. https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/',
  fix: 'Write the name as the device plugin offers it, such as nvidia.com/gpu.',
  check: ({ asked }) => {
    const seen = new Set<string>();
    return asked.flatMap(({ resource, field }): Remark[] => {
      if (isNative(resource) || seen.has(resource) || resource.includes('{{') || resource.includes('$')) return [];
      seen.add(resource);
      const meant = deviceMisspelling(resource);
      const refused = !resource.includes('/') || /^([^/]*\.)?kubernetes\.io\//.test(resource);
      const problem = meant === undefined && !refused ? undefined : deviceNameProblem(resource);
      if (problem === undefined && meant === undefined) return [];
      const fix = meant === undefined ? undefined : `Write ${meant}.`;
      return [error(field, `asks for ${resource}, which ${refused ? 'is refused' : 'no device plugin offers'}.`, fix)];
    });
  },
};
