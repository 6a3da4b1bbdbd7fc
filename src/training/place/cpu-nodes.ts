import { UNKNOWN_RESOURCES } from '../../compute/diagnostics';
import type { Problem } from '../../core/diagnostics';
import { IDLE_GPUS } from '../diagnostics';
import type { DistributedRunProps } from '../gang-props';

/** What a gang without GPUs must say, and where it should not go. */
export function cpuNodeProblems({ gpuPerNode, cpu, memory, pool }: DistributedRunProps): Problem[] {
  if (gpuPerNode) return [];
  const missing = [...(cpu ? [] : ['cpu']), ...(memory ? [] : ['memory'])];
  return [
    ...missing.map((property): Problem => ({
      rule: UNKNOWN_RESOURCES,
      property,
      message: `${property} is not set, and neither is gpuPerNode, so that no share of a node is known.`,
      fix: `Set ${property}, or gpuPerNode with a pool of known shape.`,
    })),
    ...(pool
      ? [
          {
            rule: IDLE_GPUS,
            property: 'pool',
            value: pool.poolName,
            message: `pool is ${pool.poolName}, which has GPUs, and gpuPerNode is not set.`,
            fix: 'Set gpuPerNode, or leave pool out and say with affinity which nodes to take.',
          },
        ]
      : []),
  ];
}
