import { resourcesIn } from '../../src/inventory/resource';
import { isBytes, isExtended, isHugePages, isNative, isNeverOvercommitted } from '../../src/inventory/resource-name';
import { sourceOf } from '../../src/inventory/source';
import { textsOf } from '../../src/inventory/texts';

const resourcesOf = (content: unknown) =>
  resourcesIn(sourceOf('dir/f.yaml', JSON.stringify(content, null, 1)).documents[0]);

describe('an object', () => {
  test('is who its head says', () => {
    const [resource] = resourcesOf({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'x',
        namespace: 'ml',
        labels: { a: 'b', n: 7 },
        annotations: { 'cdk8s-ml.dev/path': 'app/x', c: 'd' },
      },
    });
    expect(resource.group).toBe('apps');
    expect(resource.file).toBe('dir/f.yaml');
    expect(resource.id).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'ml', name: 'x' });
    expect(resource.title).toBe('Deployment ml/x');
    expect(resource.labels).toEqual({ a: 'b' });
    expect(resource.annotations).toMatchObject({ c: 'd' });
    expect([resource.is('Deployment', 'apps'), resource.is('Deployment', ''), resource.is('Job', 'apps')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(resource.construct).toBe('app/x');
    expect(resource.at('metadata', 'name').line).toBe(5);
  });

  test.each<[object, string, string]>([
    [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } }, 'Pod x', ''],
    [{ apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'x-' } }, 'Pod x-*', ''],
    [{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'x', generateName: 'y-' } }, 'Job x', 'batch'],
    [{ apiVersion: 'batch/v1', kind: 'Job' }, 'Job ', 'batch'],
    [{ apiVersion: 1, kind: [] }, ' ', ''],
  ])('%j is %s of the group %j', (content, title, group) => {
    const [resource] = resourcesOf(content);
    expect([resource.title, resource.group]).toEqual([title, group]);
    expect(resource.id).not.toHaveProperty('namespace');
  });

  test('may be a member of a list, or of a list in a list, with its lines', () => {
    const found = resourcesOf({
      kind: 'List',
      items: [{ kind: 'A' }, { kind: 'PodList', items: [{ kind: 'B', metadata: { name: 'b' } }] }, 7, null],
    });
    expect(found.map(({ kind }) => kind)).toEqual(['A', 'B']);
    expect(found.map((each) => each.at('kind').line)).toEqual([5, 11]);
    expect(found[1].at('metadata', 'name').line).toBe(13);
  });

  test.each<[unknown, number]>([
    [{ kind: 'List', items: 'a' }, 1],
    [{ kind: 'Listing', items: [{ kind: 'A' }, { kind: 'B' }] }, 1],
    [{ kind: 7, items: [{ kind: 'A' }, { kind: 'B' }] }, 1],
    [{ kind: 'List', items: [] }, 0],
    [[{ kind: 'A' }], 0],
    ['A', 0],
    [7, 0],
  ])('of %j there are %j', (content, count) => {
    expect(resourcesOf(content)).toHaveLength(count);
  });
});

test('texts of an object are all those in it with their places, but below some keys', () => {
  const [resource] = resourcesOf({ kind: 'A', list: ['b', { c: 'd', skip: 'e' }], skip: { f: 'g' }, n: 1, none: null });
  const places = (...without: string[]): string[] =>
    [...textsOf(resource, new Set(without))].map(({ place, text }) => `${place}=${text}`).sort();
  expect(places('skip')).toEqual(['kind=A', 'list[0]=b', 'list[1].c=d']);
  expect(places()).toEqual(['kind=A', 'list[0]=b', 'list[1].c=d', 'list[1].skip=e', 'skip.f=g']);
});

test.each<[string, boolean, boolean, boolean, boolean]>([
  // Kubernetes' own, of a plugin, in bytes, never promised twice
  ['cpu', true, false, false, false],
  ['memory', true, false, true, false],
  ['ephemeral-storage', true, false, true, false],
  ['hugepages-2Mi', true, false, true, true],
  ['nvidia.com/gpu', false, true, false, true],
  ['kubernetes.io/x', false, false, false, false],
  ['node.kubernetes.io/x', false, false, false, false],
  ['my-kubernetes.io/x', false, true, false, true],
  ['requests.nvidia.com/gpu', false, false, false, false],
  ['gpu', false, false, false, false],
  ['my-hugepages-2Mi', false, false, false, false],
])('of %s', (resource, native, extended, bytes, never) => {
  expect([isNative(resource), isExtended(resource), isBytes(resource), isNeverOvercommitted(resource)]).toEqual([
    native,
    extended,
    bytes,
    never,
  ]);
  expect(isHugePages(resource)).toBe(resource.startsWith('hugepages-'));
});
