import { Schema, Type } from 'js-yaml';

// Plain scalars as the API server reads them: sigs.k8s.io/yaml is go-yaml v2, which is YAML 1.1 with its own additions.
// https://github.com/yaml/go-yaml/blob/v2.4.3/resolve.go

const NULLS: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUES: ReadonlySet<string> = new Set('y Y yes Yes YES true True TRUE on On ON'.split(' '));
const FALSES: ReadonlySet<string> = new Set('n N no No NO false False FALSE off Off OFF'.split(' '));
const INFINITE = /^([-+]?)\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;
const DECIMAL = /^[-+]?\d+$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const OCTAL = /^[-+]?0[0-7]+$/;
const PREFIXED = /^[-+]?(?:0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/;

/** The number for which a plain scalar stands; undefined when it stands for none. */
export function numberOf(written: string): number | undefined {
  const first = written[0];
  if (!((first >= '0' && first <= '9') || first === '+' || first === '-' || first === '.')) return undefined;
  const infinite = INFINITE.exec(written);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  if (NOT_A_NUMBER.test(written)) return NaN;
  const digits = written.startsWith('.') ? written : written.replaceAll('_', '');
  if (OCTAL.test(digits)) return based(digits, 8, 1);
  if (DECIMAL.test(digits)) return Number(digits) + 0; // -0 is 0
  if (PREFIXED.test(digits))
    return based(digits, { x: 16, o: 8, b: 2 }[digits.replace(/^[-+]/, '')[1].toLowerCase()]!, 2);
  return FLOAT.test(digits) ? Number(digits) : undefined;
}

function based(digits: string, base: number, prefix: number): number {
  const negative = digits.startsWith('-');
  const magnitude = parseInt(digits.replace(/^[-+]/, '').slice(prefix), base);
  return negative ? 0 - magnitude : magnitude;
}

/** The types of the API server's YAML. Dates stay texts, as they do there. */
export const KUBERNETES_YAML = new Schema({
  implicit: [
    new Type('tag:yaml.org,2002:null', {
      kind: 'scalar',
      resolve: (data: unknown) => NULLS.has(String(data)),
      construct: () => null,
    }),
    new Type('tag:yaml.org,2002:bool', {
      kind: 'scalar',
      resolve: (data: unknown) => typeof data === 'string' && (TRUES.has(data) || FALSES.has(data)),
      construct: (data: string) => TRUES.has(data),
    }),
    new Type('tag:yaml.org,2002:float', {
      kind: 'scalar',
      resolve: (data: unknown) => typeof data === 'string' && numberOf(data) !== undefined,
      construct: (data: string) => numberOf(data),
    }),
    new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (data: unknown) => data === '<<' }),
  ],
  explicit: [
    new Type('tag:yaml.org,2002:str', { kind: 'scalar', construct: (data: unknown) => data ?? '' }),
    new Type('tag:yaml.org,2002:seq', { kind: 'sequence', construct: (data: unknown) => data ?? [] }),
    new Type('tag:yaml.org,2002:map', { kind: 'mapping', construct: (data: unknown) => data ?? {} }),
    new Type('tag:yaml.org,2002:int', {
      kind: 'scalar',
      resolve: (data: unknown) => Number.isInteger(numberOf(String(data))),
      construct: (data: string) => numberOf(data),
    }),
    new Type('tag:yaml.org,2002:binary', {
      kind: 'scalar',
      construct: (data: string) => Buffer.from(data, 'base64').toString('utf8'),
    }),
  ],
});
