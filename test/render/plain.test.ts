import { Duration, Lazy, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { plain } from '../../src/render/plain';

function found(value: unknown): string[] {
  return plain(value, 'spec').problems.map(({ rule, message }) => `${rule.id}: ${message}`);
}

function lazy(produce: () => unknown): unknown {
  return Lazy.any({ produce });
}

describe('plain', () => {
  test('passes text, numbers, booleans, lists and maps, and drops undefined', () => {
    const value = { a: ['x', 1, true, { b: -1.5 }], c: undefined, d: '', e: 0, f: false, g: [], h: {} };
    expect(plain(value, 'spec')).toMatchObject({
      value: { a: ['x', 1, true, { b: -1.5 }], d: '', e: 0, f: false, g: [], h: {} },
      problems: [],
    });
    expect(plain(value, 'spec').value).not.toHaveProperty('c');
  });

  test('leaves no hole in a list', () => {
    expect(plain([undefined, 1], 'spec').value).toEqual([1]);
    expect(plain([1, , 2], 'spec').value).toEqual([1, 2]);
  });

  test('writes minus zero as zero', () => {
    expect(Object.is(plain(-0, 'spec').value, 0)).toBe(true);
  });

  test('turns amounts with units into text', () => {
    const value = {
      size: Size.gibibytes(64),
      cpu: kplus.Cpu.millis(1500),
      time: Duration.minutes(2),
      fraction: Duration.millis(1500),
    };
    expect(plain(value, 'spec').value).toEqual({ size: '64Gi', cpu: '1500m', time: '120s', fraction: '1.5s' });
  });

  test('produces Lazy, also inside of Lazy and in lists', () => {
    const value = { a: lazy(() => [lazy(() => Size.gibibytes(1))]), b: [lazy(() => undefined), 'x'] };
    expect(plain(value, 'spec').value).toEqual({ a: ['1Gi'], b: ['x'] });
  });

  test('writes an object that stands in two places twice', () => {
    const shared = { x: [1] };
    const value = plain({ a: shared, b: shared }, 'spec').value as { [key: string]: { x: number[] } };
    value.a.x.push(2);
    expect(value).toEqual({ a: { x: [1, 2] }, b: { x: [1] } });
    expect(shared).toEqual({ x: [1] });
  });

  test('counts the characters of texts and keys', () => {
    expect(plain({ ab: ['cde', 1, { f: 'g' }] }, 'spec').characters).toBe(7);
  });

  class Money {}
  test.each<[string, unknown, string]>([
    ['an instance of a class', new Money(), 'an instance of Money'],
    ['a Quantity of cdk8s-plus', kplus.k8s.Quantity.fromString('1'), 'an instance of Quantity'],
    ['an IntOrString of cdk8s-plus', kplus.k8s.IntOrString.fromNumber(1), 'an instance of IntOrString'],
    ['a date', new Date(0), 'an instance of Date'],
    ['a map', new Map(), 'an instance of Map'],
    ['a set', new Set(), 'an instance of Set'],
    ['bytes', new Uint8Array(2), 'an instance of Uint8Array'],
    ['a boxed text', new String('x'), 'an instance of String'],
    ['a promise', Promise.resolve(1), 'an instance of Promise'],
    ['a regular expression', /x/, 'an instance of RegExp'],
    ['null', null, 'null'],
    ['NaN', NaN, 'NaN'],
    ['infinity', -Infinity, '-Infinity'],
    ['a number beyond 2^53', 1e21, '1e+21'],
    ['a big integer', 5n, '5n'],
    ['a function', () => 1, 'a function'],
    ['a symbol', Symbol('x'), 'a symbol'],
  ])('KUB001 fails for %s, with its path', (_, value, shown) => {
    expect(found({ list: [{ deep: value }] })).toEqual([
      `KUB001: spec.list[0].deep is ${shown}, which a manifest cannot hold.`,
    ]);
    expect(plain({ list: [value, 'x'] }, 'spec').value).toEqual(expect.not.objectContaining({ list: [null, 'x'] }));
  });

  test('KUB001 fails for what throws when it is read', () => {
    const value = {
      fine: 'x',
      get broken(): string {
        throw new Error('out of order');
      },
    };
    expect(found({ a: [value] })).toEqual(['KUB001: spec.a[0] cannot be read: out of order.']);
    expect(found({ a: lazy(() => fail('lazy')) })).toEqual(['KUB001: spec.a cannot be read: lazy.']);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(found({ a: proxy })[0]).toMatch(/^KUB001: spec\.a cannot be read/);
  });

  test('KUB001 fails for an amount that only looks like one', () => {
    expect(found({ a: { toSeconds: () => 1 } })).toEqual([
      'KUB001: spec.a.toSeconds is a function, which a manifest cannot hold.',
    ]);
    class Broken {
      public toKibibytes(): never {
        throw new Error('broken');
      }
    }
    expect(found({ a: new Broken() })).toEqual(['KUB001: spec.a cannot be read: broken.']);
  });

  test.each(['constructor', '__proto__'])('KUB001 fails for the key %s, which cdk8s trips over', (key) => {
    expect(found(JSON.parse(`{"a": {"${key}": "x"}}`))).toEqual([
      `KUB001: spec.a has the key '${key}', which JavaScript keeps for itself.`,
    ]);
  });

  test('KUB001 passes for keys that only look dangerous', () => {
    expect(
      plain({ toString: 'a', hasOwnProperty: 'b', valueOf: 'c', prototype: 'd', value: 'e' }, 'spec'),
    ).toMatchObject({ problems: [], value: { toString: 'a', prototype: 'd' } });
  });

  test('KUB002 fails for text that YAML reads as something else, as value and as key', () => {
    expect(found({ a: '0o17', '0X1F': 'x', '<<': {} })).toEqual([
      "KUB002: spec.a is '0o17', which reads back as a number.",
      "KUB002: spec has the key '0X1F', which reads back as a number.",
      "KUB002: spec has the key '<<', which reads back as a merge of two maps.",
    ]);
  });

  test('KUB002 passes for text that cdk8s puts in quotes', () => {
    expect(found({ a: '0x1f', b: '017', c: 'no', d: '1e3', e: '<<', '10': 'x', no: 'x' })).toEqual([]);
  });

  test('COR006 fails for characters that do not survive', () => {
    expect(found({ a: 'x\u2028', ['b\u0000']: 'x' })).toEqual([
      'COR006: spec.a contains U+2028 at position 1.',
      "COR006: spec has the key 'b\\u0000', which contains U+0000.",
    ]);
  });

  test('KUB004 fails for cycles, with their path', () => {
    const value: { a: { b: unknown[] } } = { a: { b: [] } };
    value.a.b.push(value.a);
    expect(found(value)).toEqual(['KUB004: spec.a.b[0] contains itself.']);
  });

  test('KUB004 fails for nesting deeper than 100 and passes for 99', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 'x' : [nested(levels - 1)]);
    expect(found(nested(99))).toEqual([]);
    expect(found(nested(101))[0]).toMatch(/^KUB004: spec\[0\].* is nested deeper than 100\.$/);
    let bottomless: unknown = 'x';
    for (let i = 0; i < 50_000; i++) bottomless = { a: bottomless };
    expect(found(bottomless)).toHaveLength(1);
  });

  test('KUB004 passes for an object in two places, which is no cycle', () => {
    const shared = {};
    expect(found([shared, shared])).toEqual([]);
  });

  test('COR011 fails for lists of shared lists that would never end', () => {
    let bomb: unknown[] = ['x'];
    for (let i = 0; i < 60; i++) bomb = [bomb, bomb];
    const problems = found(bomb);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^COR011: spec.* holds more than 500000 values\.$/);
  });

  test('shows odd keys of a path in quotes', () => {
    expect(found({ 'a b': { 'app.kubernetes.io/name': { x: null } } })).toEqual([
      "KUB001: spec['a b'].app.kubernetes.io/name.x is null, which a manifest cannot hold.",
    ]);
  });
});

function fail(message: string): never {
  throw new Error(message);
}
