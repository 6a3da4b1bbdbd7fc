import type { Field } from '../../../inventory/field';
import { isOfGpuNodes } from '../../../inventory/gpu-choice';
import type { PodFacts } from '../../../inventory/pod';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { mayUseGpus } from './cpu-pods';

const GPU_TAINT = /^(nvidia\.com\/gpu|amd\.com\/gpu|google\.com\/tpu|habana\.ai\/gaudi|aws\.amazon\.com\/neuron)$/;

export const gpuTolerationWithoutGpu: Rule<Scope.POD> = {
  name: 'gpu-toleration-without-gpu',
  group: Group.PENDING,
  packs: [Group.RUNAWAY],
  facts: ['ML-SCHED-013'],
  scope: Scope.POD,
  why: 'The taint keeps pods without GPUs off expensive nodes; one that tolerates it can land there and fill them. https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
  fix: 'Remove the toleration, or ask for a GPU.',
  check: (pod) => {
    if (mayUseGpus(pod) || pod.nodeDemands.some(isOfGpuNodes)) return []; // the demand is the finding
    if (pod.workload.queueName !== undefined) return []; // Kueue gives all pods of a run those of its flavor
    const toleration = pod.tolerations.find((each) => GPU_TAINT.test(each.at('key').text ?? ''));
    if (toleration === undefined || isShared(toleration, pod)) return [];
    return [warning(toleration, `tolerates the taint ${toleration.at('key').text} of GPU nodes and asks for no GPU.`)];
  },
};

/** Whether other pods of the workload, which do ask for GPUs, carry the same entry. */
function isShared({ place }: Field, { workload }: PodFacts): boolean {
  return workload.pods.some((each) => each.deviceCount > 0 && each.tolerations.some((other) => other.place === place));
}
