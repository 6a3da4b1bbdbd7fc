import type { PodFacts } from '../../../inventory/pod';
import { Nature } from '../../../inventory/workload';
import { isOfCluster, usesHiddenDevices } from './gpu-pods';

/** Whether a pod may use GPUs, or has a reason to run beside those that do. */
export function mayUseGpus(pod: PodFacts): boolean {
  const { workload, role } = pod;
  if (pod.deviceCount > 0 || pod.partial || asksForUnknown(pod)) return true;
  if (workload.nature === Nature.AGENT || isOfCluster(pod) || usesHiddenDevices(pod)) return true;
  return role.name === 'Launcher' || isOfRayRun(pod) || isOfOperator(pod);
}

/** The head of a cluster that is made for one run, and the client that submits its program: they start where its nodes do. */
function isOfRayRun({ workload: { resource, deviceCount } }: PodFacts): boolean {
  return resource.is('RayJob', 'ray.io') && deviceCount > 0;
}

/** A resource with a domain may be a GPU under another name. */
function asksForUnknown({ everyContainer }: PodFacts): boolean {
  return everyContainer.some(({ asked }) => asked.some(({ resource }) => resource.includes('/') || resource === 'gpu'));
}

/** Exporters, device plugins and checks of nodes, which look at GPUs without holding any. */
function isOfOperator({ workload: { resource }, everyContainer }: PodFacts): boolean {
  const names = [resource.name, ...everyContainer.flatMap(({ name, image }) => [name, image ?? ''])];
  return names.some((each) =>
    /exporter|device-plugin|driver|dcgm|feature-discovery|node-problem|gpu-operator|nvidia-smi/.test(each),
  );
}
