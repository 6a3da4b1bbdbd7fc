import { homeOf } from '../../src/inventory/schema/homes';
import type { Schema } from '../../src/inventory/schema/schema';

const map = (properties: { [name: string]: Schema }): Schema => ({ type: 'object', properties });
const TEXT: Schema = { type: 'string' };
const list = (items: Schema): Schema => ({ type: 'array', items });

const DEFINITIONS: { [name: string]: Schema } = {
  Container: map({
    image: TEXT,
    resources: map({ limits: TEXT, claims: TEXT }),
    probe: map({ path: TEXT, port: TEXT }),
  }),
  Loop: map({ again: { $ref: '#/components/schemas/Loop' }, end: TEXT }),
};
/** A schema like that of a Pod, a new one each time: what is found in one is remembered. */
const schema = (): Schema =>
  map({
    spec: map({
      containers: list({ 'x-definition': 'Container' }),
      first: list({ 'x-definition': 'Container' }),
      nodeName: TEXT,
      claims: TEXT,
      loop: { 'x-definition': 'Loop' },
    }),
    one: map({ odd: TEXT, rare: TEXT }),
    two: map({ odd: TEXT, rare: TEXT }),
    three: map({ odd: TEXT }),
    deep: map({
      a: map({ b: map({ c: map({ d: map({ e: map({ f: map({ g: map({ h: map({ lost: TEXT }) }) }) }) }) }) }) }),
    }),
    wide: map({ a: map({ b: map({ c: map({ d: map({ e: map({ f: map({ found: TEXT }) }) }) }) }) }) }),
  });
const home = (field: string, ...path: (string | number)[]): string | undefined =>
  homeOf(field, [...path, field], schema(), DEFINITIONS);

test('a field belongs to the nearest map below that has it', () => {
  expect(home('limits', 'spec', 'containers', 0)).toBe('spec.containers[].resources');
  expect(home('limits', 'spec', 'first', 3)).toBe('spec.first[].resources');
  expect(home('path', 'spec', 'containers', 0)).toBe('spec.containers[].probe');
  expect(home('claims', 'spec', 'containers', 0)).toBe('spec.containers[].resources');
  expect(home('end', 'spec')).toBe('spec.loop');
});

test('or else to the nearest map above', () => {
  expect(home('image', 'spec', 'containers', 0, 'resources')).toBe('spec.containers[]');
  expect(home('nodeName', 'spec', 'containers', 0, 'probe')).toBe('spec');
  expect(home('claims', 'spec', 'containers', 0, 'probe')).toBe('spec');
  expect(home('spec', 'spec', 'containers', 0)).toBe('the top');
});

test('or else to one that is somewhere else, when there are few', () => {
  expect(home('odd', 'spec')).toBeUndefined();
  expect(home('rare', 'spec')).toBe('one');
  expect(home('nodeName', 'one')).toBe('spec');
  expect(home('nowhere', 'spec')).toBeUndefined();
});

test('a field that lies deeper than anybody looks belongs nowhere', () => {
  expect(home('found', 'one')).toBe('wide.a.b.c.d.e.f');
  expect(home('lost', 'one')).toBeUndefined();
});
