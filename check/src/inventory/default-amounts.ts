import type { Container } from './container';
import type { Inventory } from './inventory';
import { sameNamespace } from './inventory';
import type { Resource } from './resource';

/** Whether what a container does not ask for of a resource is given to it: by its pod as a whole, a runtime, or a LimitRange. */
export function mayBeGiven({ pod }: Container, resource: string, inventory: Inventory): boolean {
  const ofPod = pod.at('resources');
  if (pod.partial || ofPod.at('requests', resource).exists || ofPod.at('limits', resource).exists) return true;
  const { namespace } = pod.workload.resource;
  const ranges = rangesOf(inventory).get(resource) ?? [];
  return ranges.some((range) => sameNamespace(range.namespace, namespace));
}

/** The LimitRanges that give containers some of a resource, by the resource. */
function rangesOf(inventory: Inventory): ReadonlyMap<string, readonly Resource[]> {
  return inventory.once('defaults of LimitRanges', () => {
    const given = new Map<string, Resource[]>();
    for (const range of inventory.of('', 'LimitRange')) {
      const limits = range.at('spec', 'limits').items.filter((limit) => limit.at('type').text === 'Container');
      const resources = limits.flatMap((limit) => [...limit.at('default').keys, ...limit.at('defaultRequest').keys]);
      for (const resource of new Set(resources)) given.set(resource, [...(given.get(resource) ?? []), range]);
    }
    return given;
  });
}
