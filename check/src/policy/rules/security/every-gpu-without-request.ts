import { Nature } from '../../../inventory/workload';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const everyGpuWithoutRequest: Rule<Scope.CONTAINER> = {
  name: 'every-gpu-without-request',
  group: Group.SECURITY,
  facts: ['ML-SEC-007'],
  scope: Scope.CONTAINER,
  why: 'The container sees GPUs that other pods were given, and nobody counts it. https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html',
  fix: 'Leave NVIDIA_VISIBLE_DEVICES out, and ask for nvidia.com/gpu in the limits.',
  check: (container) => {
    const variable = container.variable('NVIDIA_VISIBLE_DEVICES');
    const { pod } = container;
    if (variable?.value !== 'all' || pod.deviceCount > 0 || pod.partial || pod.workload.nature === Nature.AGENT)
      return [];
    return [error(variable.field.at('value'), 'sees every GPU of its node and asks for none.')];
  },
};
