import { Lazy } from 'cdk8s';
import type { Problem } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { TOO_LARGE, UNPRINTABLE_TEXT } from '../core/rules';
import { errorText, isPlainObject } from '../core/snapshot';
import { forbiddenCharacter } from '../core/text';
import { AMBIGUOUS_TEXT, DEEP_OR_CYCLIC, UNRENDERABLE } from '../kinds/diagnostics';
import { amountText } from './amount-text';
import { misreading, misreadKey } from './yaml-text';

/** A value that YAML can hold: text, numbers, booleans, lists and maps of them. */
export type Plain = string | number | boolean | Plain[] | { [key: string]: Plain };

/** What a renderer returned, as YAML can hold it, and what it cannot hold. */
export interface PlainResult {
  readonly value?: Plain;
  readonly problems: readonly Problem[];
  /** Characters of all texts and keys. */
  readonly characters: number;
}

const DEEPEST = 100;
const MOST_VALUES = 500_000; // an object that the API server takes has far fewer; lists of shared lists would never end

/**
 * Turns what a renderer returned into plain values: Lazy is produced, amounts with units become text, `undefined` goes.
 *
 * Anything else that YAML cannot hold, or that the API server would read as another value, is a problem with its path.
 */
export function plain(value: unknown, field: string): PlainResult {
  const normaliser = new Normaliser(field);
  const result = normaliser.normalise(value);
  return { value: result, problems: normaliser.problems, characters: normaliser.characters };
}

class Normaliser {
  public readonly problems: Problem[] = [];
  public characters = 0;
  /** Keys and indexes from the field down to the value at hand; joined only when something is wrong. */
  private readonly path: (string | number)[];
  /** Objects that the value at hand lies in. */
  private readonly inside: object[] = [];
  private values = 0;

  constructor(field: string) {
    this.path = [field];
  }

  public normalise(value: unknown): Plain | undefined {
    switch (typeof value) {
      case 'undefined':
      case 'boolean':
        return value;
      case 'string':
        return this.text(value);
      case 'number':
        return this.number(value);
      case 'object':
        return value === null ? this.unrenderable(value) : this.object(value);
      default:
        return this.unrenderable(value);
    }
  }

  private text(text: string): string {
    this.characters += text.length;
    const odd = forbiddenCharacter(text);
    const misread = odd ? undefined : misreading(text);
    if (odd) {
      const what = `contains ${odd.codePoint} at position ${odd.index}`;
      this.found(UNPRINTABLE_TEXT, text, what, 'Remove that character.');
    } else if (misread !== undefined) {
      this.found(AMBIGUOUS_TEXT, text, `is ${show(text)}, which ${misread}`, 'Write it another way.');
    }
    return text;
  }

  private number(number: number): number {
    const large = Number.isInteger(number) && !Number.isSafeInteger(number);
    if (!Number.isFinite(number) || large) this.unrenderable(number);
    return number === 0 ? 0 : number; // -0 has no place in a manifest
  }

  private object(value: object): Plain | undefined {
    const cyclic = this.inside.includes(value);
    if (cyclic || this.inside.length >= DEEPEST) {
      const what = cyclic ? 'contains itself' : `is nested deeper than ${DEEPEST}`;
      this.found(DEEP_OR_CYCLIC, value, what, 'Flatten it.');
      return undefined;
    }
    const { length: steps } = this.path;
    const { length: depth } = this.inside;
    this.inside.push(value);
    try {
      return this.container(value);
    } catch (error) {
      this.path.length = steps;
      return this.unrenderable(value, `cannot be read: ${errorText(error)}`);
    } finally {
      this.inside.length = depth;
    }
  }

  private container(value: object): Plain | undefined {
    if (Array.isArray(value)) return this.list(value);
    if (isPlainObject(value)) return this.map(value);
    if (value instanceof Lazy) return this.normalise(value.produce());
    return amountText(value) ?? this.unrenderable(value);
  }

  private list(list: readonly unknown[]): Plain[] {
    const result: Plain[] = [];
    for (let index = 0; index < list.length && !this.isFull(); index++) {
      const item = this.at(index, list[index]);
      if (item !== undefined) result.push(item);
    }
    return result;
  }

  private map(map: Record<string, unknown>): { [key: string]: Plain } {
    const result: { [key: string]: Plain } = {};
    for (const key of Object.keys(map)) {
      if (this.isFull()) break;
      const value = map[key];
      if (value === undefined || !this.takesKey(key)) continue;
      const plainValue = this.at(key, value);
      if (plainValue !== undefined) result[key] = plainValue;
    }
    return result;
  }

  private takesKey(key: string): boolean {
    this.characters += key.length;
    const odd = forbiddenCharacter(key);
    if (odd) return this.refuseKey(UNPRINTABLE_TEXT, key, `which contains ${odd.codePoint}`);
    if (UNWRITABLE_KEYS.includes(key)) return this.refuseKey(UNRENDERABLE, key, 'which JavaScript keeps for itself');
    const misread = misreadKey(key);
    return misread === undefined || this.refuseKey(AMBIGUOUS_TEXT, key, `which ${misread}`);
  }

  private refuseKey(rule: Problem['rule'], key: string, what: string): boolean {
    this.found(rule, key, `has the key ${show(key)}, ${what}`, 'Rename the key.');
    return false;
  }

  private at(step: string | number, value: unknown): Plain | undefined {
    this.values++;
    this.path.push(step);
    const result = this.normalise(value);
    this.path.pop();
    return result;
  }

  private isFull(): boolean {
    if (this.values < MOST_VALUES) return false;
    const reported = this.problems.some(({ rule }) => rule === TOO_LARGE);
    if (!reported) this.found(TOO_LARGE, undefined, `holds more than ${MOST_VALUES} values`, 'Split the object.');
    return true;
  }

  private unrenderable(value: unknown, what = `is ${show(value)}, which a manifest cannot hold`): undefined {
    this.found(UNRENDERABLE, value, what, 'Give text, a finite number, a boolean, a list or a map.');
    return undefined;
  }

  private found(rule: Problem['rule'], value: unknown, what: string, fix: string): void {
    const [field, ...steps] = this.path;
    const property = `${field}${steps.map(stepText).join('')}`;
    this.problems.push({ rule, property, value: show(value), message: `${property} ${what}.`, fix });
  }
}

/** Keys that cdk8s or JavaScript would not take for keys. */
const UNWRITABLE_KEYS = ['__proto__', 'constructor'];

function stepText(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  return /^[\w./-]{1,100}$/.test(step) ? `.${step}` : `[${show(step)}]`;
}
