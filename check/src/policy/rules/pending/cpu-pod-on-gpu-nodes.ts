import { isOfGpuNodes } from '../../../inventory/gpu-choice';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { mayUseGpus } from './cpu-pods';

export const cpuPodOnGpuNodes: Rule<Scope.POD> = {
  name: 'cpu-pod-on-gpu-nodes',
  group: Group.PENDING,
  packs: [Group.RUNAWAY],
  facts: ['ML-SCHED-013'],
  scope: Scope.POD,
  why: 'A pod without a GPU on a GPU node takes CPU and memory that pods with GPUs need, and keeps the node from being given back. https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/',
  fix: 'Ask for a GPU, or leave out the labels of GPU nodes.',
  check: (pod) => {
    if (mayUseGpus(pod)) return [];
    const demand = pod.nodeDemands.find(isOfGpuNodes);
    if (demand === undefined) return [];
    return [warning(demand.field, `asks for GPU nodes by ${demand.key} and for no GPU.`)];
  },
};
