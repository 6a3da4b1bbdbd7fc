import { instanceTypesWith } from '../catalog/catalog';
import type { InstanceTypeEntry } from '../catalog/instance-types';
import type { PoolPlacement } from '../cluster/gpu-pool';
import { Provider } from '../cluster/settings';
import type { Gpu } from '../kinds/gpu';

/** CPU and memory of a pod. */
export interface NodeShare {
  readonly cpuMillis: number;
  readonly memoryKib: number;
}

// Network, storage, log, metrics and GPU agents run on every GPU node and ask for this much of it, judged generously.
const DAEMON_SETS_FRACTION = 0.1;
const DAEMON_SETS_CPU_MILLIS = 2000;
const DAEMON_SETS_MEMORY_MIB = 16 * 1024;
// What the system and the kubelet keep where the catalogue knows only the size of the machine.
const SYSTEM_FRACTION = 0.1;

/** What pods can have of a node beside its DaemonSets. */
export function besideDaemonSets(
  cpuMillis?: number,
  memoryMib?: number,
): { readonly cpuMillis?: number; readonly memoryMib?: number } {
  return {
    cpuMillis: without(cpuMillis, DAEMON_SETS_CPU_MILLIS),
    memoryMib: without(memoryMib, DAEMON_SETS_MEMORY_MIB),
  };
}

function without(amount: number | undefined, most: number): number | undefined {
  return amount === undefined ? undefined : Math.floor(amount - Math.min(amount * DAEMON_SETS_FRACTION, most));
}

/**
 * CPU and memory of a pod by its share of the devices of a node.
 *
 * Without a pool of known shape it is the least share that any machine of the provider with the model gives, so that the pod
 * fits on all of them; undefined when no machine is known.
 */
export function nodeShare(gpu: Gpu, pool: PoolPlacement | undefined, provider: Provider): NodeShare | undefined {
  if (pool?.usableCpuMillis !== undefined && pool.usableMemoryMib !== undefined && pool.devicesPerNode > 0) {
    return rounded(
      (pool.usableCpuMillis * gpu.count) / pool.devicesPerNode,
      (pool.usableMemoryMib * gpu.count) / pool.devicesPerNode,
    );
  }
  const model = gpu.model ?? pool?.gpu;
  if (!model || gpu.migProfile !== undefined) return undefined;
  const machines = instanceTypesWith(model.key).filter(
    (machine) => provider === Provider.ON_PREMISES || machine.provider === provider,
  );
  if (machines.length === 0) return undefined;
  const usable = machines.map((machine) => ({ ...usableOf(machine), gpus: machine.gpus }));
  return rounded(
    Math.min(...usable.map(({ cpuMillis, gpus }) => (cpuMillis * gpu.count) / gpus)),
    Math.min(...usable.map(({ memoryMib, gpus }) => (memoryMib * gpu.count) / gpus)),
  );
}

function usableOf(machine: InstanceTypeEntry): { readonly cpuMillis: number; readonly memoryMib: number } {
  const cpu = machine.allocatableCpuMillis ?? machine.vcpu * 1000 * (1 - SYSTEM_FRACTION);
  const memory = machine.allocatableMemoryMib ?? machine.memoryGib * 1024 * (1 - SYSTEM_FRACTION);
  const { cpuMillis, memoryMib } = besideDaemonSets(cpu, memory);
  return { cpuMillis: cpuMillis!, memoryMib: memoryMib! };
}

/** Down to a tenth of a core and a whole GiB. */
function rounded(cpuMillis: number, memoryMib: number): NodeShare {
  return {
    cpuMillis: Math.max(100, Math.floor(cpuMillis / 100) * 100),
    memoryKib: Math.max(1, Math.floor(memoryMib / 1024)) * 1024 * 1024,
  };
}
