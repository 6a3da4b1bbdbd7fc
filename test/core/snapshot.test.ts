import { errorText, isPlainObject, readProperty, snapshot, Unreadable } from '../../src/core/snapshot';

class Money {
  constructor(public readonly amount: number) {}
}

describe('snapshot', () => {
  test('copies lists and maps at every depth', () => {
    const given = { a: [{ b: ['c'] }] };
    const copy = snapshot(given);
    given.a[0].b[0] = 'changed';
    given.a.push({ b: [] });
    expect(copy).toEqual({ a: [{ b: ['c'] }] });
  });

  test('keeps instances of classes as they are', () => {
    const money = new Money(5);
    expect(snapshot({ money }).money).toBe(money);
  });

  test('leaves what it copies alone, frozen or not', () => {
    const given = Object.freeze({ list: Object.freeze(['a']), map: Object.freeze({ b: 1 }) });
    expect(snapshot(given)).toEqual({ list: ['a'], map: { b: 1 } });
  });

  test('reads every getter once', () => {
    let reads = 0;
    const given = {
      get name() {
        return `read ${++reads}`;
      },
    };
    const copy = snapshot(given);
    expect([copy.name, copy.name, reads]).toEqual(['read 1', 'read 1', 1]);
  });

  test('marks what throws when it is read', () => {
    const given = {
      get name(): string {
        throw new Error('not today');
      },
    };
    expect(snapshot(given).name).toEqual(new Unreadable('not today'));
  });

  test('keeps __proto__ as a key like any other', () => {
    const copy = snapshot(JSON.parse('{"__proto__": {"polluted": true}}') as object);
    expect(Object.keys(copy)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('does not look up what a map inherits', () => {
    const copy = snapshot<{ toString?: unknown }>({});
    expect(copy.toString).toBeUndefined();
  });

  test('keeps cycles and shared values', () => {
    const shared = ['x'];
    const given: { self?: unknown; one: string[]; two: string[] } = { one: shared, two: shared };
    given.self = given;
    const copy = snapshot(given);
    expect(copy.self).toBe(copy);
    expect(copy.one).toBe(copy.two);
    expect(copy.one).not.toBe(shared);
  });

  test('stops at a hundred levels', () => {
    let deep: unknown = 'bottom';
    for (let i = 0; i < 5000; i++) deep = [deep];
    expect(JSON.stringify(snapshot(deep))).toContain('nested deeper than 100');
  });

  test('does not fill a list of four billion holes', () => {
    expect(snapshot(new Array(2 ** 32 - 1))).toHaveLength(2 ** 32 - 1);
  });

  test('marks proxies that refuse to be read', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('mine');
        },
      },
    );
    expect(snapshot({ proxy }).proxy).toBeInstanceOf(Unreadable);
    expect(snapshot({ hostile }).hostile).toEqual(new Unreadable('mine'));
  });
});

describe('isPlainObject', () => {
  test.each([{}, { a: 1 }, Object.create(null) as object, new Proxy({}, {})])('takes %p', (value) => {
    expect(isPlainObject(value)).toBe(true);
  });

  test.each([null, undefined, 'a', 1, [], new Money(1), new Map(), new Date(0), () => 1, Object.create({ a: 1 })])(
    'takes not %p',
    (value) => {
      expect(isPlainObject(value)).toBe(false);
    },
  );
});

describe('readProperty', () => {
  test('reads fields and methods', () => {
    expect(readProperty({ a: 1 }, 'a')).toBe(1);
    expect(readProperty(new Date(0), 'getTime')).toBe(Date.prototype.getTime);
  });
});

describe('errorText', () => {
  const hostile = {
    toString() {
      throw new Error('no');
    },
  };
  test.each<[unknown, string]>([
    [new Error('two\n  lines'), 'two lines'],
    ['text', 'text'],
    [undefined, 'undefined'],
    [hostile, 'an error that cannot be read'],
    [new Error('x'.repeat(1000)), `${'x'.repeat(200)}…`],
  ])('says what %p says', (error, text) => {
    expect(errorText(error)).toBe(text);
  });
});
