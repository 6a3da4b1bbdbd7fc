import { Inventory } from '../../src/inventory/inventory';
import { unknownKinds } from '../../src/inventory/known-kinds';
import { SchemaSet } from '../../src/inventory/schema/schema-set';
import { inventoryOf } from './inventory-of';

const object = (apiVersion: string, kind: string, spec = '{}'): string =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a }, spec: ${spec} }`;

test('kinds of Kubernetes, of the operators that are known and of workloads are known, in any version', () => {
  const known = [
    object('v1', 'ConfigMap'),
    object('apps/v1beta9', 'Deployment', '{ selector: {} }'),
    object('extensions/v1beta1', 'Ingress'),
    object('kueue.x-k8s.io/v1', 'ClusterQueue'),
    object('ray.io/v1', 'RayCluster'),
    object('machinelearning.seldon.io/v1', 'SeldonDeployment'),
  ];
  expect(unknownKinds(inventoryOf(...known))).toEqual([]);
});

test('others are counted by version and kind', () => {
  const own = object('example.com/v1', 'Own');
  const found = unknownKinds(
    inventoryOf(own, object('example.com/v2', 'Own'), own, object('v1', 'Own'), object('example.com/v1', 'Pod')),
  );
  expect(found).toEqual([
    { apiVersion: 'example.com/v1', kind: 'Own', count: 2 },
    { apiVersion: 'example.com/v2', kind: 'Own', count: 1 },
    { apiVersion: 'v1', kind: 'Own', count: 1 },
    { apiVersion: 'example.com/v1', kind: 'Pod', count: 1 },
  ]);
});

test('kinds that the set defines are known, and others of their group are not', () => {
  const definition = object(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    '{ group: example.com, names: { kind: Own }, versions: [] }',
  );
  const found = unknownKinds(
    inventoryOf(definition, object('example.com/v7', 'Own'), object('example.com/v7', 'Other')),
  );
  expect(found).toEqual([{ apiVersion: 'example.com/v7', kind: 'Other', count: 1 }]);
});

test('kinds whose schema is given are known, in the version of the schema', () => {
  const gvk = { 'x-kubernetes-group-version-kind': [{ group: 'example.com', version: 'v1', kind: 'Own' }] };
  const schemas = SchemaSet.ofKubernetes({ Own: gvk as object });
  const { documents } = inventoryOf(object('example.com/v1', 'Own'), object('example.com/v2', 'Own'));
  expect(unknownKinds(new Inventory(documents, { schemas }))).toEqual([
    { apiVersion: 'example.com/v2', kind: 'Own', count: 1 },
  ]);
});
