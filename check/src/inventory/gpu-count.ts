import type { Container } from './container';
import type { PodFacts } from './pod';

/** GPUs of which each takes a process of its own; other accelerators count their cores in other ways. */
const WHOLE_GPU = /^(nvidia\.com\/gpu|amd\.com\/gpu)$/;

/** GPUs of a container; undefined when their number is not known, 0 when it has none. */
export function gpusOf({ devices }: Container): number | undefined {
  const gpus = devices.filter(({ resource }) => WHOLE_GPU.test(resource));
  if (gpus.some(({ count }) => count === undefined)) return undefined;
  return gpus.reduce((sum, { count }) => sum + count!, 0);
}

/** GPUs of all containers of a pod. */
export function gpusOfPod({ containers }: PodFacts): number | undefined {
  const counts = containers.map(gpusOf);
  return counts.some((count) => count === undefined) ? undefined : counts.reduce<number>((sum, n) => sum + n!, 0);
}
