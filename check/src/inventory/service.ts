import type { Inventory } from './inventory';
import { isOpen } from './open-text';
import type { PodFacts } from './pod';
import type { Resource } from './resource';

// What Services select.

/** Pods that may be behind a Service, and pods of its namespace that are not. */
export interface Backends {
  readonly selected: readonly PodFacts[];
  readonly others: readonly PodFacts[];
}

/** Pods of each namespace, with those of workloads that leave it open. */
function podsByNamespace(inventory: Inventory): ReadonlyMap<string | undefined, readonly PodFacts[]> {
  return inventory.once('pods by namespace', () => {
    const pods = new Map<string | undefined, PodFacts[]>();
    for (const pod of inventory.pods) {
      const { namespace } = pod.workload.resource;
      const same = pods.get(namespace);
      if (same) same.push(pod);
      else pods.set(namespace, [pod]);
    }
    return pods;
  });
}

/** The pods of a Service; undefined when it selects none by labels, or they are not known. */
export function backendsOf(service: Resource, inventory: Inventory): Backends | undefined {
  const selector = service.at('spec', 'selector').entries;
  const known = selector.every(([key, field]) => field.text !== undefined && !isOpen(field) && !isOfOperator(key));
  if (selector.length === 0 || !known) return undefined;
  const byNamespace = podsByNamespace(inventory);
  const namespaces = service.namespace === undefined ? [...byNamespace.keys()] : [service.namespace, undefined];
  const pods = namespaces.flatMap((namespace) => byNamespace.get(namespace) ?? []);
  const selects = ({ labels }: PodFacts): boolean => selector.every(([key, { text }]) => labels[key] === text);
  return { selected: pods.filter(selects), others: pods.filter((pod) => !selects(pod)) };
}

/** Labels that controllers put on pods, which no template shows. */
const OF_OPERATORS =
  /^(job-name|controller-uid|pod-template-hash|statefulset\.kubernetes\.io\/.+|apps\.kubernetes\.io\/.+|batch\.kubernetes\.io\/.+|([\w.-]+\.)?(kubeflow\.org|kserve\.io|knative\.dev|ray\.io|x-k8s\.io|sigs\.k8s\.io|volcano\.sh|argoproj\.io|istio\.io|strimzi\.io|cnpg\.io|coreos\.com|zalan\.do|elastic\.co|seldon\.io)\/.+|seldon-.+|isvc\..+|component|notebook-name|role|cluster-name|application)$/;

function isOfOperator(key: string): boolean {
  return OF_OPERATORS.test(key);
}
