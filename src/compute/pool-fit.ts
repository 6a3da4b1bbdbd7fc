import type { PoolPlacement } from '../cluster/gpu-pool';
import type { ClusterProfile } from '../cluster/profile';
import { kibibytes, millisOf } from '../core/amounts';
import type { Problem, Rule } from '../core/diagnostics';
import type { Gpu } from '../kinds/gpu';
import { cpuQuantity, kibibyteQuantity } from '../kinds/quantity';
import {
  LARGER_THAN_NODE,
  MODEL_NOT_IN_POOL,
  RESOURCE_NOT_IN_POOL,
  SHARED_DEVICES,
  TOO_MANY_GPUS,
  TOO_MANY_NODES,
} from './diagnostics';
import type { PlacementRequest } from './placement-request';
import { resolvePool } from './pool-placement';

/** Why a workload can never run in a pool, and which pools of the profile could take it. */
export function poolProblems(
  request: PlacementRequest,
  poolName: string,
  pool: PoolPlacement,
  profile: ClusterProfile,
): Problem[] {
  const problems = fitProblems(request, poolName, pool);
  if (problems.length === 0) return [];
  const others = Object.entries(profile.pools).filter(
    ([name, props]) =>
      name !== poolName && fitProblems(request, name, resolvePool(name, props, profile).placement).length === 0,
  );
  if (others.length === 0) return problems;
  const names = others.map(([name]) => name).join(' or ');
  return problems.map((problem) => ({
    ...problem,
    fix: `${problem.fix.replace(/, or take another pool\.$|\.$/, '')}, or take pool ${names}.`,
  }));
}

function fitProblems({ gpu, nodes, cpu, memory }: PlacementRequest, poolName: string, pool: PoolPlacement): Problem[] {
  const problems: Problem[] = [];
  const found = (rule: Rule, property: string, message: string, fix: string): void => {
    problems.push({ rule, property, message, fix });
  };
  if (gpu?.model && gpu.model.key !== pool.gpu.key) {
    found(
      MODEL_NOT_IN_POOL,
      'gpu',
      `the GPU is ${gpu.model.key}, and pool ${poolName} has ${pool.gpu.key}.`,
      `Ask for ${pool.gpu.key}, or take another pool.`,
    );
  }
  if (gpu && gpu.count > pool.devicesPerNode) {
    found(
      TOO_MANY_GPUS,
      'gpu',
      `a pod asks for ${gpu.count} devices, and a node of pool ${poolName} has ${pool.devicesPerNode}.`,
      `Ask for at most ${pool.devicesPerNode} per pod.`,
    );
  }
  if (gpu) problems.push(...sharingProblems(gpu, poolName, pool));
  if (pool.maxNodes !== undefined && nodes > pool.maxNodes) {
    found(
      TOO_MANY_NODES,
      'numNodes',
      `the gang needs ${nodes} nodes, and pool ${poolName} has at most ${pool.maxNodes}.`,
      `Ask for at most ${pool.maxNodes} nodes.`,
    );
  }
  const cpuMillis = cpu && millisOf(cpu.amount);
  if (cpuMillis !== undefined && pool.usableCpuMillis !== undefined && cpuMillis > pool.usableCpuMillis) {
    found(
      LARGER_THAN_NODE,
      'cpu',
      `cpu is ${cpuQuantity(cpuMillis)}, and a node of pool ${poolName} has ${cpuQuantity(pool.usableCpuMillis)} beside its DaemonSets.`,
      `Ask for at most ${cpuQuantity(pool.usableCpuMillis)}.`,
    );
  }
  const memoryKib = memory && kibibytes(memory);
  const usableKib = pool.usableMemoryMib === undefined ? undefined : pool.usableMemoryMib * 1024;
  if (memoryKib !== undefined && usableKib !== undefined && memoryKib > usableKib) {
    found(
      LARGER_THAN_NODE,
      'memory',
      `memory is ${kibibyteQuantity(memoryKib)}, and a node of pool ${poolName} has ${kibibyteQuantity(usableKib)} beside its DaemonSets.`,
      `Ask for at most ${kibibyteQuantity(usableKib)}.`,
    );
  }
  return problems;
}

function sharingProblems(gpu: Gpu, poolName: string, pool: PoolPlacement): Problem[] {
  const { strategy, migProfile } = pool.sharing;
  const isSlice = gpu.migProfile !== undefined;
  if (strategy !== 'whole' && gpu.count > 1) {
    const message = `a pod asks for ${gpu.count} devices of pool ${poolName}, whose GPUs are shared (${strategy}).`;
    return [{ rule: SHARED_DEVICES, property: 'gpu', message, fix: 'Ask for one, or take a pool with whole GPUs.' }];
  }
  const sliceFits = strategy === 'mig-mixed' || (strategy === 'mig-single' && gpu.migProfile === migProfile);
  const fits = isSlice ? sliceFits : strategy !== 'mig-mixed' || gpu.resourceName !== 'nvidia.com/gpu';
  if (fits) return [];
  const has = migProfile === undefined ? strategy : `${strategy} ${migProfile}`;
  const message = `the pod asks for ${isSlice ? `a slice ${gpu.migProfile}` : 'a whole GPU'}, and the GPUs of pool ${poolName} are shared as ${has}.`;
  const fix =
    migProfile === undefined
      ? isSlice
        ? 'Ask for Gpu.any(1), or take a pool with MIG.'
        : 'Ask for Gpu.mig(...).'
      : `Ask for Gpu.mig('${migProfile}').`;
  return [{ rule: RESOURCE_NOT_IN_POOL, property: 'gpu', message, fix }];
}
