import { isAccelerator } from '../../../inventory/device';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const noDevices: Rule<Scope.CONTAINER> = {
  name: 'no-devices',
  group: Group.PENDING,
  facts: ['ML-SCHED-002'],
  scope: Scope.CONTAINER,
  why: 'A count of 0 gives no device to the container, and where the NVIDIA runtime is the default it may see all of them without any being counted. https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html#gpu-enumeration',
  fix: 'Ask for at least 1, or leave the resource out.',
  check: ({ asked }) =>
    asked.flatMap(({ part, resource, field }) =>
      part === 'limits' && isAccelerator(resource) && field.quantity === 0n
        ? [warning(field, `asks for 0 of ${resource}.`)]
        : [],
    ),
};
