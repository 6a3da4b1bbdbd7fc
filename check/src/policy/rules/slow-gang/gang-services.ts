import type { Inventory } from '../../../inventory/inventory';
import { podLabels } from '../../../inventory/label-selector';
import type { PodFacts } from '../../../inventory/pod';
import type { Resource } from '../../../inventory/resource';
import { SelectorIndex } from '../../../inventory/selector-index';

/** A headless Service that is made for some pods, whatever its name. */
export function headlessServiceOf(pod: PodFacts, inventory: Inventory): Resource | undefined {
  const { namespace } = pod.workload.resource;
  const index = inventory.once('headless services by label', () => {
    const headless = inventory.of('', 'Service').filter((each) => each.at('spec', 'clusterIP').text === 'None');
    const selecting = headless.filter((each) => each.at('spec', 'selector').keys.length > 0);
    return new SelectorIndex(selecting, (each) => each.at('spec', 'selector'));
  });
  return index.candidates(podLabels(pod).known).find((each) => each.namespace === namespace && selectsPods(each, pod));
}

/** Whether a Service selects pods, as far as their labels are known. */
export function selectsPods(service: Resource, pod: PodFacts): boolean {
  const labels = podLabels(pod);
  return service
    .at('spec', 'selector')
    .entries.every(([key, { text }]) =>
      Object.hasOwn(labels.known, key) ? labels.known[key] === text : labels.isOpen(key),
    );
}
