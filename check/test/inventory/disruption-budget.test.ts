import { disruptionBudgetsOf, protectedBy } from '../../src/inventory/disruption-budget';
import { inventoryOf } from './inventory-of';

const server = (name: string, app: string, namespace = 'ml'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec: { template: { metadata: { labels: { app: ${app} } }, spec: { containers: [{ name: main, image: a }] } } }
---`;
const budget = (name: string, selector: string, namespace = 'ml'): string => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ${name}, namespace: ${namespace} }
spec: { minAvailable: 1, selector: ${selector} }
---`;

test('a budget protects the workloads of its namespace whose pods it selects', () => {
  const inventory = inventoryOf(
    server('chat', 'chat') +
      server('chat', 'chat', 'test') +
      server('shop', 'shop') +
      budget('of-chat', '{ matchLabels: { app: chat } }') +
      budget('of-several', '{ matchExpressions: [{ key: app, operator: In, values: [chat, shop] }] }') +
      budget('of-nobody', '{ matchLabels: { app: none } }'),
  );
  const names = inventory.workloads.map((each) =>
    disruptionBudgetsOf(each, inventory)
      .map(({ name }) => name)
      .sort(),
  );
  expect(names).toEqual([['of-chat', 'of-several'], [], ['of-several']]);

  const only = inventory
    .of('policy', 'PodDisruptionBudget')
    .map((each) => protectedBy(each, inventory)?.resource.title);
  expect(only).toEqual(['Deployment ml/chat', undefined, undefined]);
});

test('a budget that selects both roles of one workload protects it alone', () => {
  const inventory = inventoryOf(`
apiVersion: leaderworkerset.x-k8s.io/v1
kind: LeaderWorkerSet
metadata: { name: chat, namespace: ml }
spec:
  leaderWorkerTemplate:
    leaderTemplate: { metadata: { labels: { app: chat } }, spec: { containers: [{ name: a }] } }
    workerTemplate: { metadata: { labels: { app: chat } }, spec: { containers: [{ name: a }] } }
---${budget('of-chat', '{ matchLabels: { app: chat } }')}`);
  const [found] = inventory.of('policy', 'PodDisruptionBudget');
  expect(protectedBy(found, inventory)?.resource.name).toBe('chat');
  expect(disruptionBudgetsOf(inventory.workloads[0], inventory)).toEqual([found]);
});
