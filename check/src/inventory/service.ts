import type { Inventory } from './inventory';
import { sameNamespace } from './inventory';
import { LabelSelector } from './label-selector';
import { isOpen } from './open-text';
import type { PodFacts } from './pod';
import { podLabels } from './pod-labels';
import type { Resource } from './resource';
import { SelectorIndex } from './selector-index';

// What Services select, and by which pods are selected.

/** Pods that may be behind a Service; when there are none, other pods of its namespace. */
export interface Backends {
  readonly selected: readonly PodFacts[];
  readonly others: readonly PodFacts[];
}

/** Pods of a namespace, all and by each of their labels. */
interface NamespacePods {
  readonly all: PodFacts[];
  readonly byLabel: Map<string, PodFacts[]>;
}

function podsByNamespace(inventory: Inventory): ReadonlyMap<string | undefined, NamespacePods> {
  return inventory.once('pods by namespace', () => {
    const namespaces = new Map<string | undefined, NamespacePods>();
    for (const pod of inventory.pods) {
      const { namespace } = pod.workload.resource;
      const pods = namespaces.get(namespace) ?? { all: [], byLabel: new Map<string, PodFacts[]>() };
      namespaces.set(namespace, pods);
      pods.all.push(pod);
      for (const [key, value] of Object.entries(pod.labels)) {
        const same = pods.byLabel.get(`${key}=${value}`);
        if (same) same.push(pod);
        else pods.byLabel.set(`${key}=${value}`, [pod]);
      }
    }
    return namespaces;
  });
}

/** The pods of a Service; undefined when it selects none by labels, or they are not known. Services that select alike share one answer. */
export function backendsOf(service: Resource, inventory: Inventory): Backends | undefined {
  const selector = service.at('spec', 'selector').entries;
  const known = selector.every(([key, field]) => field.text !== undefined && !isOpen(field) && !isOfOperator(key));
  if (selector.length === 0 || !known) return undefined;
  const { namespace } = service;
  const demands = selector.map(([key, { text }]) => [key, text!] as const);
  return inventory.once(`pods of a Service ${JSON.stringify([namespace, demands])}`, () =>
    backends(namespace, demands, podsByNamespace(inventory)),
  );
}

function backends(
  namespace: string | undefined,
  demands: readonly (readonly [key: string, value: string])[],
  byNamespace: ReadonlyMap<string | undefined, NamespacePods>,
): Backends {
  const names = namespace === undefined ? [...byNamespace.keys()] : [namespace, undefined];
  const namespaces = names.flatMap((name) => byNamespace.get(name) ?? []);
  const [[first, value]] = demands;
  const candidates = namespaces.flatMap(({ byLabel }) => byLabel.get(`${first}=${value}`) ?? []);
  const selected = candidates.filter(({ labels }) => demands.every(([key, wanted]) => labels[key] === wanted));
  return { selected, others: selected.length > 0 ? [] : namespaces.flatMap(({ all }) => all.slice(0, MOST_OTHERS)) };
}

/** Among more pods nobody looks for the one that was meant. */
const MOST_OTHERS = 300;

/** Labels that controllers put on pods, which no template shows. */
const OF_OPERATORS =
  /^(job-name|controller-uid|pod-template-hash|statefulset\.kubernetes\.io\/.+|apps\.kubernetes\.io\/.+|batch\.kubernetes\.io\/.+|([\w.-]+\.)?(kubeflow\.org|kserve\.io|knative\.dev|ray\.io|x-k8s\.io|sigs\.k8s\.io|volcano\.sh|argoproj\.io|istio\.io|strimzi\.io|cnpg\.io|coreos\.com|zalan\.do|elastic\.co|seldon\.io)\/.+|seldon-.+|isvc\..+|component|notebook-name|role|cluster-name|application)$/;

function isOfOperator(key: string): boolean {
  return OF_OPERATORS.test(key);
}

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
