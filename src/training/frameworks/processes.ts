import type { Problem } from '../../core/diagnostics';
import { ONE_PROCESS, PROCESSES } from '../diagnostics';
import type { FrameworkName } from './framework';
import type { DistributedRunProps } from '../gang-props';

/** Frameworks of which one process works on all GPUs of its pod, and nothing starts more. */
const SINGLE: ReadonlySet<FrameworkName> = new Set(['tensorflow', 'jax']);

/** Processes of each pod. */
export function processesPerNode({ framework, gpuPerNode, numProcPerNode }: DistributedRunProps): number {
  if (numProcPerNode !== undefined) return numProcPerNode;
  return SINGLE.has(framework.name) ? 1 : (gpuPerNode?.count ?? 1);
}

/** Processes of each pod that hold a part of the model: with frameworks of one process its GPUs. */
export function ranksPerNode(props: DistributedRunProps): number {
  return SINGLE.has(props.framework.name) ? (props.gpuPerNode?.count ?? 1) : processesPerNode(props);
}

/** What is wrong with the number of processes of a pod. */
export function processProblems({ framework, numProcPerNode: count, gpuPerNode }: DistributedRunProps): Problem[] {
  if (count === undefined) return [];
  const found = { property: 'numProcPerNode', value: String(count) };
  if (count > 1 && SINGLE.has(framework.name)) {
    const message = `numProcPerNode is ${count}, and framework ${framework.name} runs one process per pod, which sees all its GPUs.`;
    return [{ ...found, rule: ONE_PROCESS, message, fix: 'Leave it out, or take more nodes with fewer GPUs each.' }];
  }
  const gpus = gpuPerNode?.count ?? count;
  if (gpus % count === 0) return [];
  const message = `numProcPerNode is ${count}, and a pod has ${gpus} GPUs.`;
  return [{ ...found, rule: PROCESSES, message, fix: `Leave it out, or give a divisor of ${gpus}.` }];
}
