import type { Field } from '../../../inventory/field';
import type { Inventory } from '../../../inventory/inventory';
import type { Workload } from '../../../inventory/workload';
import { Nature } from '../../../inventory/workload';

/** The workload that the manifest of a resource template makes; undefined when it makes another object, or several. */
export function embeddedWorkload(template: Field, inventory: Inventory): Workload | undefined {
  const byPlace = inventory.once('workloads in workflows', () => {
    const found = new Map<string, Workload[]>();
    for (const workload of inventory.workloads) {
      const place = workload.resource.embedding && keyOf(workload.resource.embedding.field, inventory);
      if (place !== undefined) found.set(place, [...(found.get(place) ?? []), workload]);
    }
    return found;
  });
  const workloads = byPlace.get(keyOf(template.at('resource', 'manifest'), inventory)) ?? [];
  return workloads.length === 1 ? workloads[0] : undefined;
}

/** Whether the manifest of a resource template is a workload that comes to an end. */
export function embeddedRun(template: Field, inventory: Inventory): Workload | undefined {
  const workload = embeddedWorkload(template, inventory);
  return workload?.nature === Nature.RUN && workload.resource.kind !== 'Pod' ? workload : undefined;
}

function keyOf(field: Field, inventory: Inventory): string {
  const numbers = inventory.once(
    'numbers of resources',
    () => new Map(inventory.resources.map((each, index) => [each, index])),
  );
  return `${numbers.get(field.resource)} ${field.place}`;
}
