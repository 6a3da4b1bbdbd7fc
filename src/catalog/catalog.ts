import type { GpuModelEntry } from './gpu-models';
import { GPU_MODELS } from './gpu-models';
import type { InstanceTypeEntry } from './instance-types';
import { INSTANCE_TYPES } from './instance-types';

// Lookups. A caller that knows better passes entries of its own, which win over ours.

/** A GPU model by key. */
export function gpuModel(key: string, own: readonly GpuModelEntry[] = []): GpuModelEntry | undefined {
  return [...own, ...GPU_MODELS].find((entry) => entry.key === key);
}

/** A machine type by name. */
export function instanceType(name: string, own: readonly InstanceTypeEntry[] = []): InstanceTypeEntry | undefined {
  return [...own, ...INSTANCE_TYPES].find((entry) => entry.name === name);
}

/** Machine types that have a GPU model. */
export function instanceTypesWith(modelKey: string, own: readonly InstanceTypeEntry[] = []): InstanceTypeEntry[] {
  const names = new Set(own.map(({ name }) => name));
  return [...own, ...INSTANCE_TYPES.filter(({ name }) => !names.has(name))].filter(
    (entry) => entry.gpuModel === modelKey,
  );
}
