import type { Field } from './field';
import type { Inventory } from './inventory';
import { sameNamespace } from './inventory';
import type { Resource } from './resource';
import type { Workload } from './workload';

/** What sets the number of replicas of a workload. */
export interface Autoscaler {
  readonly resource: Resource;
  /** What it scales; the group is empty when it does not say. */
  readonly target: { readonly field: Field; readonly group: string; readonly kind: string; readonly name: string };
  /** Where the least number stands. */
  readonly least: Field;
  /** The least number: what it says, or what Kubernetes or KEDA takes without. */
  readonly leastReplicas: number;
  readonly most: Field;
  /** Metrics of an HPA, or triggers of KEDA. */
  readonly metrics: readonly Field[];
}

/** The only metric of an HPA of version 1. */
const OF_CPU = 'targetCPUUtilizationPercentage';

function hpa(resource: Resource): Autoscaler {
  const spec = resource.at('spec');
  const least = spec.at('minReplicas');
  // Without metrics it scales by the CPU, also in the version that has no others.
  const metrics = spec.at('metrics').exists ? spec.at('metrics').items : [spec.at(OF_CPU)];
  return {
    resource,
    target: targetOf(spec.at('scaleTargetRef'), ''),
    least,
    leastReplicas: least.integer ?? 1,
    most: spec.at('maxReplicas'),
    metrics,
  };
}

function scaledObject(resource: Resource): Autoscaler {
  const spec = resource.at('spec');
  const least = spec.at('minReplicaCount');
  return {
    resource,
    target: targetOf(spec.at('scaleTargetRef'), 'Deployment'),
    least,
    leastReplicas: least.integer ?? 0,
    most: spec.at('maxReplicaCount'),
    metrics: spec.at('triggers').items,
  };
}

function targetOf(field: Field, defaultKind: string): Autoscaler['target'] {
  const apiVersion = field.at('apiVersion').text ?? '';
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return { field, group, kind: field.at('kind').text ?? defaultKind, name: field.at('name').text ?? '' };
}

/** Every autoscaler of a set. */
export function autoscalers(inventory: Inventory): readonly Autoscaler[] {
  return inventory.once('autoscalers', () => [
    ...inventory.of('autoscaling', 'HorizontalPodAutoscaler').map(hpa),
    ...inventory.of('keda.sh', 'ScaledObject').map(scaledObject),
  ]);
}

/** Autoscalers by the kind and the name of what they scale. */
export function autoscalersByTarget(inventory: Inventory): ReadonlyMap<string, readonly Autoscaler[]> {
  return inventory.once('autoscalers by target', () => {
    const map = new Map<string, Autoscaler[]>();
    for (const each of autoscalers(inventory)) {
      const key = `${each.target.kind}/${each.target.name}`;
      const known = map.get(key);
      if (known) known.push(each);
      else map.set(key, [each]);
    }
    return map;
  });
}

/** The autoscalers of a workload. */
export function autoscalersOf({ resource }: Workload, inventory: Inventory): readonly Autoscaler[] {
  const byTarget = autoscalersByTarget(inventory);
  const named = byTarget.get(`${resource.kind}/${resource.name}`) ?? [];
  return named.filter((each) => sameNamespace(each.resource.namespace, resource.namespace));
}

/** The workload that an autoscaler scales, if it is in the set. */
export function scaledBy({ resource, target }: Autoscaler, inventory: Inventory): Workload | undefined {
  const group = target.group === '' ? 'apps' : target.group;
  const found = inventory.find(group, target.kind, target.name, resource.namespace);
  return found && inventory.workloadOf(found);
}

/** The share of a request that an autoscaler aims at, in percent; where it stands in any version of the API. */
export function utilizationOf(metric: Field): Field | undefined {
  if (metric.path.at(-1) === OF_CPU) return metric;
  if (metric.at('metadata').exists) {
    const type = metric.at('metricType').text ?? metric.at('metadata', 'type').text;
    return type === 'Utilization' ? metric.at('metadata', 'value') : undefined;
  }
  const source = [metric.at('resource'), metric.at('containerResource')].find(({ exists }) => exists);
  if (source === undefined) return undefined;
  const old = source.at('targetAverageUtilization');
  return old.exists ? old : source.at('target', 'averageUtilization');
}

/** Whether an autoscaler scales by a resource of the pods, and by which; `undefined` when by something else. */
export function resourceMetric(metric: Field): string | undefined {
  if (metric.path.at(-1) === OF_CPU) return 'cpu';
  const type = metric.at('type').text;
  if (type === 'Resource') return metric.at('resource', 'name').text;
  if (type === 'ContainerResource') return metric.at('containerResource', 'name').text;
  return type === 'cpu' || type === 'memory' ? type : undefined;
}
