import { Yaml } from 'cdk8s';

// cdk8s writes YAML 1.1 with the package `yaml`; kubectl, the API server and Argo CD read it with sigs.k8s.io/yaml, which is
// go-yaml v2. They agree on all texts but those below, which were found by writing nine million texts and reading them back.
// https://github.com/yaml/go-yaml/blob/v2.4.3/resolve.go

/** How a text would be read back when it is not read back as it is; undefined when it is. */
export function misreading(text: string): string | undefined {
  if (text.includes('\n')) return misreadLines(text);
  return readsAsNumber(text) && Yaml.stringify(text) === `${text}\n` ? 'reads back as a number' : undefined;
}

/** As above, for a key, which is always written on one line. */
export function misreadKey(key: string): string | undefined {
  if (key === '<<') return 'reads back as a merge of two maps';
  return key.includes('\n') ? undefined : misreading(key);
}

const NUMBER_START = /^[-+.\d]/;
const OCTAL = /^[-+]?0[oO][0-7]+$/; // of any length: readers of YAML 1.2 take more than 64 bits as well
const PREFIXED = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+)$/;
const SIGNED_BINARY = /^0b([-+])([01]+)$/;
const DECIMAL = /^[-+]?(?:\.\d+|\d+\.?\d*)(?:[eE][-+]?\d+)?$/;

/** What go-yaml does with a text without quotes that starts with a digit or sign: it drops `_` and tries all bases. */
function readsAsNumber(text: string): boolean {
  if (!NUMBER_START.test(text)) return false;
  const digits = text.startsWith('.') ? text : text.replaceAll('_', '');
  if (DECIMAL.test(digits)) return Number.isFinite(Number(digits));
  if (OCTAL.test(digits)) return true;
  const [, sign, prefixed] = PREFIXED.exec(digits) ?? [];
  if (prefixed !== undefined) return fits(sign, BigInt(prefixed.toLowerCase()));
  const [, inner, binary] = SIGNED_BINARY.exec(digits) ?? [];
  return binary !== undefined && fits(inner, BigInt(`0b${binary}`));
}

/** Whether a number fits into 64 bits; with more it stays text. */
function fits(sign: string, magnitude: bigint): boolean {
  if (sign === '-') return magnitude <= 2n ** 63n;
  return magnitude < (sign === '+' ? 2n ** 63n : 2n ** 64n);
}

const DOUBLE_QUOTED = /\r|\n[\t ]+$/;
const SHORTEST_FOLDED = 40; // characters between and with the quotes from which line breaks are folded

/** Texts of several lines are written as a block, or in double quotes where a block cannot hold them. */
function misreadLines(text: string): string | undefined {
  if (DOUBLE_QUOTED.test(text)) {
    const folded = JSON.stringify(text).length >= SHORTEST_FOLDED && text.includes('\n \n');
    return folded ? 'reads back with a backslash in the line that holds a single space' : undefined;
  }
  if (/^\n*\t/.test(text)) return 'cannot be read back, since its first line starts with a tab';
  if (/^[\n\t ]*$/.test(text) && /[\t ]/.test(text)) return 'reads back with fewer spaces';
  return undefined;
}
