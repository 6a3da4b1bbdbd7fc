import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Inventory } from '../../src/inventory/inventory';
import { faultsOf, schemasOf } from '../../src/inventory/schema/object-faults';
import { loadSchemas, SchemaSet } from '../../src/inventory/schema/schema-set';
import { inventoryOf } from './inventory-of';

const CRD = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: owns.example.com }
spec:
  group: example.com
  names: { kind: Own, plural: owns }
  versions:
  - name: v1
    schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { size: { type: integer }, mode: { type: string, enum: [a, b] } } }, status: { type: object } } } }
  - { name: v2 }
`;
const own = (version: string, spec: string, more = ''): string =>
  `{ apiVersion: example.com/${version}, kind: Own, metadata: { name: a }, spec: ${spec}${more} }`;
const KINDS = ['unknown-field', 'wrong-type', 'missing-field', 'unknown-value'] as const;
const faults = (inventory: Inventory, index: number): string[] =>
  KINDS.flatMap((kind) =>
    faultsOf(inventory.resources[index], inventory, kind).map(({ field }) => `${kind} ${field.place}`),
  );

test('an object is held against the schema of its version, where the set has one', () => {
  const inventory = inventoryOf(
    own('v1', '{ size: 1 }'),
    own('v1', '{ size: one, sizes: 2, mode: c }'),
    own('v2', '{ size: one }'),
    own('v3', '{ size: one }'),
    CRD,
  );
  expect([0, 1, 2, 3].map((index) => faults(inventory, index))).toEqual([
    [],
    ['unknown-field spec.sizes', 'wrong-type spec.size', 'unknown-value spec.mode'],
    [],
    [],
  ]);
});

test('metadata is that of Kubernetes, and what the API server writes is not looked at', () => {
  const text = own('v1', '{}', ', status: { own: 1 }').replace('name: a', 'name: a, labels: { a: 1 }, label: {}');
  const inventory = inventoryOf(text, CRD);
  expect(faults(inventory, 0)).toEqual(['unknown-field metadata.label', 'wrong-type metadata.labels.a']);
});

test('only what the set defines is a definition', () => {
  const inventory = inventoryOf(own('v1', '{ size: one }'), CRD.replace('apiextensions.k8s.io/v1', 'example.com/v1'));
  expect(schemasOf(inventory).of(inventory.resources[0])).toBeUndefined();
});

test('what a workflow fills in later has no fault', () => {
  const inventory = inventoryOf(`
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { name: flow }
spec:
  templates:
  - name: step
    resource:
      action: create
      manifest: |
        apiVersion: batch/v1
        kind: Job
        metadata: { name: a }
        spec: { parallelism: "{{inputs.parameters.count}}", completions: many, template: { spec: { containers: [] } } }
`);
  expect(faults(inventory, 1)).toEqual(['wrong-type spec.completions']);
});

test('schemas of Kubernetes are found by group, version and kind', () => {
  const gvk = (...kinds: { group: string; version: string; kind: string }[]) => ({
    'x-kubernetes-group-version-kind': kinds,
  });
  const Pod = gvk({ group: '', version: 'v1', kind: 'Pod' });
  const Scale = gvk(
    { group: 'autoscaling', version: 'v1', kind: 'Scale' },
    { group: 'apps', version: 'v1', kind: 'Scale' },
  );
  const Part = { type: 'object' };
  const schemas = SchemaSet.ofKubernetes({ Pod, Scale, Part } as never);
  const of = (apiVersion: string, kind: string) => schemas.of({ apiVersion, kind } as never);
  expect(of('v1', 'Pod')).toBe(Pod);
  expect([of('autoscaling/v1', 'Scale'), of('apps/v1', 'Scale')]).toEqual([Scale, Scale]);
  expect([of('v2', 'Pod'), of('v1', 'Part'), of('/v1', 'Pod')]).toEqual([undefined, undefined, undefined]);
  expect(schemas.with([])).toBe(schemas);
});

test('schemas may be given in files, beside those of the library', () => {
  const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
  try {
    writeFileSync(join(folder, 'own.yaml'), `${CRD}---\n${own('v9', '{}')}\n`);
    const schemas = loadSchemas([folder]);
    const of = (apiVersion: string, kind: string): boolean => schemas.of({ apiVersion, kind } as never) !== undefined;
    expect(of('example.com/v1', 'Own')).toBe(true);
    expect(of('batch/v1', 'Job')).toBe(true);
    expect(of('jobset.x-k8s.io/v1alpha2', 'JobSet')).toBe(true);
    expect(of('example.com/v2', 'Own')).toBe(false);
    expect(loadSchemas().of({ apiVersion: 'example.com/v1', kind: 'Own' } as never)).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
