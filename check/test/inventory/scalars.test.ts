import { load } from 'js-yaml';
import { KUBERNETES_YAML, numberOf } from '../../src/inventory/scalars';

const read = (text: string): unknown => load(text, { schema: KUBERNETES_YAML });

describe('a plain scalar', () => {
  test.each<[string, number | undefined]>([
    ['0', 0],
    ['7', 7],
    ['-7', -7],
    ['95', 95],
    ['+7', 7],
    ['-0', 0],
    ['1_000', 1000],
    ['010', 8],
    ['-010', -8],
    ['+010', 8],
    ['-00', 0],
    ['08', 8],
    ['0x1F', 31],
    ['-0X1f', -31],
    ['0o17', 15],
    ['0O17', 15],
    ['0b101', 5],
    ['-0B101', -5],
    ['1.5', 1.5],
    ['1.', 1],
    ['.5', 0.5],
    ['-.5', -0.5],
    ['1e3', 1000],
    ['1E-2', 0.01],
    ['1_0.5', 10.5],
    ['.inf', Infinity],
    ['+.Inf', Infinity],
    ['-.INF', -Infinity],
    ['.nan', NaN],
    ['._5', undefined],
    ['1:30', undefined],
    ['1.2.3', undefined],
    ['0x', undefined],
    ['0b12', undefined],
    ['0o8', undefined],
    ['10Gi', undefined],
    ['1e', undefined],
    ['-', undefined],
    ['.', undefined],
    ['--1', undefined],
    ['inf', undefined],
    ['e5', undefined],
    ['_1', undefined],
    ['/1', undefined],
    [':1', undefined],
    ['', undefined],
  ])('%s is the number %j', (written, expected) => {
    expect(numberOf(written)).toBe(expected);
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['~', null],
    ['Null', null],
    ['nULL', 'nULL'],
    ['yes', true],
    ['Off', false],
    ['n', false],
    ['yEs', 'yEs'],
    ['0x10', 16],
    ['12abc', '12abc'],
    ['2024-01-01', '2024-01-01'],
    ['"7"', '7'],
    ["'yes'", 'yes'],
    ['!!str 7', '7'],
    ['!!str', ''],
    ['!!int "7"', 7],
    ['!!float "1.5"', 1.5],
    ['!!binary aGVsbG8=', 'hello'],
    ['!!seq [1]', [1]],
    ['!!map {a: 1}', { a: 1 }],
  ])('%s is read as %j', (written, expected) => {
    expect(read(written)).toEqual(expected);
  });

  test.each(['!!int x', '!!int "1.5"', '!!float x', '!!bool maybe', '!!null x', '!Ref x'])(
    '%s is refused',
    (written) => {
      expect(() => read(written)).toThrow();
    },
  );

  test('merges maps by the key of YAML 1.1, and only there', () => {
    expect(read('a: &a { x: 1 }\nb: { <<: *a, z: 2 }\n')).toEqual({ a: { x: 1 }, b: { x: 1, z: 2 } });
    expect(read('a: <<\n')).toEqual({ a: '<<' });
    expect(read('"a": "<<x"\n')).toEqual({ a: '<<x' });
  });
});
