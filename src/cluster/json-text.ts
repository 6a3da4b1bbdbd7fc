import type { Problem } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { TOO_LARGE, UNPRINTABLE_TEXT, WRONG_TYPE } from '../core/rules';
import { BAD_PROFILE } from './diagnostics';

/** Greatest size of a document: what a ConfigMap holds. https://kubernetes.io/docs/concepts/configuration/configmap/#motivation */
export const LARGEST_DOCUMENT = 1024 * 1024;

/** What a JSON text says, and what is wrong with it as a text. */
export interface JsonText {
  /** Undefined when it could not be read. */
  readonly value?: unknown;
  readonly problems: readonly Problem[];
}

/** Reads a JSON text of unknown origin. Unlike `JSON.parse` alone, it does not let a key win over an earlier one in silence. */
export function readJson(text: unknown): JsonText {
  const refused = (rule: Problem['rule'], message: string, fix: string): JsonText => ({
    problems: [{ rule, message, fix }],
  });
  if (typeof text !== 'string') {
    const fix = "Give the text of the file, as readFileSync(path, 'utf8') returns it, or call fromObject.";
    return refused(WRONG_TYPE, `the document is ${show(text)}, not text.`, fix);
  }
  if (text.length > LARGEST_DOCUMENT) return { problems: [tooLarge(text.length)] };
  if (text.startsWith('\ufeff')) {
    return refused(UNPRINTABLE_TEXT, 'the document starts with a byte order mark (U+FEFF).', 'Save it without one.');
  }
  try {
    return { value: JSON.parse(text) as unknown, problems: repeatedKeys(text).map(repeated) };
  } catch (error) {
    const why = (error as Error).message.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
    return refused(
      BAD_PROFILE,
      `the document is no JSON: ${why}.`,
      'Correct it; comments and trailing commas are no JSON.',
    );
  }
}

/** The problem of a document of that many characters. */
export function tooLarge(characters: number): Problem {
  const message = `the document has ${characters} characters, and ${LARGEST_DOCUMENT} is the limit.`;
  return {
    rule: TOO_LARGE,
    message,
    fix: 'Leave out what nobody asks for, such as namespaces of a queue that serves all.',
  };
}

function repeated(property: string): Problem {
  const message = `${property} is given twice, and the second would win.`;
  return { rule: BAD_PROFILE, property, message, fix: 'Keep one of them.' };
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g;

/** An object or list that is still open while a text is read. */
interface Open {
  /** Keys so far; undefined in a list. */
  readonly keys?: Set<string>;
  /** Where the reader is in it: `.key` or `[0]`. */
  step: string;
  index: number;
  /** Whether the next text is a key. */
  atKey: boolean;
}

const DEEPEST = 10; // a profile has seven levels; what stands deeper is refused for standing there
const MOST_REPEATED = 100;

/** Paths of the keys that stand a second time in their object; `text` is JSON. */
function repeatedKeys(text: string): string[] {
  const found: string[] = [];
  const open: Open[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    const inside = open[open.length - 1];
    if (token === '{') open.push({ keys: new Set(), step: '', index: 0, atKey: true });
    else if (token === '[') open.push({ step: '[0]', index: 0, atKey: false });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',') advance(inside);
    else if (inside?.atKey && isRepeated(token, inside) && open.length <= DEEPEST) found.push(placeOf(open));
    if (found.length === MOST_REPEATED) break;
  }
  return found;
}

function advance(inside: Open): void {
  inside.index++;
  inside.atKey = inside.keys !== undefined;
  if (!inside.keys) inside.step = `[${inside.index}]`;
}

function isRepeated(token: string, inside: Open): boolean {
  const key = JSON.parse(token) as string;
  inside.step = `.${key}`;
  inside.atKey = false;
  const before = inside.keys!.size;
  return inside.keys!.add(key).size === before;
}

function placeOf(open: readonly Open[]): string {
  const steps = open.map(({ step }) => step).join('');
  return steps.replace(/^\./, '');
}
