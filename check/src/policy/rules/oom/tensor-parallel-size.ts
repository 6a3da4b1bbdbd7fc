import type { Container } from '../../../inventory/container';
import { gpusOf, gpusOfPod } from '../../../inventory/gpu-count';
import type { Workload } from '../../../inventory/workload';
import type { Remark } from '../../finding';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { partsOf, spansNodes } from './engine-parts';
import { engineOf } from './model-engine';

export const tensorParallelSize: Rule<Scope.CONTAINER> = {
  name: 'tensor-parallel-size',
  group: Group.OOM,
  packs: [Group.SERVING],
  facts: ['ML-MEM-007'],
  scope: Scope.CONTAINER,
  why: 'The engine starts one process for each part of the model: with fewer GPUs than parts it does not start, and GPUs beyond them are paid for and idle. https://docs.vllm.ai/en/latest/serving/parallelism_scaling.html',
  fix: 'Set the tensor parallel size, times the other parallel sizes, to the GPUs of the container.',
  check: (container) => {
    const engine = engineOf(container);
    const gpus = gpusOf(container);
    if (engine === undefined || gpus === undefined || gpus === 0 || spansNodes(container)) return [];
    const parts = partsOf(container, engine);
    // What cannot be read is NaN, neither more nor fewer.
    return parts === undefined ? [] : remarks(container, parts, gpus);
  },
};

function remarks(container: Container, parts: number, gpus: number): Remark[] {
  const { workload } = container.pod;
  const place = container.field.at(container.args.length > 0 ? 'args' : 'command');
  if (workload.isGang) {
    // A group of pods can be cut in many ways.
    const group = gpusOfGroup(workload);
    const message = `cuts its model into ${parts} in container ${container.name}, whose group of pods has ${group} GPUs.`;
    return parts > group ? [error(place, message)] : [];
  }
  if (parts > gpus) return [error(place, message(container, parts, gpus))];
  return parts < gpus ? [warning(place, message(container, parts, gpus))] : [];
}

function message({ name }: Container, parts: number, gpus: number): string {
  return `cuts its model into ${parts} in container ${name}, which has ${gpus} GPU${gpus === 1 ? '' : 's'}.`;
}

/** GPUs of the pods that serve one copy of a model together; NaN when they are not known. */
function gpusOfGroup({ resource, roles }: Workload): number {
  const all = roles.reduce((sum, { count, pod }) => sum + count * (gpusOfPod(pod) ?? NaN), 0);
  const groups = resource.kind === 'LeaderWorkerSet' ? (resource.at('spec', 'replicas').integer ?? 1) : 1;
  return all / Math.max(groups, 1);
}
