import type { IConstruct } from 'constructs';
import type { Problem } from './diagnostics';
import { DiagnosticError, show } from './diagnostics';
import { changed } from './epoch';
import { nearest } from './nearest';
import { MISSING_PROPERTY, OUT_OF_RANGE, TOO_LARGE, UNKNOWN_PROPERTY, UNPRINTABLE_TEXT, WRONG_TYPE } from './rules';
import { isPlainObject, readProperty, snapshot, Unreadable } from './snapshot';
import { forbiddenCharacter } from './text';

/** Looks at one value and adds what is wrong with it to `problems`. */
export type Check = (value: unknown, property: string, problems: Problem[]) => void;

/** A check of a property that may be left out. */
export interface OptionalCheck {
  readonly optional: Check;
}

/** The checks of an interface: one for every property, and `optional` for exactly the optional ones. */
export type Shape<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? OptionalCheck : Check;
};

/** The check of a property that may be left out; `undefined` counts as left out, `null` does not. */
export function optional(check: Check): OptionalCheck {
  return { optional: check };
}

/**
 * Checks the props of a construct; throws one error with all problems. Call it first in the constructor.
 *
 * Returns a copy, which is what the constructor goes on with: what was checked is then what is used, whatever the user does
 * to the original.
 */
export function checkShape<T extends object>(scope: IConstruct, typeName: string, props: T, shape: Shape<T>): T {
  changed();
  return checked('props', props, record(typeName, shape), scope.node.path, '');
}

/** Checks the options of a value object, which has no place in the tree yet; returns a copy. */
export function checkOptions<T extends object>(typeName: string, options: T, shape: Shape<T>): T {
  return checked('options', options, record(typeName, shape), '', '');
}

/** Checks one argument of a method or factory; returns a copy. */
export function checkArgument<T>(name: string, value: T, check: Check): T {
  return checked(name, value, check, '', name);
}

function checked<T>(name: string, value: T, check: Check, path: string, property: string): T {
  const problems: Problem[] = [];
  const copy = snapshot(value);
  if (property === '' && !isPlainObject(copy)) wrongType(copy, name, 'an object', problems);
  else check(copy, property, problems);
  if (problems.length > 0) throw new DiagnosticError(problems, path);
  return copy;
}

/** An object with the properties of an interface of ours. */
export function record<T extends object>(typeName: string, shape: Shape<T>): Check {
  const checks = new Map<string, Check | OptionalCheck>(Object.entries(shape as object));
  return (value, property, problems) => {
    if (!isPlainObject(value)) return wrongType(value, property, `an object of ${typeName}`, problems);
    problems.push(...unknownProperties(typeName, value, property, [...checks.keys()]));
    for (const [key, check] of checks) {
      const place = property === '' ? key : `${property}.${key}`;
      checkProperty(readProperty(value, key), place, typeName, check, problems);
    }
  };
}

function checkProperty(
  value: unknown,
  place: string,
  typeName: string,
  check: Check | OptionalCheck,
  problems: Problem[],
): void {
  if (typeof check === 'function') {
    if (value === undefined) {
      const fix = `Set ${place}; ${typeName} cannot do without it.`;
      problems.push({ rule: MISSING_PROPERTY, property: place, message: `${place} is not set.`, fix });
    } else check(value, place, problems);
  } else if (value !== undefined) {
    check.optional(value, place, problems);
  }
}

const MOST_NAMED = 20;

function unknownProperties(typeName: string, value: object, parent: string, known: readonly string[]): Problem[] {
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  const problems = unknown.slice(0, MOST_NAMED).map((key) => unknownProperty(typeName, key, parent, known));
  if (unknown.length > MOST_NAMED) {
    const message = `${unknown.length - MOST_NAMED} further properties are none of ${typeName}.`;
    problems.push({ rule: UNKNOWN_PROPERTY, property: parent || undefined, message, fix: 'Remove them.' });
  }
  return problems;
}

function unknownProperty(typeName: string, key: string, parent: string, known: readonly string[]): Problem {
  const guess = nearest(key, known);
  const property = parent === '' ? key : `${parent}.${key}`;
  const fix = guess === undefined ? `Remove it; known are ${[...known].sort().join(', ')}.` : `Write ${guess}.`;
  const message = `${show(key)} is not a property of ${typeName}.`;
  return { rule: UNKNOWN_PROPERTY, property, value: show(key), message, fix };
}

/** Bounds of a text. */
export interface TextBounds {
  /** Least number of characters; 1 when not given. */
  readonly min?: number;
  /** Greatest number of characters; 256 Ki when not given. */
  readonly max?: number;
  /** Says in words what else is wrong with the text, or nothing. */
  readonly grammar?: (text: string) => string | undefined;
  /** What to do when the grammar refuses it. */
  readonly fix?: string;
}

const LONGEST_TEXT = 256 * 1024;

/** Text that can stand in a manifest. */
export function text(bounds: TextBounds = {}): Check {
  const { min = 1, max = LONGEST_TEXT, grammar, fix } = bounds;
  return (value, property, problems) => {
    if (typeof value !== 'string') return wrongType(value, property, 'text', problems);
    const found = (rule: Problem['rule'], message: string, way: string): void => {
      problems.push({ rule, property, value: show(value), message: `${property} ${message}`, fix: way });
    };
    if (value.length < min)
      return found(
        OUT_OF_RANGE,
        `is ${value === '' ? 'empty' : `shorter than ${min} characters`}.`,
        'Give a text, or leave it out.',
      );
    if (value.length > max)
      return max < LONGEST_TEXT
        ? found(OUT_OF_RANGE, `has ${value.length} characters, and ${max} is the limit.`, 'Shorten it.')
        : found(
            TOO_LARGE,
            `has ${value.length} characters, and ${max} is the limit.`,
            'Shorten it, or mount it from a ConfigMap or a volume.',
          );
    const odd = forbiddenCharacter(value);
    if (odd)
      return found(
        UNPRINTABLE_TEXT,
        `contains ${odd.codePoint} at position ${odd.index}: ${show(value)}.`,
        'Remove that character.',
      );
    const problem = grammar?.(value);
    if (problem !== undefined) found(OUT_OF_RANGE, `${show(value)} ${problem}.`, fix ?? 'Change it accordingly.');
  };
}

/** A whole number within bounds; `min` is 0 and `max` 2147483647 (int32) when not given. */
export function integer(bounds: { readonly min?: number; readonly max?: number } = {}): Check {
  return number({ min: 0, max: 2147483647, ...bounds, whole: true });
}

/** A number within bounds. */
export function number(bounds: { readonly min: number; readonly max: number; readonly whole?: boolean }): Check {
  const { min, max, whole } = bounds;
  return (value, property, problems) => {
    if (typeof value !== 'number') return wrongType(value, property, 'a number', problems);
    const odd = Number.isNaN(value) || (whole && !Number.isInteger(value));
    if (!odd && value >= min && value <= max) return;
    const what = whole ? 'a whole number' : 'a number';
    const fix = `Give ${what} from ${min} to ${max}.`;
    problems.push({ rule: OUT_OF_RANGE, property, value: show(value), message: `${property} is ${show(value)}.`, fix });
  };
}

/** `true` or `false`. */
export const bool: Check = (value, property, problems) => {
  if (typeof value !== 'boolean') wrongType(value, property, 'true or false', problems);
};

/** A member of an enum of ours. */
export function enumOf(name: string, members: Readonly<Record<string, string>>): Check {
  const values = Object.values(members);
  return (value, property, problems) => {
    if (values.includes(value as string)) return;
    const guess = typeof value === 'string' ? nearest(value, values) : undefined;
    const known = Object.entries(members).map(([key, text]) =>
      key === text ? `${name}.${key}` : `${name}.${key} ('${text}')`,
    );
    const fix = guess === undefined ? `Take one of ${known.join(', ')}.` : `Write '${guess}'.`;
    problems.push({
      rule: OUT_OF_RANGE,
      property,
      value: show(value),
      message: `${property} is ${show(value)}, which is no ${name}.`,
      fix,
    });
  };
}

/** An instance of a class of ours. `make` names a way to get one. */
export function instanceOf(type: { readonly name: string; readonly prototype: object }, make: string): Check {
  return (value, property, problems) => {
    if (isInstance(value, type.prototype)) return;
    const namesake = show(value) === `an instance of ${type.name}`;
    const fix = namesake ? 'Install the package once: another copy made this value.' : `Use ${make}.`;
    wrongType(value, property, `${a(type.name)}${namesake ? ' of this copy of the package' : ''}`, problems, fix);
  };
}

function isInstance(value: unknown, prototype: object): boolean {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return Object.prototype.isPrototypeOf.call(prototype, value);
  } catch {
    return false; // a proxy that does not want to be looked at is none of ours
  }
}

/** Something with the given methods or fields, for classes of other packages, of which two copies may be installed. */
export function like(name: string, members: readonly string[], make: string): Check {
  return (value, property, problems) => {
    const object = typeof value === 'object' && value !== null ? value : undefined;
    const has = (member: string): boolean => {
      const found = readProperty(object!, member);
      return found !== undefined && found !== null && !Unreadable.is(found);
    };
    if (object === undefined || !members.every(has)) wrongType(value, property, a(name), problems, `Use ${make}.`);
  };
}

const MOST_ITEMS = 10000;

/** A list; every item is checked. */
export function listOf(check: Check, bounds: { readonly min?: number; readonly max?: number } = {}): Check {
  const { min = 0, max = MOST_ITEMS } = bounds;
  return (value, property, problems) => {
    if (!Array.isArray(value)) return wrongType(value, property, 'a list', problems);
    if (value.length < min || value.length > max) {
      const fix = `Give ${min} to ${max} items.`;
      problems.push({
        rule: value.length > MOST_ITEMS ? TOO_LARGE : OUT_OF_RANGE,
        property,
        value: show(value),
        message: `${property} has ${value.length} items.`,
        fix,
      });
      return;
    }
    for (let i = 0; i < value.length; i++) check(value[i], `${property}[${i}]`, problems);
  };
}

const POISONOUS_KEYS = ['__proto__', 'constructor', 'prototype'];

/** A map; every value is checked, and every key by a grammar that says in words what is wrong. */
export function mapOf(check: Check, keyProblem: (key: string) => string | undefined, max = MOST_ITEMS): Check {
  return (value, property, problems) => {
    if (!isPlainObject(value)) return wrongType(value, property, 'an object', problems);
    const keys = Object.keys(value);
    if (keys.length > max) {
      const rule = keys.length > MOST_ITEMS ? TOO_LARGE : OUT_OF_RANGE;
      problems.push({
        rule,
        property,
        message: `${property} has ${keys.length} entries.`,
        fix: `Give at most ${max}.`,
      });
      return;
    }
    for (const key of keys) {
      const problem = POISONOUS_KEYS.includes(key) ? 'is reserved by JavaScript' : keyProblem(key);
      if (problem === undefined) check(readProperty(value, key), `${property}.${key}`, problems);
      else
        problems.push({
          rule: OUT_OF_RANGE,
          property,
          value: show(key),
          message: `${property} has the key ${show(key)}, which ${problem}.`,
          fix: 'Rename the key.',
        });
    }
  };
}

function a(name: string): string {
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
}

function wrongType(value: unknown, property: string, wanted: string, problems: Problem[], fix?: string): void {
  const message = `${property} is ${show(value)}, not ${wanted}.`;
  problems.push({ rule: WRONG_TYPE, property, value: show(value), message, fix: fix ?? `Give ${wanted}.` });
}
