import type { GpuModelEntry } from './gpu-models';
import { GPU_MODELS } from './gpu-models';
import type { InstanceTypeEntry } from './instance-types';
import { INSTANCE_TYPES } from './instance-types';

const MODELS = new Map(GPU_MODELS.map((entry) => [entry.key, entry]));
const TYPES = new Map(INSTANCE_TYPES.map((entry) => [entry.name, entry]));

/** A GPU model by its key; an entry of the caller's own stands in for that of the catalogue. */
export function gpuModel(key: string, own: readonly GpuModelEntry[] = []): GpuModelEntry | undefined {
  return own.find((entry) => entry.key === key) ?? MODELS.get(key);
}

/** A machine type by its name; an entry of the caller's own stands in for that of the catalogue. */
export function instanceType(name: string, own: readonly InstanceTypeEntry[] = []): InstanceTypeEntry | undefined {
  return own.find((entry) => entry.name === name) ?? TYPES.get(name);
}

/**
 * Machine types with whole GPUs of one model, at least so many, the smallest and then the cheapest first; of one size
 * those without a known price last. Entries of the caller's own stand in for those of the catalogue.
 */
export function instanceTypesWith(
  modelKey: string,
  gpus = 1,
  own: readonly InstanceTypeEntry[] = [],
): InstanceTypeEntry[] {
  const replaced = new Set(own.map(({ name }) => name));
  return [...own, ...INSTANCE_TYPES.filter(({ name }) => !replaced.has(name))]
    .filter((entry) => entry.gpuModel === modelKey && entry.gpus >= gpus && entry.gpuFraction === undefined)
    .sort((a, b) => a.gpus - b.gpus || price(a) - price(b) || (a.name < b.name ? -1 : 1));
}

function price({ hourlyPriceUsd }: InstanceTypeEntry): number {
  return hourlyPriceUsd ?? Number.MAX_VALUE; // not Infinity: two unknown prices must compare as equal
}
