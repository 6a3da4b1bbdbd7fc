import { backendsOf } from '../../src/inventory/service';
import { inventoryOf } from './inventory-of';

const pods = (name: string, labels: object, namespace?: string): string =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: { selector: {}, template: { metadata: { labels }, spec: { containers: [{ image: 'a' }] } } },
  });

/** Names of workloads whose pods a Service selects, and of the others when it selects none. */
function behind(selector: object | undefined, namespace: string | undefined, ...workloads: string[]) {
  const service = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 's', namespace },
    spec: { selector },
  });
  const inventory = inventoryOf(service, ...workloads);
  const found = backendsOf(inventory.resources[0], inventory);
  const names = (each: typeof inventory.pods) => each.map(({ workload }) => workload.resource.name);
  return found && { selected: names(found.selected), others: names(found.others) };
}
const A = { app: 'a', tier: 'gpu' };

describe('the pods of a Service', () => {
  test('have every label of its selector', () => {
    const all = [pods('one', A), pods('two', { app: 'a' }), pods('three', { tier: 'gpu', app: 'b' })];
    expect(behind({ app: 'a', tier: 'gpu' }, undefined, ...all)).toEqual({ selected: ['one'], others: [] });
    expect(behind({ app: 'a' }, undefined, ...all)).toEqual({ selected: ['one', 'two'], others: [] });
    expect(behind({ tier: 'gpu', app: 'c' }, undefined, ...all)).toEqual({
      selected: [],
      others: ['one', 'two', 'three'],
    });
  });

  test('are of its namespace, or of one that is left open', () => {
    const all = [pods('mine', A, 'ml'), pods('open', A), pods('theirs', A, 'shop')];
    expect(behind({ app: 'a' }, 'ml', ...all)?.selected).toEqual(['mine', 'open']);
    expect(behind({ app: 'a' }, undefined, ...all)?.selected).toEqual(['mine', 'open', 'theirs']);
    expect(behind({ app: 'x' }, 'ml', ...all)).toEqual({ selected: [], others: ['mine', 'open'] });
    expect(behind({ app: 'a' }, 'none', pods('mine', A, 'ml'))).toEqual({ selected: [], others: [] });
  });

  test.each<[string, object | undefined]>([
    ['it has no selector', undefined],
    ['its selector is empty', {}],
    ['a label is no text', { app: 'a', port: 80 }],
    ['a label is filled in later', { app: 'a', name: '$(NAME)' }],
    ['a controller sets a label', { app: 'a', 'job-name': 'x' }],
    ['an operator sets a label', { 'serving.kserve.io/inferenceservice': 'x' }],
    ['an operator with a domain of its own sets a label', { 'leaderworkerset.sigs.k8s.io/name': 'x' }],
  ])('are not known where %s', (_, selector) => {
    expect(behind(selector, undefined, pods('one', A))).toBeUndefined();
  });

  test('are one answer for Services that select alike, and each has its own', () => {
    const service = (name: string, selector: object): string =>
      JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector } });
    const inventory = inventoryOf(
      service('a', { app: 'a' }),
      service('b', { app: 'a' }),
      service('c', { tier: 'gpu' }),
      pods('one', A),
    );
    const [a, b, c] = inventory.resources.map((each) => backendsOf(each, inventory));
    expect(a).toBe(b);
    expect(c).not.toBe(a);
    expect(c?.selected).toHaveLength(1);
  });

  test('that are no one’s are at most so many as somebody would look through', () => {
    const many = Array.from({ length: 310 }, (_, index) => pods(`w${index}`, { app: `w${index}` }));
    expect(behind({ app: 'x' }, undefined, ...many)?.others).toHaveLength(300);
  });
});
