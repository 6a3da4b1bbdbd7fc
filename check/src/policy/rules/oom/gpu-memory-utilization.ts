import { isShared } from '../../../inventory/device';
import type { Container } from '../../../inventory/container';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { engineOf, numberOption } from './model-engine';

/** Above it CUDA graphs, NCCL and peaks of activations have no room. https://docs.vllm.ai/en/latest/configuration/conserving_memory.html */
const MOST = 0.95;
/** What vLLM takes of a GPU unless it is told otherwise; 0.9 in older versions. https://docs.vllm.ai/en/latest/configuration/engine_args.html */
const DEFAULT = 0.92;
/** A GPU that is shared has two users at least. */
const MOST_OF_SHARED = 0.5;

export const gpuMemoryUtilization: Rule<Scope.CONTAINER> = {
  name: 'gpu-memory-utilization',
  group: Group.OOM,
  packs: [Group.SERVING],
  facts: ['ML-MEM-006'],
  scope: Scope.CONTAINER,
  why: 'The server takes this part of the GPU at its start; what it needs beside that, and what others on the same GPU hold, must fit in the rest. https://docs.vllm.ai/en/latest/configuration/conserving_memory.html',
  fix: 'Set --gpu-memory-utilization to 0.9 or less; on a shared GPU to the share of one replica.',
  check: (container) => {
    const utilization = numberOption(container, 'gpu-memory-utilization');
    const place = container.field.at(container.args.length > 0 ? 'args' : 'command');
    if (utilization !== undefined && utilization > 1) {
      return [error(place, `asks for ${utilization} of the memory of a GPU, which is more than all of it.`)];
    }
    if (isOnSharedGpu(container) && (utilization ?? (engineOf(container) === 'vllm' ? DEFAULT : 0)) > MOST_OF_SHARED) {
      return [warning(place, `takes ${utilization ?? DEFAULT} of the memory of a GPU that it shares with others.`)];
    }
    if (utilization === undefined || !(utilization > MOST)) return [];
    return [warning(place, `takes ${utilization} of the memory of a GPU, which leaves too little for the rest.`)];
  },
};

function isOnSharedGpu({ devices }: Container): boolean {
  return devices.some(({ resource }) => isShared(resource));
}
