import type { Inventory } from '../../../inventory/inventory';
import { LabelSelector } from '../../../inventory/label-selector';
import type { PodFacts } from '../../../inventory/pod';
import { podLabels } from '../../../inventory/pod-labels';
import type { Resource } from '../../../inventory/resource';
import { SelectorIndex } from '../../../inventory/selector-index';

/** A headless Service that is made for some pods, whatever its name. */
export function headlessServiceOf(pod: PodFacts, inventory: Inventory): Resource | undefined {
  const { namespace } = pod.workload.resource;
  const index = inventory.once('headless services by label', () => {
    const headless = inventory.of('', 'Service').filter((each) => each.at('spec', 'clusterIP').text === 'None');
    const selecting = headless.filter((each) => each.at('spec', 'selector').keys.length > 0);
    return new SelectorIndex(selecting, selectorOf);
  });
  return index.selecting(podLabels(pod)).find((each) => each.namespace === namespace);
}

/** Whether a Service selects pods, as far as their labels are known. */
export function selectsPods(service: Resource, pod: PodFacts): boolean {
  return selectorOf(service).selects(podLabels(pod)) !== false;
}

function selectorOf(service: Resource): LabelSelector {
  return LabelSelector.ofLabels(service.at('spec', 'selector'));
}
