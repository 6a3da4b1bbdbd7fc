import { startupBudget } from '../../src/inventory/probe';
import { prometheusTriggers } from '../../src/inventory/prometheus-trigger';
import { inventoryOf } from './inventory-of';

const resourceOf = (content: object) =>
  inventoryOf(JSON.stringify({ apiVersion: 'v1', kind: 'A', ...content })).resources[0];

test.each<[object | null | undefined, number | undefined]>([
  [{ periodSeconds: 5, failureThreshold: 7, initialDelaySeconds: 11 }, 46],
  [{}, 30],
  [{ failureThreshold: 60 }, 600],
  [{ periodSeconds: 20 }, 60],
  [{ initialDelaySeconds: 4 }, 34],
  [{ initialDelaySeconds: 0 }, 30],
  [{ periodSeconds: 'often' }, undefined],
  [{ failureThreshold: 1.5 }, undefined],
  [{ initialDelaySeconds: '5' }, undefined],
  [null, undefined],
  [undefined, undefined],
])('a startup probe of %j leaves %j seconds', (probe, expected) => {
  expect(startupBudget(resourceOf({ probe }).at('probe'))).toBe(expected);
});

test('triggers of Prometheus are those of a ScaledObject, with their queries', () => {
  const triggers = [
    { type: 'cpu' },
    { type: 'prometheus', metadata: { query: 'sum(a)' } },
    { metadata: { query: 'b' } },
  ];
  const scaled = resourceOf({ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', spec: { triggers } });
  expect(prometheusTriggers(scaled).map(({ trigger, query }) => [trigger.place, query.text])).toEqual([
    ['spec.triggers[1]', 'sum(a)'],
  ]);
  expect(prometheusTriggers(resourceOf({ spec: { triggers } }))).toEqual([]);
});
