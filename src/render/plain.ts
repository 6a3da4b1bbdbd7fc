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
export function plain(value: unknown, path: string): { readonly value?: Plain; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  return { value: new Normaliser(problems).normalise(value, path, []), problems };
}

class Normaliser {
  constructor(private readonly problems: Problem[]) {}

  public normalise(value: unknown, path: string, above: readonly unknown[]): Plain | undefined {
    switch (typeof value) {
      case 'undefined':
      case 'boolean':
        return value;
      case 'string':
        return this.text(value, path);
      case 'number':
        return this.number(value, path);
      case 'object':
        return value === null ? this.unrenderable(value, path) : this.object(value, path, above);
      default:
        return this.unrenderable(value, path);
    }
  }

  private text(text: string, path: string): string {
    const odd = forbiddenCharacter(text);
    if (odd)
      this.found(
        UNPRINTABLE_TEXT,
        path,
        text,
        `contains ${odd.codePoint} at position ${odd.index}`,
        'Remove that character.',
      );
    else if (isAmbiguous(text))
      this.found(AMBIGUOUS_TEXT, path, text, `is ${show(text)}, which reads back as a number`, 'Write it another way.');
    return text;
  }

  private number(number: number, path: string): number {
    const large = Number.isInteger(number) && !Number.isSafeInteger(number);
    if (!Number.isFinite(number) || large) this.unrenderable(number, path);
    return number === 0 ? 0 : number; // -0 has no place in a manifest
  }

  private object(value: object, path: string, above: readonly unknown[]): Plain | undefined {
    if (above.includes(value) || above.length >= DEEPEST) {
      const what = above.includes(value) ? 'contains itself' : `is nested deeper than ${DEEPEST}`;
      this.found(DEEP_OR_CYCLIC, path, value, what, 'Flatten it.');
      return undefined;
    }
    const inside = [...above, value];
    if (Array.isArray(value)) return this.list(value, path, inside);
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) return this.map(value, path, inside);
    if (value instanceof Lazy) return this.normalise(value.produce(), path, inside);
    return amountText(value) ?? this.unrenderable(value, path);
  }

  private list(list: readonly unknown[], path: string, above: readonly unknown[]): Plain[] {
    return list.flatMap((item, index) => {
      const result = this.normalise(item, `${path}[${index}]`, above);
      return result === undefined ? [] : [result];
    });
  }

  private map(map: object, path: string, above: readonly unknown[]): { [key: string]: Plain } {
    const result: { [key: string]: Plain } = {};
    for (const [key, value] of Object.entries(map)) {
      if (value === undefined) continue;
      const place = `${path}.${key}`;
      if (key === '<<' || key === '__proto__' || isAmbiguous(key)) {
        this.found(
          AMBIGUOUS_TEXT,
          place,
          key,
          `has the key ${show(key)}, which YAML reads as something else`,
          'Rename the key.',
        );
        continue;
      }
      const odd = forbiddenCharacter(key);
      if (odd) this.found(UNPRINTABLE_TEXT, place, key, `has a key that contains ${odd.codePoint}`, 'Rename the key.');
      const plainValue = this.normalise(value, place, above);
      if (plainValue !== undefined) result[key] = plainValue;
    }
    return result;
  }

  private unrenderable(value: unknown, path: string): undefined {
    this.found(
      UNRENDERABLE,
      path,
      value,
      `is ${show(value)}, which a manifest cannot hold`,
      'Give text, a finite number, a boolean, a list or a map.',
    );
    return undefined;
  }

  private found(rule: Problem['rule'], property: string, value: unknown, what: string, fix: string): void {
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
