import { gpusOfPod } from '../../../inventory/gpu-count';
import { machineOf } from '../../../inventory/machine';
import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const partialNode: Rule<Scope.POD> = {
  name: 'partial-node',
  group: Group.SLOW_GANG,
  facts: ['ML-DIST-018'],
  scope: Scope.POD,
  why: 'GPUs of one machine talk over NVLink, those of two over the network: a gang on parts of machines pays for the network twice and shares it with strangers. https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/overview.html',
  fix: 'Take whole machines, and fewer of them.',
  props: 'Set gpu to the GPUs of a node and lower numNodes.',
  check: (pod, inventory) => {
    const gpus = gpusOfPod(pod);
    if (!pod.workload.isGang || pod.role.count < 2 || !gpus) return [];
    const machine = machineOf(pod, inventory);
    if (machine?.devices === undefined || gpus >= machine.devices) return [];
    const field = pod.containers.flatMap(({ devices }) => devices)[0].field;
    return [info(field, `takes ${gpus} of the ${machine.devices} GPUs of ${machine.name} for each of its pods.`)];
  },
};
