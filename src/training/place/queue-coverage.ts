import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { queueSpec } from '../../cluster/lookups';
import { ClusterProfile } from '../../cluster/profile';
import type { Queue } from '../../cluster/queue';
import type { Problem } from '../../core/diagnostics';
import type { ContainerDescription, PodDescription } from '../../render/pod-description';
import { NOT_COVERED } from '../diagnostics';

/** Resources that a pod asks its queue for, and the queue does not count. */
export function coverageProblems(scope: IConstruct, queue: Queue | undefined, pod: PodDescription): Problem[] {
  const covered = queue && queueSpec(ClusterProfile.of(scope), Chart.of(scope).namespace, queue)?.coveredResources;
  if (!covered) return [];
  const missing = resourcesOf(pod).filter((resource) => !covered.includes(resource));
  if (missing.length === 0) return [];
  const message = `the run asks queue ${queue.queueName} for ${missing.join(', ')}, and it covers ${covered.join(', ')}.`;
  const fix =
    'Take another queue, or add it to coveredResources of the ClusterQueue, with a quota in each flavor, and to the profile.';
  return [{ rule: NOT_COVERED, property: 'queue', value: missing.join(', '), message, fix }];
}

function resourcesOf(pod: PodDescription): string[] {
  const containers = [pod.main, ...pod.initContainers, ...pod.sidecars];
  return [...new Set(containers.flatMap(resourcesOfContainer))];
}

function resourcesOfContainer(container: ContainerDescription): string[] {
  const { cpuMillis, cpuLimitMillis, memoryKib, ephemeralStorageKib, devices, resources = {} } = container;
  return [
    ...(cpuMillis === undefined && cpuLimitMillis === undefined ? [] : ['cpu']),
    ...(memoryKib === undefined ? [] : ['memory']),
    ...(ephemeralStorageKib === undefined ? [] : ['ephemeral-storage']),
    ...(devices ? [devices.resourceName] : []),
    ...Object.keys(resources),
  ];
}
