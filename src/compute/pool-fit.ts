import { GPU_MODELS } from '../catalog/gpu-models';
import { migProfiles } from '../catalog/mig-profiles';
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
import { resolvePool } from '../cluster/pool-placement';

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
  if (strategy !== 'whole' && gpu.count > 1) {
    const message = `a pod asks for ${gpu.count} devices of pool ${poolName}, whose GPUs are shared (${strategy}).`;
    return [{ rule: SHARED_DEVICES, property: 'gpu', message, fix: 'Ask for one, or take a pool with whole GPUs.' }];
  }
  if (offers(gpu, pool)) return [];
  const has =
    strategy === 'whole'
      ? `whole, as ${pool.resourceName}`
      : `shared as ${[strategy, migProfile].filter(Boolean).join(' ')}`;
  const message = `the pod asks for ${wanted(gpu)}, and the GPUs of pool ${poolName} are ${has}.`;
  return [{ rule: RESOURCE_NOT_IN_POOL, property: 'gpu', message, fix: sharingFix(gpu, pool) }];
}

/** Whether the nodes of a pool can have devices like the one asked for; resources that nobody here knows are believed. */
function offers(gpu: Gpu, pool: PoolPlacement): boolean {
  const { strategy, migProfile } = pool.sharing;
  const slice = gpu.migProfile;
  if (slice !== undefined) {
    const known = slicesOf(pool);
    return strategy === 'mig-mixed' ? known.length === 0 || known.includes(slice) : slice === migProfile;
  }
  if (gpu.resourceName === 'nvidia.com/gpu') return strategy !== 'mig-mixed';
  const vendor = domainOf(gpu.resourceName);
  const ofOtherVendor = GPU_MODELS.some(({ resourceName }) => domainOf(resourceName) === vendor);
  return gpu.model !== undefined || vendor === domainOf(pool.resourceName) || !ofOtherVendor;
}

function domainOf(resourceName: string): string {
  return resourceName.slice(0, resourceName.indexOf('/'));
}

/** Profiles of the pool's model, spelled as in resources: `1g.10gb.me` for `1g.10gb+me`. */
function slicesOf(pool: PoolPlacement): string[] {
  return migProfiles(pool.gpu.key).map((profile) => profile.replaceAll('+', '.'));
}

function wanted(gpu: Gpu): string {
  if (gpu.migProfile !== undefined) return `a slice ${gpu.migProfile}`;
  return gpu.resourceName === 'nvidia.com/gpu' ? 'a whole GPU' : gpu.resourceName;
}

function sharingFix(gpu: Gpu, pool: PoolPlacement): string {
  const { strategy, migProfile } = pool.sharing;
  if (migProfile !== undefined) return `Ask for Gpu.mig('${migProfile}').`;
  if (strategy === 'mig-mixed') {
    const known = slicesOf(pool);
    return known.length === 0 ? 'Ask for Gpu.mig(...).' : `Ask for Gpu.mig(...) with one of ${known.join(', ')}.`;
  }
  return gpu.migProfile === undefined ? 'Ask for Gpu.any(...).' : 'Ask for Gpu.any(1), or take a pool with MIG.';
}
