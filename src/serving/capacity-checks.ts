import type { PoolPlacement } from '../cluster/gpu-pool';
import type { Problem } from '../core/diagnostics';
import type { PodDescription } from '../render/pod-description';
import { MORE_THAN_POOL, POOL_TOO_SMALL } from './diagnostics';
import type { ModelServerProps } from './model-server-props';
import type { ResolvedServer } from './resolve-server';

/** Whether the pool has room for all replicas, were it there for this server alone. */
export function capacityProblems({ pool }: ModelServerProps, { pod, replicas, rollout }: ResolvedServer): Problem[] {
  const maxNodes = pool?.placement.maxNodes;
  if (maxNodes === undefined) return [];
  const each = podsPerNode(pool!.placement, pod);
  if (each === 0) return []; // GPU002 and GPU007 say so
  const places = maxNodes * each;
  const room = `pool ${pool!.poolName} has room for ${places} (${maxNodes} nodes, ${each} on each)`;
  if (replicas.min > places) {
    const message = `replicas is at least ${replicas.min}, and ${room}.`;
    return [
      { rule: POOL_TOO_SMALL, property: 'replicas', message, fix: `Ask for at most ${places}, or raise maxNodes.` },
    ];
  }
  const wanted = replicas.max + rollout.surge;
  if (wanted <= places) return [];
  const surge = rollout.surge === 0 ? '' : ` and ${rollout.surge} more during a rollout`;
  const message = `replicas is at most ${replicas.max}${surge}, and ${room}.`;
  const fix = `Ask for at most ${places - rollout.surge}, or raise maxNodes of the pool.`;
  return [{ rule: MORE_THAN_POOL, property: 'replicas', value: String(wanted), message, fix }];
}

function podsPerNode(pool: PoolPlacement, { main }: PodDescription): number {
  const shares = [
    share(pool.devicesPerNode, main.devices?.count),
    share(pool.usableCpuMillis, main.cpuMillis),
    share(pool.usableMemoryMib === undefined ? undefined : pool.usableMemoryMib * 1024, main.memoryKib),
  ];
  const known = shares.filter((pods): pods is number => pods !== undefined);
  return known.length === 0 ? 0 : Math.min(...known);
}

function share(has: number | undefined, wants: number | undefined): number | undefined {
  return has === undefined || wants === undefined || wants === 0 ? undefined : Math.floor(has / wants);
}
