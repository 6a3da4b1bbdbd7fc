import type { Json } from '../../src/inventory/json';
import {
  hasPatchDirective,
  isJsonPatch,
  isKustomization,
  isRestOfController,
  patchFiles,
} from '../../src/inventory/patches';
import { resourcesIn } from '../../src/inventory/resource';
import { sourceOf } from '../../src/inventory/source';

const resourceOf = (content: object, file = 'f.yaml') =>
  resourcesIn(sourceOf(file, JSON.stringify(content)).documents[0])[0];

describe('a kustomization', () => {
  test.each<[object, string, boolean]>([
    [{ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Component' }, 'f.yaml', true],
    [{ kind: 'Kustomization' }, 'f.yaml', true],
    [{ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' }, 'f.yaml', false],
    [{ resources: [] }, 'base/kustomization.yaml', true],
    [{ resources: [] }, 'kustomization.yml', true],
    [{ resources: [] }, 'a\\Kustomization', true],
    [{ resources: [] }, 'my-kustomization.yaml', false],
    [{ resources: [] }, 'kustomization.yaml.md', false],
    [{ kind: 'Other' }, 'f.yaml', false],
  ])('is %j in %s: %j', (content, file, expected) => {
    expect(isKustomization(resourceOf(content, file))).toBe(expected);
  });

  test('names the files that it lays over others, from where it is', () => {
    const kustomization = resourceOf(
      {
        kind: 'Kustomization',
        resources: ['whole.yaml'],
        patches: [{ path: 'a.yaml' }, { path: '../b.yaml' }, { patch: 'kind: A' }],
        patchesStrategicMerge: ['c.yaml', '- op: add\n  path: /a', 7],
        patchesJson6902: [{ path: './d.yaml' }],
        transformers: ['e.yaml'],
        configurations: ['f.yaml'],
        replacements: [{ path: 'g.yaml' }],
      },
      'over/lay/k.yaml',
    );
    const other = resourceOf({ kind: 'Other', patches: [{ path: 'x.yaml' }] });
    expect([...patchFiles([other, kustomization])]).toEqual([
      'over/lay/a.yaml',
      'over/b.yaml',
      'over/lay/c.yaml',
      'over/lay/d.yaml',
      'over/lay/e.yaml',
      'over/lay/f.yaml',
      'over/lay/g.yaml',
    ]);
  });
});

test.each<[object, boolean]>([
  [{ kind: 'A', $patch: 'delete' }, true],
  [{ kind: 'A', spec: { list: [{ name: 'a' }, { name: 'b', $patch: 'delete' }] } }, true],
  [{ kind: 'A', spec: { $retainKeys: ['a'] } }, true],
  [{ kind: 'A', spec: { text: '$patch', none: null, list: ['$patch'] } }, false],
])('%j has a directive of a patch: %j', (content, expected) => {
  expect(hasPatchDirective(resourceOf(content))).toBe(expected);
});

const CONTAINER = { name: 'a', args: ['b'] };
const template = (spec: object, more: object = {}): object => ({ template: { spec, ...more } });

test.each<[string, string, Json | object, boolean]>([
  ['replicas alone', 'Deployment', { replicas: 2 }, true],
  ['what a rollout does', 'StatefulSet', { updateStrategy: {}, minReadySeconds: 5 }, true],
  ['a strategy', 'Deployment', { strategy: {} }, true],
  ['containers without images', 'DaemonSet', template({ containers: [CONTAINER] }), true],
  ['annotations of pods', 'Deployment', { template: { metadata: { annotations: { a: 'b' } } } }, true],
  ['an image', 'Deployment', template({ containers: [CONTAINER, { ...CONTAINER, image: 'a' }] }), false],
  ['an image of an init container', 'Deployment', template({ initContainers: [{ ...CONTAINER, image: 'a' }] }), false],
  ['labels of pods', 'Deployment', template({}, { metadata: { labels: { a: 'b' } } }), false],
  ['a selector', 'Deployment', { replicas: 2, selector: {} }, false],
  ['a template that is no map', 'Deployment', { template: 'a' }, false],
  ['no spec', 'Deployment', null, false],
  ['a spec that is a text', 'Deployment', 'a', false],
  ['replicas of another kind', 'ReplicaSet', { replicas: 2 }, false],
])('a manifest with %s is the rest of a controller: %s %j is %j', (_, kind, spec, expected) => {
  expect(isRestOfController(resourceOf({ apiVersion: 'apps/v1', kind, spec }))).toBe(expected);
});

test.each<[Json | undefined, boolean]>([
  [[{ op: 'remove', path: '/a' }], true],
  [
    [
      { op: 'remove', path: '/a' },
      { op: 'add', path: '/b', value: 1 },
    ],
    true,
  ],
  [[{ op: 'remove', path: '/a' }, { op: 'add' }], false],
  [[{ path: '/a' }], false],
  [['op', 'path'], false],
  [[], false],
  [{ op: 'remove', path: '/a' }, false],
  [undefined, false],
])('%j is a JSON patch: %j', (value, expected) => {
  expect(isJsonPatch(value)).toBe(expected);
});
