import { Lazy } from 'cdk8s';
import type { Problem } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { UNPRINTABLE_TEXT } from '../core/rules';
import { forbiddenCharacter } from '../core/text';
import { AMBIGUOUS_TEXT, DEEP_OR_CYCLIC, UNRENDERABLE } from '../kinds/diagnostics';
import { cpuMillis, cpuQuantity, memoryQuantity } from '../kinds/quantity';

/** A value that YAML can hold: text, numbers, booleans, lists and maps of them. */
export type Plain = string | number | boolean | Plain[] | { [key: string]: Plain };

const DEEPEST = 100;

/**
 * Turns what a renderer returned into plain values: Lazy is produced, amounts with units become text, `undefined` goes.
 *
 * Anything else that YAML cannot hold, or that the API server would read as another value, is a problem with its path.
 */
export function plain(
  value: unknown,
  field: string,
): { readonly value?: Plain; readonly problems: readonly Problem[] } {
  const normaliser = new Normaliser(field);
  return { value: normaliser.normalise(value), problems: normaliser.problems };
}

class Normaliser {
  public readonly problems: Problem[] = [];
  /** Keys and indexes from the field down to the value at hand; joined only when something is wrong. */
  private readonly path: (string | number)[];
  /** Objects that the value at hand lies in. */
  private readonly inside: object[] = [];

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
    const odd = forbiddenCharacter(text);
    if (odd)
      this.found(
        UNPRINTABLE_TEXT,
        text,
        `contains ${odd.codePoint} at position ${odd.index}`,
        'Remove that character.',
      );
    else if (isAmbiguous(text))
      this.found(AMBIGUOUS_TEXT, text, `is ${show(text)}, which reads back as a number`, 'Write it another way.');
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
    this.inside.push(value);
    const result = this.container(value);
    this.inside.pop();
    return result;
  }

  private container(value: object): Plain | undefined {
    if (Array.isArray(value)) return this.list(value);
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) return this.map(value);
    if (value instanceof Lazy) return this.normalise(value.produce());
    return amountText(value) ?? this.unrenderable(value);
  }

  private list(list: readonly unknown[]): Plain[] {
    const result: Plain[] = [];
    for (let index = 0; index < list.length; index++) {
      const item = this.at(index, list[index]);
      if (item !== undefined) result.push(item);
    }
    return result;
  }

  private map(map: object): { [key: string]: Plain } {
    const result: { [key: string]: Plain } = {};
    for (const key of Object.keys(map)) {
      const value: unknown = (map as Record<string, unknown>)[key];
      if (value === undefined || !this.takesKey(key)) continue;
      const plainValue = this.at(key, value);
      if (plainValue !== undefined) result[key] = plainValue;
    }
    return result;
  }

  private takesKey(key: string): boolean {
    const odd = forbiddenCharacter(key);
    if (odd) this.found(UNPRINTABLE_TEXT, key, `has a key that contains ${odd.codePoint}`, 'Rename the key.');
    const ambiguous = key === '<<' || key === '__proto__' || isAmbiguous(key);
    if (ambiguous)
      this.found(
        AMBIGUOUS_TEXT,
        key,
        `has the key ${show(key)}, which reads back as something else`,
        'Rename the key.',
      );
    return !odd && !ambiguous;
  }

  private at(step: string | number, value: unknown): Plain | undefined {
    this.path.push(step);
    const result = this.normalise(value);
    this.path.pop();
    return result;
  }

  private unrenderable(value: unknown): undefined {
    this.found(
      UNRENDERABLE,
      value,
      `is ${show(value)}, which a manifest cannot hold`,
      'Give text, a finite number, a boolean, a list or a map.',
    );
    return undefined;
  }

  private found(rule: Problem['rule'], value: unknown, what: string, fix: string): void {
    const [field, ...steps] = this.path;
    const property = `${field}${steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')}`;
    this.problems.push({ rule, property, value: show(value), message: `${property} ${what}.`, fix });
  }
}

// cdk8s writes these without quotes; the parser of the API server takes them for numbers in base 8, 16 or 2.
const AMBIGUOUS = /^[-+]?0[oOxXbB][0-9a-fA-F_]+$/;

function isAmbiguous(text: string): boolean {
  return text.length < 128 && AMBIGUOUS.test(text) && !/^0x[0-9a-f]+$/.test(text);
}

/** Size, Duration and Cpu as Kubernetes writes them; undefined for any other class. */
function amountText(value: object): string | undefined {
  const amount = value as { toKibibytes?: unknown; toSeconds?: unknown; amount?: unknown };
  if (typeof amount.toKibibytes === 'function') return memoryQuantity(value as Parameters<typeof memoryQuantity>[0]);
  if (typeof amount.toSeconds === 'function') return `${(amount.toSeconds as () => number).call(value)}s`;
  if (typeof amount.amount === 'string' && /^\d+(\.\d+)?m?$/.test(amount.amount)) {
    return cpuQuantity(cpuMillis(value as { readonly amount: string }));
  }
  return undefined;
}
