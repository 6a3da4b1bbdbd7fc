import { Construct } from 'constructs';
import type { Problem } from '../../src/core/diagnostics';
import { DiagnosticError } from '../../src/core/diagnostics';
import type { Check, Shape } from '../../src/core/shape';
import {
  bool,
  checkArgument,
  checkOptions,
  checkShape,
  enumOf,
  instanceOf,
  integer,
  like,
  listOf,
  mapOf,
  number,
  optional,
  record,
  text,
} from '../../src/core/shape';

interface Inner {
  readonly size: number;
}

interface Outer {
  readonly image: string;
  readonly replicas?: number;
  readonly inner?: Inner;
}

const outer: Shape<Outer> = {
  image: text(),
  replicas: optional(integer({ min: 1, max: 9 })),
  inner: optional(record<Inner>('Inner', { size: integer() })),
};

function found(check: Check, value: unknown): string[] {
  const problems: Problem[] = [];
  check(value, 'it', problems);
  return problems.map(({ rule, message, fix }) => `${rule.id}: ${message} ${fix}`);
}

function refused(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics.map(({ id, property }) => `${id} ${property}`);
    throw error;
  }
  return [];
}

describe('checkShape', () => {
  const scope = new Construct(undefined as never, '');

  test('returns a copy that later changes of the props do not reach', () => {
    const given = { image: 'a', inner: { size: 3 } };
    const checked = checkShape<Outer>(scope, 'Outer', given, outer);
    given.inner.size = 99;
    expect(checked).toEqual({ image: 'a', inner: { size: 3 } });
  });

  test('reports all problems of the props in one error, with the path of the construct', () => {
    const job = new Construct(scope, 'job');
    const props = { replicas: 2.5, gpuCount: 1, inner: { size: -1, sise: 1 } } as unknown as Outer;
    const error = (() => {
      try {
        checkShape(job, 'Outer', props, outer);
      } catch (thrown) {
        return thrown as DiagnosticError;
      }
      return undefined;
    })();
    expect(error!.diagnostics.map(({ id, property, path }) => `${path} ${id} ${property}`)).toEqual([
      'job COR002 gpuCount',
      'job COR003 image',
      'job COR004 replicas',
      'job COR002 inner.sise',
      'job COR004 inner.size',
    ]);
  });

  test('takes undefined for left out, and not null', () => {
    expect(checkShape(scope, 'Outer', { image: 'a', replicas: undefined }, outer)).toEqual({ image: 'a' });
    expect(refused(() => checkShape(scope, 'Outer', { image: 'a', replicas: null } as never, outer))).toEqual([
      'COR001 replicas',
    ]);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'image'],
    ['a list', []],
    ['an instance', new Date(0)],
    ['a function', () => ({})],
  ])('COR001 fails when the props are %s', (_, props) => {
    expect(refused(() => checkShape(scope, 'Outer', props as Outer, outer))).toEqual(['COR001 props']);
  });

  test('COR001 fails when a property cannot be read, and says why', () => {
    const props = {
      get image(): string {
        throw new Error('out of ink');
      },
    };
    expect(() => checkShape(scope, 'Outer', props, outer)).toThrow(
      'COR001: image is unreadable (out of ink), not text.',
    );
  });
});

describe('checkOptions', () => {
  test('says options where a construct says props, and has no path', () => {
    expect(() => checkOptions('Outer', null as never, outer)).toThrow(/^COR001: options is null, not an object\./);
    expect(checkOptions('Outer', { image: 'a' }, outer)).toEqual({ image: 'a' });
  });
});

describe('checkArgument', () => {
  test('names the argument', () => {
    expect(() => checkArgument('weight', 101, integer({ max: 100 }))).toThrow('COR004: weight is 101.');
    expect(checkArgument('weight', 5, integer({ max: 100 }))).toBe(5);
  });
});

describe('record', () => {
  test('COR002 fails for an unknown property and offers the nearest name', () => {
    expect(found(record('Outer', outer), { image: 'a', replica: 1 })).toEqual([
      "COR002: 'replica' is not a property of Outer. Write replicas.",
    ]);
  });

  test('COR002 lists the known names when none is near', () => {
    expect(found(record('Outer', outer), { image: 'a', zzz: 1 })).toEqual([
      "COR002: 'zzz' is not a property of Outer. Remove it; known are image, inner, replicas.",
    ]);
  });

  test('COR002 counts what goes beyond twenty unknown names', () => {
    const props = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`unknown${i}`, i]));
    const problems = found(record('Outer', outer), { image: 'a', ...props });
    expect(problems).toHaveLength(21);
    expect(problems[20]).toContain('49980 further properties are none of Outer.');
  });

  test('COR003 fails when a required property is missing, and names it', () => {
    expect(found(record('Outer', outer), {})).toEqual([
      'COR003: it.image is not set. Set it.image; Outer cannot do without it.',
    ]);
  });

  test('passes what fits', () => {
    expect(found(record('Outer', outer), { image: 'a', replicas: 9, inner: { size: 0 } })).toEqual([]);
  });
});

describe('text', () => {
  test('COR001 fails for anything but text', () => {
    for (const value of [1, true, null, [], {}, new String('a'), Symbol('a'), 1n]) {
      expect(found(text(), value)[0]).toMatch(/^COR001: it is .*, not text\./);
    }
  });

  test('COR004 fails when it is empty, too short or too long', () => {
    expect(found(text(), '')).toEqual(['COR004: it is empty. Give a text, or leave it out.']);
    expect(found(text({ min: 3 }), 'ab')).toEqual([
      'COR004: it is shorter than 3 characters. Give a text, or leave it out.',
    ]);
    expect(found(text({ max: 3 }), 'abcd')).toEqual(['COR004: it has 4 characters, and 3 is the limit. Shorten it.']);
  });

  test('COR011 fails above 256 KiB', () => {
    expect(found(text(), 'x'.repeat(256 * 1024))).toEqual([]);
    expect(found(text(), 'x'.repeat(256 * 1024 + 1))[0]).toMatch(/^COR011: it has 262145 characters/);
  });

  test('COR006 fails for a character that cannot stand in a manifest, and names its place', () => {
    expect(found(text(), 'ab\u200e')).toEqual([
      "COR006: it contains U+200E at position 2: 'ab\\u200e'. Remove that character.",
    ]);
  });

  test('COR004 fails with the words and the fix of its grammar', () => {
    const check = text({ grammar: (value) => (value === 'a' ? undefined : 'is not a'), fix: 'Write a.' });
    expect(found(check, 'a')).toEqual([]);
    expect(found(check, 'b')).toEqual(["COR004: it 'b' is not a. Write a."]);
  });
});

describe('numbers', () => {
  test.each([0, 1, 2147483647, -0])('integer takes %p', (value) => {
    expect(found(integer(), value)).toEqual([]);
  });

  test.each([-1, 1.5, NaN, Infinity, -Infinity, 2147483648, 1e21])('COR004 fails for %p as an integer', (value) => {
    expect(found(integer(), value)[0]).toMatch(/^COR004: it is .*\. Give a whole number from 0 to 2147483647\./);
  });

  test.each(['3', 3n, true, null, new Number(3)])('COR001 fails for %p as a number', (value) => {
    expect(found(integer(), value)[0]).toMatch(/^COR001: it is .*, not a number\./);
  });

  test('number takes fractions within its bounds', () => {
    expect(found(number({ min: 0, max: 1 }), 0.5)).toEqual([]);
    expect(found(number({ min: 0, max: 1 }), 1.01)).toEqual(['COR004: it is 1.01. Give a number from 0 to 1.']);
    expect(found(number({ min: 0, max: 1 }), NaN)).toHaveLength(1);
  });
});

describe('bool', () => {
  test('takes true and false only', () => {
    expect([true, false].flatMap((value) => found(bool, value))).toEqual([]);
    for (const value of ['true', 1, 0, null, new Boolean(true)]) expect(found(bool, value)[0]).toMatch(/^COR001/);
  });
});

describe('enumOf', () => {
  const check = enumOf('Mode', { ON: 'on', OFF: 'off', RESTRICTED: 'restricted' });

  test('takes the values of the enum', () => {
    expect(['on', 'off'].flatMap((value) => found(check, value))).toEqual([]);
  });

  test('COR004 fails for anything else, with the nearest value or all of them', () => {
    expect(found(check, 'Restricted')).toEqual(["COR004: it is 'Restricted', which is no Mode. Write 'restricted'."]);
    expect(found(check, 7)[0]).toContain("Take one of Mode.ON ('on'), Mode.OFF ('off')");
    expect(found(check, '__proto__')).toHaveLength(1);
    expect(found(check, 'toString')).toHaveLength(1);
  });
});

describe('instanceOf', () => {
  class Gpu {}
  const ours = Gpu;
  const check = instanceOf(ours, 'Gpu.any(1)');

  test('takes instances, also of subclasses', () => {
    expect(found(check, new Gpu())).toEqual([]);
    expect(found(check, new (class extends Gpu {})())).toEqual([]);
  });

  test('COR001 fails for anything else and names a way to get one', () => {
    for (const value of [null, 1, {}, Gpu, { constructor: Gpu, count: 1 }]) expect(found(check, value)).toHaveLength(1);
    expect(found(check, 'h100')).toEqual(["COR001: it is 'h100', not a Gpu. Use Gpu.any(1)."]);
  });

  test('COR001 says so when another copy of the package made it', () => {
    const other = new { Gpu: class Gpu {} }.Gpu();
    expect(found(check, other)).toEqual([
      'COR001: it is an instance of Gpu, not a Gpu of this copy of the package. Install the package once: another copy made this value.',
    ]);
  });

  test('COR001 fails for a proxy that refuses to be looked at', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(found(check, proxy)).toHaveLength(1);
  });
});

describe('like', () => {
  const check = like('Duration', ['toSeconds'], 'Duration.hours(1)');

  test('takes whatever has the members', () => {
    expect(found(check, { toSeconds: () => 1 })).toEqual([]);
  });

  test('COR001 fails when a member is missing, null or cannot be read', () => {
    const hostile = {
      get toSeconds(): unknown {
        throw new Error('no');
      },
    };
    for (const value of [{}, { toSeconds: null }, hostile, null, 'PT1H', 3600]) {
      expect(found(check, value)[0]).toMatch(/^COR001: it is .*, not a Duration\. Use Duration\.hours\(1\)\./);
    }
  });
});

describe('listOf', () => {
  test('checks every item and names its index', () => {
    expect(found(listOf(integer()), [1, 'x', 3])).toEqual(["COR001: it[1] is 'x', not a number. Give a number."]);
  });

  test('COR001 fails for what is no list, and for holes in one', () => {
    expect(found(listOf(integer()), 'abc')[0]).toMatch(/^COR001/);
    expect(found(listOf(integer()), { length: 1 })[0]).toMatch(/^COR001/);
    expect(found(listOf(integer()), [1, , 3])[0]).toMatch(/^COR001: it\[1\] is undefined/);
  });

  test('COR004 fails outside its bounds', () => {
    expect(found(listOf(integer(), { min: 1 }), [])).toEqual(['COR004: it has 0 items. Give 1 to 10000 items.']);
    expect(found(listOf(integer(), { max: 2 }), [1, 2, 3])).toEqual(['COR004: it has 3 items. Give 0 to 2 items.']);
  });

  test('COR011 fails for a list that no object can hold', () => {
    expect(found(listOf(integer()), new Array(2 ** 32 - 1))[0]).toMatch(/^COR011: it has 4294967295 items\./);
  });
});

describe('mapOf', () => {
  const check = mapOf(integer(), (key) => (key === 'bad' ? 'is bad' : undefined), 3);

  test('checks every value and names its key', () => {
    expect(found(check, { a: 1, b: 'x' })).toEqual(["COR001: it.b is 'x', not a number. Give a number."]);
  });

  test('COR004 fails for a key that its grammar refuses', () => {
    expect(found(check, { bad: 1 })).toEqual(["COR004: it has the key 'bad', which is bad. Rename the key."]);
  });

  test.each(['__proto__', 'constructor', 'prototype'])('COR004 fails for the key %s', (key) => {
    expect(found(check, JSON.parse(`{"${key}": 1}`))[0]).toContain('which is reserved by JavaScript');
  });

  test.each(['toString', 'hasOwnProperty', 'valueOf'])('takes the key %s', (key) => {
    expect(found(check, { [key]: 1 })).toEqual([]);
  });

  test('COR004 and COR011 fail for too many entries', () => {
    expect(found(check, { a: 1, b: 1, c: 1, d: 1 })).toEqual(['COR004: it has 4 entries. Give at most 3.']);
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`k${i}`, 1]));
    expect(
      found(
        mapOf(integer(), () => undefined),
        many,
      )[0],
    ).toMatch(/^COR011: it has 10001 entries\./);
  });

  test('COR001 fails for lists, instances and null', () => {
    for (const value of [[], new Map(), null, 'a']) expect(found(check, value)[0]).toMatch(/^COR001/);
  });
});
