import * as fc from 'fast-check';
import type { Construct } from 'constructs';

/**
 * A value as a program writes it, such as `Gpu.any(3)`: a failure prints it as TypeScript, and it is made anew in every chart,
 * since a factory may refuse what it gets.
 */
export class Written {
  constructor(
    private readonly text: () => string,
    /** Makes the value in a scope; `inner` makes what it is made of. */
    public readonly make: (scope: Construct, inner: (value: unknown) => unknown) => unknown,
  ) {}

  public [fc.toStringMethod](): string {
    return this.text();
  }
}

/** Calls of a factory with any of these arguments. */
export function call(
  text: string,
  factory: (...args: never[]) => unknown,
  ...args: fc.Arbitrary<unknown>[]
): fc.Arbitrary<Written> {
  return fc.tuple(...args).map((given) => {
    const last = given.findLastIndex((value) => value !== undefined);
    const used = given.slice(0, last + 1);
    return new Written(
      () => `${text}(${used.map((value) => fc.stringify(value)).join(', ')})`,
      (_scope, inner) => factory(...(used.map(inner) as never[])),
    );
  });
}

/** Makes all that is written in props, at every depth; what stands in two places is made once. */
export function made(written: unknown, scope: Construct): unknown {
  const known = new Map<Written, unknown>();
  const inner = (value: unknown): unknown => {
    if (value instanceof Written) {
      if (!known.has(value)) known.set(value, value.make(scope, inner));
      return known.get(value);
    }
    if (Array.isArray(value)) return value.map(inner);
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, inner(held)]));
  };
  return inner(written);
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

/** One of the values, and now and then one of the others. */
export function mostly<T, U>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<U>, weight = 40): fc.Arbitrary<T | U> {
  return fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: rare });
}

/** The value or nothing. */
export function maybe<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined });
}
