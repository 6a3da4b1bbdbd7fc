import * as fc from 'fast-check';
import { show } from '../../src/core/diagnostics';
import corpus from '../render/yaml-corpus.json';

/** Texts: plain ones, those that YAML or Kubernetes stumbles over, random bytes, and very long ones. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...corpus.kept, ...corpus.misread.flatMap(({ texts }) => texts)),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.stringMatching(/^[-+.:_0-9a-fxXoObBeE]{1,12}$/),
  fc.stringMatching(/^[ \t\r\na-c#:-]{1,60}$/),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '$(X)',
    '${X}',
    '\ud800',
    '\u2028',
    'x'.repeat(300_000),
    ' '.repeat(50_000),
  ),
);

const revoked = Proxy.revocable({}, {});
revoked.revoke();
const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;
const refusing = (): never => {
  throw new RangeError('hostile');
};
let deep: unknown = 'bottom';
for (let i = 0; i < 3000; i++) deep = i % 2 === 0 ? [deep] : { deep };

/** Values that no property takes, among them all that breaks naive code. */
const monsters: unknown[] = [
  null,
  NaN,
  Infinity,
  -0,
  10n,
  Symbol('symbol'),
  () => 1,
  class Money {},
  new Date(NaN),
  new Map([[1, 2]]),
  new Set([1]),
  new WeakMap(),
  new Error('hostile'),
  /(a+)+$/,
  Promise.resolve(),
  new Uint8Array(3),
  new String('x'),
  new Number(3),
  Object.create(null),
  Object.create({ inherited: true }),
  JSON.parse('{"__proto__": {"image": "m"}, "constructor": 1}'),
  { toString: refusing, valueOf: refusing, toJSON: refusing },
  Object.defineProperty({}, 'image', { enumerable: true, get: refusing }),
  new Proxy({}, { get: refusing, ownKeys: refusing, getPrototypeOf: refusing }),
  new Proxy([], { get: refusing }),
  new Proxy({ amount: '1' }, { ownKeys: refusing }),
  revoked.proxy,
  cyclic,
  [cyclic, cyclic],
  deep,
  new Array(2 ** 32 - 1),
  { length: 2 ** 31 },
  { toSeconds: refusing, toMilliseconds: refusing, toKibibytes: refusing, toMebibytes: refusing, amount: '1' },
  { toSeconds: () => 'x', toMilliseconds: () => ({}), toKibibytes: () => NaN, toMebibytes: () => [] },
  { then: refusing },
  { node: {}, poolName: 1, placement: 1, claimName: {}, expressionString: Symbol('x') },
  { value: 1, valueFrom: { secretKeyRef: { name: 5 } } },
];

const WRAPPERS: ((value: unknown, text: string) => unknown)[] = [
  (value) => [value],
  (value) => ['a', value, 'b'],
  (value) => ({ a: value }),
  (value, text) => ({ [text]: value }),
  (value, text) => ({ [text]: 'x', a: value }),
  (value, text) => ({ SETTING: { value: text }, OTHER: { valueFrom: value } }),
  (value, text) => ({ SETTING: { valueFrom: { secretKeyRef: { name: text, key: value } } } }),
  (value, text) => [{ name: 'extra', image: text, command: [value] }],
  (value) => [{ name: 'extra', image: 'busybox:1.37', env: { A: value }, volumes: [value] }],
  (value) => ({ poolName: 'a', placement: value }),
  (value) => ({ claimName: 'a', accessMode: value }),
  (value) => [{ key: 'a', value, effect: value }],
];

/** A value in a box, since fast-check itself does not survive some of them. */
export class Given {
  constructor(public readonly value: unknown) {}

  public [fc.toStringMethod](): string {
    return show(this.value);
  }
}

/** Anything at all. */
export const anyValue: fc.Arbitrary<Given> = fc.oneof(
  fc.nat({ max: monsters.length - 1 }).map((index) => new Given(monsters[index])),
  fc
    .anything({
      maxDepth: 3,
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    })
    .map((value) => new Given(value)),
  anyText.map((text) => new Given(text)),
);

/** Anything at all, alone or inside of what a property takes. */
export const anyNested: fc.Arbitrary<Given> = fc.oneof(
  { weight: 2, arbitrary: anyValue },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...WRAPPERS), anyText, anyValue)
      .map(([wrap, text, { value }]) => new Given(wrap(value, text))),
  },
);

/** Freezes plain objects and lists at every depth, as far as they let themselves be frozen. */
export function freeze(value: unknown, seen = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  try {
    if (!Array.isArray(value) && ![Object.prototype, null].includes(Object.getPrototypeOf(value) as never)) return;
    if (Array.isArray(value) && value.length > 1000) return;
    for (const key of Object.keys(value)) freeze((value as Record<string, unknown>)[key], seen);
    Object.freeze(value);
  } catch {
    // what does not let itself be looked at cannot be frozen either
  }
}
