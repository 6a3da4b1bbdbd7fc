import type { Inventory } from '../../../inventory/inventory';
import type { Misfit } from '../../../inventory/placement';
import { misfitOf } from '../../../inventory/placement';
import type { PodFacts } from '../../../inventory/pod';
import { Nature } from '../../../inventory/workload';
import type { Field } from '../../../inventory/field';
import type { Remark } from '../../finding';
import { error, warning } from '../../finding';

/** Why a pod with devices fits on no pool that is known; undefined when it may, or nothing is known of nodes. */
export function misfit(pod: PodFacts, inventory: Inventory): Misfit | undefined {
  const { pools } = inventory;
  if (pools === undefined || pod.devices.length === 0 || !isPlaced(pod)) return undefined;
  return inventory.oncePer('misfits', pod, () => misfitOf(pod, pools));
}

/** Whether the scheduler finds a node for it: DaemonSets have one pod on each node that there is. */
export function isPlaced({ workload }: PodFacts): boolean {
  return workload.nature !== Nature.AGENT;
}

/** An error when the cluster is described as a whole, and a warning when only some of its pools are in the set. */
export function misplaced(inventory: Inventory, field: Field, message: string, fix?: string): Remark {
  const isWhole = inventory.profile !== undefined || inventory.complete;
  return isWhole ? error(field, message, fix) : warning(field, message, fix);
}

/** Namespaces of operators and of the cluster itself, whose pods go where they must. */
export function isOfCluster({ workload: { resource } }: PodFacts): boolean {
  const { namespace } = resource;
  return namespace !== undefined && /^(kube-.*|gpu-operator.*|nvidia.*|gke-.*|openshift-.*)$/.test(namespace);
}

/** Whether a pod uses GPUs in a way that its resources do not show: a fraction by annotation, or all that the runtime sees. */
export function usesHiddenDevices(pod: PodFacts): boolean {
  if (pod.deviceClaims.length > 0) return true;
  if (['gpu-fraction', 'gpu-memory', 'gpu-fraction-num-devices'].some((key) => key in pod.annotations)) return true;
  if (pod.at('runtimeClassName').text?.includes('nvidia')) return true;
  return pod.everyContainer.some((container) => {
    const visible = container.variable('NVIDIA_VISIBLE_DEVICES')?.value;
    return visible !== undefined && !['', 'none', 'void'].includes(visible);
  });
}

/** Whether the nodes of a pod may be chosen elsewhere: runtimes of KServe serve any nodes, those of Trainer may choose some. */
export function isOpenPod({ partial, workload }: PodFacts): boolean {
  return partial && !workload.is('InferenceService', 'serving.kserve.io');
}
