import { chosenMachines } from '../../../inventory/gpu-choice';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Devices of the largest machines of nearly every kind. https://aws.amazon.com/ec2/instance-types/accelerated-computing/ */
const USUAL = 8;

export const manyDevices: Rule<Scope.POD> = {
  name: 'many-devices',
  group: Group.PENDING,
  facts: ['ML-SCHED-006'],
  scope: Scope.POD,
  why: 'A pod runs on one node, and machines with more than 8 GPUs are rare: it mostly waits for ever. https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/',
  fix: 'Ask for at most 8 per pod, and take more pods; or choose a machine type that has more.',
  check: (pod, { pools }) => {
    const [device] = pod.devices.filter(({ resource }) => resource === 'nvidia.com/gpu' || resource === 'amd.com/gpu');
    const count = pod.sized.reduce(
      (sum, { devices }) => sum + (devices.find(({ resource }) => resource === device?.resource)?.count ?? 0),
      0,
    );
    if (count <= USUAL || pools !== undefined) return [];
    if (chosenMachines(pod).some(({ gpus }) => gpus >= count)) return [];
    return [warning(device.field, `asks for ${count} of ${device.resource} on one node.`)];
  },
};
