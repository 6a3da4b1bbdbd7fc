import type { Field } from '../../src/inventory/field';
import { groupBy } from '../../src/inventory/group-by';
import { isJsonObject } from '../../src/inventory/json';
import { inventoryOf } from './inventory-of';

const TEXT = `
apiVersion: example.com/v1
kind: Own
metadata: { name: own }
spec:
  text: a
  number: 3
  half: 0.5
  large: 9007199254740992
  truth: false
  nothing: null
  list: [a, 1, { b: c }, d]
  map:
    one: "1"
    two: 2
    "with.dots/and": x
`;
const spec = (): Field => inventoryOf(TEXT).resources[0].at('spec');

test('what is read is of the type that is asked for, or nothing', () => {
  const read = ({ text, integer, boolean, exists }: Field) => ({ text, integer, boolean, exists });
  const nothing = { text: undefined, integer: undefined, boolean: undefined };
  expect(read(spec().at('text'))).toEqual({ ...nothing, text: 'a', exists: true });
  expect(read(spec().at('number'))).toEqual({ ...nothing, integer: 3, exists: true });
  expect(read(spec().at('half'))).toEqual({ ...nothing, exists: true });
  expect(read(spec().at('large'))).toEqual({ ...nothing, exists: true });
  expect(read(spec().at('truth'))).toEqual({ ...nothing, boolean: false, exists: true });
  expect(read(spec().at('nothing'))).toEqual({ ...nothing, exists: false });
  expect(read(spec().at('missing', 'below'))).toEqual({ ...nothing, exists: false });
});

test('only texts and numbers are quantities', () => {
  expect(spec().at('number').quantity).toBe(3_000_000_000n);
  expect(spec().at('half').quantity).toBe(500_000_000n);
  expect(spec().at('map', 'one').quantity).toBe(1_000_000_000n);
  expect(spec().at('text').quantity).toBeUndefined();
  expect(spec().at('truth').quantity).toBeUndefined();
  expect(spec().at('list').quantity).toBeUndefined();
});

test('keys lead into maps and numbers into lists', () => {
  expect(spec().at('list', 2, 'b').text).toBe('c');
  expect(spec().at('list').at(3).text).toBe('d');
  expect(spec().at('list', 4).exists).toBe(false);
  expect(spec().at('list', 'length').exists).toBe(false);
  expect(spec().at('text', 'length').exists).toBe(false);
  expect(spec().at('text', 0).exists).toBe(false);
  expect(spec().at('map', 0).exists).toBe(false);
  expect(spec().at('map', 'constructor').exists).toBe(false);
  expect(spec().at('nothing', 'a').exists).toBe(false);
});

test('members of lists and maps', () => {
  const list = spec().at('list');
  expect(list.items.map(({ place }) => place)).toEqual([
    'spec.list[0]',
    'spec.list[1]',
    'spec.list[2]',
    'spec.list[3]',
  ]);
  expect(list.texts).toEqual(['a', 'd']);
  expect(list.entries).toEqual([]);
  expect(list.keys).toEqual([]);
  const map = spec().at('map');
  expect(map.entries.map(([key, { value }]) => [key, value])).toEqual([
    ['one', '1'],
    ['two', 2],
    ['with.dots/and', 'x'],
  ]);
  expect(map.keys).toEqual(['one', 'two', 'with.dots/and']);
  expect(map.labels).toEqual({ one: '1', 'with.dots/and': 'x' });
  expect(map.items).toEqual([]);
  expect(map.texts).toEqual([]);
  const none = spec().at('nothing');
  expect([none.items, none.texts, none.entries, none.keys, none.labels]).toEqual([[], [], [], [], {}]);
});

test('places are written as users write them, with the line on which they stand', () => {
  const resource = inventoryOf(TEXT).resources[0];
  const place = (...keys: (string | number)[]) => [resource.at(...keys).place, resource.at(...keys).line];
  expect(place('spec', 'list', 2, 'b')).toEqual(['spec.list[2].b', 12]);
  expect(place('spec', 'map', 'with.dots/and')).toEqual(["spec.map['with.dots/and']", 16]);
  expect(place('spec', 'map', '1st')).toEqual(["spec.map['1st']", 13]);
  expect(place('a.b', 'c')).toEqual(["['a.b'].c", 2]);
  expect(place()).toEqual(['', 2]);
});

test('what is a map', () => {
  expect([{}, [], null, 'a', 1, undefined].map((each) => isJsonObject(each))).toEqual([
    true,
    ...Array<boolean>(5).fill(false),
  ]);
});

test('members of a list by a key of theirs keep their order', () => {
  expect([...groupBy(['bo', 'al', 'be', 'cy'], (name) => name[0])]).toEqual([
    ['b', ['bo', 'be']],
    ['a', ['al']],
    ['c', ['cy']],
  ]);
});
