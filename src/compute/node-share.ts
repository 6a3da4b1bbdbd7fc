import { instanceTypesWith } from '../catalog/catalog';
import type { InstanceTypeEntry } from '../catalog/instance-types';
import { migSlices } from '../catalog/mig-profiles';
import type { NodeAmounts } from '../cluster/daemon-sets';
import { besideDaemonSets } from '../cluster/daemon-sets';
import type { PoolPlacement } from '../cluster/gpu-pool';
import { Provider } from '../cluster/settings';
import type { Gpu } from '../kinds/gpu';

/** CPU and memory of a pod. */
export interface NodeShare {
  readonly cpuMillis: number;
  readonly memoryKib: number;
}

// What the system and the kubelet keep where the catalogue knows only the size of the machine.
const SYSTEM_FRACTION = 0.1;

/**
 * CPU and memory of a pod by its share of the devices of a node.
 *
 * What is not known of the pool is the least share that any machine of the provider with enough GPUs of the model gives, so that
 * the pod fits on all of them; undefined when no machine is known.
 */
export function nodeShare(gpu: Gpu, pool: PoolPlacement | undefined, provider: Provider): NodeShare | undefined {
  const own = pool && poolShare(gpu, pool);
  const least = leastShare(gpu, pool, provider);
  const cpuMillis = own?.cpuMillis ?? least?.cpuMillis;
  const memoryMib = own?.memoryMib ?? least?.memoryMib;
  return cpuMillis === undefined || memoryMib === undefined ? undefined : rounded(cpuMillis, memoryMib);
}

function poolShare(gpu: Gpu, pool: PoolPlacement): NodeAmounts {
  if (pool.devicesPerNode === 0) return {};
  const devices = pool.gpusPerNode * devicesPerGpu(gpu, pool);
  const part = (ofNode?: number): number | undefined =>
    ofNode === undefined ? undefined : (ofNode * gpu.count) / devices;
  return { cpuMillis: part(pool.usableCpuMillis), memoryMib: part(pool.usableMemoryMib) };
}

/** Devices like the one asked for that one GPU of the pool gives: with the strategy `mixed` the slice decides. */
function devicesPerGpu(gpu: Gpu, pool: PoolPlacement): number {
  const perGpu = pool.devicesPerNode / pool.gpusPerNode;
  const { migProfile } = gpu;
  return migProfile === undefined ? perGpu : (migSlices(pool.gpu.key, migProfile) ?? perGpu);
}

/** Machines that the pod fits on; all that have the model when none is known to have so many GPUs. */
function machinesFor(modelKey: string, gpus: number, provider: Provider): InstanceTypeEntry[] {
  const own = (machine: InstanceTypeEntry): boolean =>
    provider === Provider.ON_PREMISES || machine.provider === provider;
  const large = instanceTypesWith(modelKey, Math.ceil(gpus)).filter(own);
  return large.length > 0 ? large : instanceTypesWith(modelKey).filter(own);
}

function leastShare(gpu: Gpu, pool: PoolPlacement | undefined, provider: Provider): NodeAmounts | undefined {
  const model = gpu.model ?? pool?.gpu;
  const devices = pool?.devicesPerNode ? devicesPerGpu(gpu, pool) : gpu.migProfile === undefined ? 1 : undefined;
  if (!model || devices === undefined) return undefined;
  const gpus = gpu.count / devices;
  const shares = machinesFor(model.key, gpus, provider).map((machine) => {
    const { cpuMillis, memoryMib } = usableOf(machine);
    return { cpuMillis: (cpuMillis * gpus) / machine.gpus, memoryMib: (memoryMib * gpus) / machine.gpus };
  });
  if (shares.length === 0) return undefined;
  return {
    cpuMillis: Math.min(...shares.map(({ cpuMillis }) => cpuMillis)),
    memoryMib: Math.min(...shares.map(({ memoryMib }) => memoryMib)),
  };
}

function usableOf(machine: InstanceTypeEntry): Required<NodeAmounts> {
  const cpu = machine.allocatableCpuMillis ?? machine.vcpu * 1000 * (1 - SYSTEM_FRACTION);
  const memory = machine.allocatableMemoryMib ?? machine.memoryGib * 1024 * (1 - SYSTEM_FRACTION);
  const { cpuMillis, memoryMib } = besideDaemonSets(cpu, memory);
  return { cpuMillis: cpuMillis!, memoryMib: memoryMib! };
}

/** Down to a tenth of a core and a whole GiB; a share below those to a milli-core and a MiB, or not all of them would fit. */
function rounded(cpuMillis: number, memoryMib: number): NodeShare {
  return { cpuMillis: down(cpuMillis, 100), memoryKib: down(memoryMib, 1024) * 1024 };
}

function down(amount: number, step: number): number {
  return amount < step ? Math.max(1, Math.floor(amount)) : Math.floor(amount / step) * step;
}
