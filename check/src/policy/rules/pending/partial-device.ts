import { isExtended } from '../../../inventory/resource-name';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const NANO = 1_000_000_000n;

export const partialDevice: Rule<Scope.CONTAINER> = {
  name: 'partial-device',
  group: Group.PENDING,
  facts: ['ML-SCHED-002'],
  scope: Scope.CONTAINER,
  why: 'Devices are whole numbers: the API server refuses a part of one. Parts of a GPU are slices (MIG), time-sliced or MPS replicas, or claims of dynamic resource allocation. https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#extended-resources',
  fix: 'Ask for a whole number, or for a slice such as nvidia.com/mig-1g.10gb.',
  props: 'Set gpu to Gpu.mig(...), or take a pool with GpuSharing.',
  check: ({ asked, resources }) =>
    asked.flatMap(({ part, resource, field }) => {
      const { quantity } = field;
      if (!isExtended(resource) || quantity === undefined || quantity < 0n || quantity % NANO === 0n) return [];
      if (part === 'requests' && resources.at('limits', resource).exists) return []; // the limit tells
      return [error(field, `asks for ${field.value} of ${resource}, which is no whole number.`)];
    }),
};
