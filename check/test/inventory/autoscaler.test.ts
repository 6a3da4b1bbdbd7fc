import { autoscalers, autoscalersOf, resourceMetric, scaledBy, utilizationOf } from '../../src/inventory/autoscaler';
import { inventoryOf } from './inventory-of';

const deployment = (name: string, namespace = 'ml'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec: { template: { spec: { containers: [{ name: main, image: a }] } } }
---`;
const hpa = (spec: string, version = 'v2', namespace = 'ml'): string => `
apiVersion: autoscaling/${version}
kind: HorizontalPodAutoscaler
metadata: { name: scale, namespace: ${namespace} }
spec: ${spec}
---`;
const scaledObject = (spec: string): string => `
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: scale, namespace: ml }
spec: ${spec}
---`;
const CHAT = 'scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: chat }';

test.each([
  ['an HPA', hpa(`{ ${CHAT}, minReplicas: 3, maxReplicas: 7 }`), 3, 7],
  ['an HPA without a least number', hpa(`{ ${CHAT}, maxReplicas: 7 }`), 1, 7],
  ['KEDA', scaledObject('{ scaleTargetRef: { name: chat }, minReplicaCount: 2, maxReplicaCount: 5 }'), 2, 5],
  ['KEDA without a least number', scaledObject('{ scaleTargetRef: { name: chat } }'), 0, undefined],
])('the bounds of %s', (_, manifest, least, most) => {
  const [found] = autoscalers(inventoryOf(manifest));
  expect(found.leastReplicas).toBe(least);
  expect(found.most.integer).toBe(most);
});

test.each([
  ['by apiVersion, kind and name', hpa(`{ ${CHAT} }`)],
  ['without an apiVersion', hpa('{ scaleTargetRef: { kind: Deployment, name: chat } }')],
  ['a Deployment when KEDA is not told the kind', scaledObject('{ scaleTargetRef: { name: chat } }')],
])('a workload is scaled %s', (_, manifest) => {
  const inventory = inventoryOf(`${deployment('other')}${deployment('chat')}${manifest}`);
  const [autoscaler] = autoscalers(inventory);
  expect(scaledBy(autoscaler, inventory)?.resource.name).toBe('chat');
  expect(inventory.workloads.map((each) => autoscalersOf(each, inventory).length)).toEqual([0, 1]);
});

test('what is not in the set is not scaled, nor what carries no pods or is of another group', () => {
  const config = '\napiVersion: apps/v1\nkind: ControllerRevision\nmetadata: { name: chat, namespace: ml }\n---';
  for (const target of [
    '{ apiVersion: apps/v1, kind: Deployment, name: missing }',
    '{ apiVersion: apps/v1, kind: ControllerRevision, name: chat }',
    '{ apiVersion: example.com/v1, kind: Deployment, name: chat }',
  ]) {
    const inventory = inventoryOf(`${deployment('chat')}${config}${hpa(`{ scaleTargetRef: ${target} }`)}`);
    expect(scaledBy(autoscalers(inventory)[0], inventory)).toBeUndefined();
  }
});

test('an autoscaler is that of the workload in its own namespace', () => {
  const inventory = inventoryOf(
    `${deployment('chat')}${deployment('chat', 'test')}${hpa(`{ ${CHAT} }`, 'v2', 'test')}`,
  );
  expect(inventory.workloads.map((each) => autoscalersOf(each, inventory).length)).toEqual([0, 1]);
});

const KEDA = (trigger: string): string => scaledObject(`{ scaleTargetRef: { name: chat }, triggers: [${trigger}] }`);
const V2 = (metric: string): string => hpa(`{ ${CHAT}, metrics: [${metric}] }`);

test.each<[string, string, string | undefined, number | string | undefined]>([
  ['version 1', hpa(`{ ${CHAT}, targetCPUUtilizationPercentage: 60 }`, 'v1'), 'cpu', 60],
  ['no metrics', hpa(`{ ${CHAT} }`), 'cpu', undefined],
  [
    'a resource',
    V2('{ type: Resource, resource: { name: memory, target: { type: Utilization, averageUtilization: 70 } } }'),
    'memory',
    70,
  ],
  [
    'a resource, the old way',
    V2('{ type: Resource, resource: { name: cpu, targetAverageUtilization: 75 } }'),
    'cpu',
    75,
  ],
  [
    'a resource by its amount',
    V2('{ type: Resource, resource: { name: cpu, target: { type: AverageValue, averageValue: 2 } } }'),
    'cpu',
    undefined,
  ],
  [
    'a resource of a container',
    V2(
      '{ type: ContainerResource, containerResource: { name: cpu, container: main, target: { averageUtilization: 80 } } }',
    ),
    'cpu',
    80,
  ],
  ['something else', V2('{ type: Pods, pods: { metric: { name: waiting } } }'), undefined, undefined],
  ['something else with a name', V2('{ type: External, resource: { name: cpu } }'), undefined, undefined],
  ['KEDA by CPU', KEDA('{ type: cpu, metricType: Utilization, metadata: { value: "65" } }'), 'cpu', '65'],
  [
    'KEDA by memory, the old way',
    KEDA('{ type: memory, metadata: { type: Utilization, value: "55" } }'),
    'memory',
    '55',
  ],
  ['KEDA by an amount', KEDA('{ type: cpu, metricType: AverageValue, metadata: { value: "2" } }'), 'cpu', undefined],
  ['KEDA by a measure', KEDA('{ type: prometheus, metadata: { query: up, value: "3" } }'), undefined, undefined],
])('scaling by %s', (_, manifest, resource, utilization) => {
  const [{ metrics }] = autoscalers(inventoryOf(manifest));
  expect(metrics).toHaveLength(1);
  expect(resourceMetric(metrics[0])).toBe(resource);
  expect(utilizationOf(metrics[0])?.value).toBe(utilization);
});
