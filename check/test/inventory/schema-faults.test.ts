import type { Json } from '../../src/inventory/json';
import { schemaFaults } from '../../src/inventory/schema/faults';
import type { Definitions, Schema } from '../../src/inventory/schema/schema';

const DEFINITIONS: Definitions = {
  Probe: { type: 'object', properties: { path: { type: 'string' }, period: { type: 'integer' } } },
  Tree: { type: 'object', properties: { leaf: { type: 'string' }, inner: { $ref: '#/components/schemas/Tree' } } },
  ObjectMeta: { type: 'object', properties: { name: { type: 'string' } } },
};
const LARGE = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota'];
const SCHEMA: Schema = {
  type: 'object',
  required: ['size'],
  properties: {
    size: { type: 'integer' },
    mode: { type: 'string', enum: ['Fast', 'Slow'] },
    letter: { type: 'string', enum: LARGE },
    level: { type: 'integer', enum: [1, 2] },
    operator: { type: 'string', enum: ['Exists', 'Equal'] },
    parts: { type: 'array', items: { type: 'string', enum: ['Exists'] } },
    share: { type: 'number' },
    isOn: { type: 'boolean' },
    port: { 'x-kubernetes-int-or-string': true },
    amount: { oneOf: [{ type: 'string' }, { type: 'number' }] },
    either: { anyOf: [{ type: 'string' }, { type: 'boolean' }] },
    typed: { type: 'string', anyOf: [{ type: 'boolean' }, { type: 'integer' }] },
    open: { anyOf: [{ type: 'string' }, {}] },
    strange: { type: 'mystery' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    anything: { type: 'object', additionalProperties: true, properties: { known: { type: 'string' } } },
    kept: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { known: { type: 'string' } } },
    object: { type: 'object', 'x-kubernetes-embedded-resource': true, properties: { known: { type: 'string' } } },
    free: { type: 'object' },
    list: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'kind'],
        properties: { name: { type: 'string' }, kind: { type: 'string', default: 'a' } },
      },
    },
    values: { type: 'array' },
    probe: { 'x-definition': 'Probe' },
    tree: { $ref: '#/components/schemas/Tree' },
    lost: { $ref: '#/components/schemas/Lost' },
    meta: { 'x-definition': 'ObjectMeta' },
  },
};
const faults = (value: Json): string[] =>
  schemaFaults(value, { ...SCHEMA }, DEFINITIONS).map(
    ({ kind, path, message }) => `${kind} ${path.join('/')}: ${message}`,
  );

test.each<[string, { [key: string]: Json }]>([
  ['nothing but what must be there', {}],
  ['a value of those that are known', { mode: 'Slow', level: 2 }],
  ['a value of another version of Kubernetes', { operator: 'Gt' }],
  ['numbers', { share: 0.5, amount: 0.5, port: 8080 }],
  ['texts', { amount: '1Gi', port: 'http', either: 'a', typed: 'a' }],
  ['truths', { isOn: false, either: true }],
  ['null, which is as absent', { mode: null, list: null, labels: { a: null }, values: [null] }],
  ['a map of texts', { labels: { 'a.b/c': 'd' } }],
  ['what a map has beside what is known', { anything: { known: 'a', own: 1 }, kept: { own: 1 }, object: { own: 1 } }],
  ['what is of no form', { free: { own: 1 }, values: [1, 'a', {}], open: { a: 1 }, strange: { a: 1 }, lost: { a: 1 } }],
  ['a definition within itself', { tree: { inner: { inner: { leaf: 'a' } } } }],
  ['a field that has a default', { list: [{ name: 'a' }] }],
  ['what the API server writes', { meta: { managedFields: [] } }],
])('a schema takes %s', (_, value) => {
  expect(faults({ size: 1, ...value })).toEqual([]);
});

test.each<[string, { [key: string]: Json }, string[]]>([
  ['a text for a number', { size: 'one' }, ["wrong-type size: size is 'one' where a whole number is expected."]],
  ['half a number', { size: 0.5 }, ['wrong-type size: size is 0.5 where a whole number is expected.']],
  ['a text for a share', { share: 'half' }, ["wrong-type share: share is 'half' where a number is expected."]],
  ['a text for a truth', { isOn: 'yes' }, ["wrong-type isOn: isOn is 'yes' where true or false is expected."]],
  ['a map for a text', { mode: {} }, ['wrong-type mode: mode is an object where a text is expected.']],
  ['a list for a map', { labels: [] }, ['wrong-type labels: labels is a list of 0 where a map is expected.']],
  ['a map for a list', { list: {} }, ['wrong-type list: list is an object where a list is expected.']],
  ['half a port', { port: 0.5 }, ['wrong-type port: port is 0.5 where a whole number or a text is expected.']],
  [
    'a list of ports',
    { port: [80] },
    ['wrong-type port: port is a list of 1 where a whole number or a text is expected.'],
  ],
  [
    'a truth for an amount',
    { amount: true },
    ['wrong-type amount: amount is true where a text or a number is expected.'],
  ],
  [
    'a number for one of two',
    { either: 1 },
    ['wrong-type either: either is 1 where a text or true or false is expected.'],
  ],
  [
    'a truth where the type says a text',
    { typed: true },
    ['wrong-type typed: typed is true where a text is expected.'],
  ],
  ['a number among texts', { labels: { a: 1 } }, ['wrong-type labels/a: labels.a is 1 where a text is expected.']],
  [
    'a wrong type of a definition',
    { probe: { period: 'a' } },
    ["wrong-type probe/period: probe.period is 'a' where a whole number is expected."],
  ],
  [
    'a wrong type of a known field',
    { kept: { known: 1 } },
    ['wrong-type kept/known: kept.known is 1 where a text is expected.'],
  ],
  ['another value', { mode: 'Other' }, ["unknown-value mode: mode is 'Other', and can be Fast, Slow."]],
  ['nearly a value', { mode: 'fast' }, ["unknown-value mode: mode is 'fast'. Did you mean Fast."]],
  [
    'a value of no version',
    { operator: 'Near' },
    ["unknown-value operator: operator is 'Near', and can be Exists, Equal."],
  ],
  [
    'a value of another version that belongs elsewhere',
    { parts: ['Gt'] },
    ["unknown-value parts/0: parts[0] is 'Gt', and can be Exists."],
  ],
  ['another number', { level: 77 }, ['unknown-value level: level is 77, and can be 1, 2.']],
  [
    'none of many values',
    { letter: 'omicron' },
    ["unknown-value letter: letter is 'omicron', which is not among its values."],
  ],
  ['a field that must be there and is null', { size: null }, ['missing-field size: has no size, which must be given.']],
  [
    'a member without its name',
    { list: [{ name: 'a' }, {}] },
    ['missing-field list/1/name: list[1] has no name, which must be given.'],
  ],
  ['nearly a field', { sizes: 1 }, ['unknown-field sizes: sizes is no field. Did you mean size?']],
  [
    'a field of something below',
    { period: 1 },
    ['unknown-field period: period is no field there; it belongs to probe.'],
  ],
  [
    'a field of something above',
    { probe: { letter: 'a' } },
    ['unknown-field probe/letter: probe.letter is no field there; it belongs to the top.'],
  ],
  ['a field of nothing', { whatever: 1 }, ['unknown-field whatever: whatever is no field.']],
  [
    'a field of a definition within itself',
    { tree: { inner: { size: 1 } } },
    ['unknown-field tree/inner/size: tree.inner.size is no field there; it belongs to the top.'],
  ],
  ['one of the object itself', { managedFields: [] }, ['unknown-field managedFields: managedFields is no field.']],
])('a schema does not take %s', (_, value, expected) => {
  expect(faults({ size: 1, ...value })).toEqual(expected);
});

test('every fault is said, with the place in the whole object', () => {
  const found = schemaFaults({ mode: 1, list: [{ name: 2 }] }, SCHEMA, DEFINITIONS, ['spec']);
  expect(found.map(({ path, message }) => [path, message])).toEqual([
    [['spec', 'size'], 'spec has no size, which must be given.'],
    [['spec', 'mode'], 'spec.mode is 1 where a text is expected.'],
    [['spec', 'list', 0, 'name'], 'spec.list[0].name is 2 where a text is expected.'],
  ]);
});
