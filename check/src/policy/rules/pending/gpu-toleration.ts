import { gpuTaintKey } from 'cdk8s-ml/floor/kinds/toleration';
import { untolerated } from '../../../inventory/pool';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { isOpenPod, isPlaced, misfit, misplaced } from './gpu-pods';

export const gpuToleration: Rule<Scope.POD> = {
  name: 'gpu-toleration',
  group: Group.PENDING,
  facts: ['ML-SCHED-003'],
  scope: Scope.POD,
  why: 'GPU nodes are mostly tainted to keep other pods off: a pod that does not tolerate the taint waits for ever. https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#example-use-cases',
  fix: 'Add the toleration {key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}.',
  props: 'Set gpu, which brings the toleration, or pool.',
  check: (pod, inventory) => {
    const { devices, workload, tolerations } = pod;
    if (devices.length === 0 || !isPlaced(pod) || workload.queueName !== undefined) return [];
    const field = pod.at('tolerations');
    if (inventory.pools !== undefined) {
      const found = misfit(pod, inventory);
      if (found?.obstacle !== 'taints') return [];
      const [{ name }] = found.pools;
      const taints = untolerated(found.pools[0], tolerations).map(({ key, effect }) => `${key}:${effect}`);
      return [misplaced(inventory, field, `does not tolerate ${taints.join(' and ')} of the nodes of ${name}.`)];
    }
    const key = gpuTaintKey(devices[0].resource);
    if (isOpenPod(pod) || pod.tolerates(key) || !isTaintedByConvention(devices[0].resource)) return [];
    if (tolerations.some((each) => each.at('key').text !== undefined) || injects(pod.nodeSelector)) return [];
    return [warning(field, `asks for ${devices[0].resource} and does not tolerate the taint ${key} of GPU nodes.`)];
  },
};

/** Vendors whose nodes are tainted with the name of the resource. https://cloud.google.com/kubernetes-engine/docs/how-to/gpus */
function isTaintedByConvention(resource: string): boolean {
  return resource.startsWith('nvidia.com/') || resource === 'amd.com/gpu';
}

/** GKE adds the toleration to every pod that asks for a GPU. */
function injects(nodeSelector: { readonly [label: string]: string }): boolean {
  return Object.keys(nodeSelector).some((key) => key.startsWith('cloud.google.com/'));
}
