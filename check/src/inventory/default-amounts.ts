import type { Container } from './container';
import type { Inventory } from './inventory';

/** Whether what a container does not ask for of a resource is given to it: by its pod as a whole, a runtime, or a LimitRange. */
export function mayBeGiven({ pod }: Container, resource: string, inventory: Inventory): boolean {
  const ofPod = pod.at('resources');
  if (pod.partial || ofPod.at('requests', resource).exists || ofPod.at('limits', resource).exists) return true;
  const { namespace } = pod.workload.resource;
  return namespace !== undefined && withDefaults(inventory).has(`${namespace}/${resource}`);
}

/** Namespaces and the resources of which a LimitRange gives containers some. */
function withDefaults(inventory: Inventory): ReadonlySet<string> {
  return inventory.once('defaults of LimitRanges', () => {
    const found = inventory.of('', 'LimitRange').flatMap((range) =>
      range.at('spec', 'limits').items.flatMap((limit) => {
        const given = [...limit.at('default').keys, ...limit.at('defaultRequest').keys];
        return limit.at('type').text === 'Container' ? given.map((resource) => `${range.namespace}/${resource}`) : [];
      }),
    );
    return new Set(found);
  });
}
