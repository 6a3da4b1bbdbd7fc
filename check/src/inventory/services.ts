import type { Inventory } from './inventory';
import { sameNamespace } from './inventory';
import { LabelSelector } from './label-selector';
import type { PodFacts } from './pod';
import { podLabels } from './pod-labels';
import type { Resource } from './resource';
import { SelectorIndex } from './selector-index';

/** The Services of the set that surely select some pods. */
export function servicesOf(pod: PodFacts, inventory: Inventory): readonly Resource[] {
  const index = inventory.once('services by label', () => {
    const selecting = inventory.of('', 'Service').filter((each) => each.at('spec', 'selector').keys.length > 0);
    return new SelectorIndex(selecting, selectorOf);
  });
  const { namespace } = pod.workload.resource;
  return index.selecting(podLabels(pod)).filter((each) => sameNamespace(each.namespace, namespace));
}

/** Whether a Service selects pods, as far as their labels are known. */
export function selectsPods(service: Resource, pod: PodFacts): boolean {
  return selectorOf(service).selects(podLabels(pod)) !== false;
}

/** Whether a Service gives the addresses of its pods, and has none of its own. */
export function isHeadless(service: Resource): boolean {
  return service.at('spec', 'clusterIP').text === 'None';
}

function selectorOf(service: Resource): LabelSelector {
  return LabelSelector.ofLabels(service.at('spec', 'selector'));
}
