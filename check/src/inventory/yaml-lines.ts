import type { LoadOptions } from 'js-yaml';
import { load } from 'js-yaml';
import type { Json, JsonObject } from './json';
import { isJsonObject } from './json';
import { KUBERNETES_YAML } from './scalars';

/** Deeper than any manifest; the reader goes no further. */
export const MOST_DEPTH = 200;

/** Where the keys and members of maps and lists are, by the map or list. Lines count from 0 within the text. */
export type Lines = ReadonlyMap<object, ReadonlyMap<string | number, number>>;

/** A key that a map holds twice. */
export interface DuplicateKey {
  readonly key: string;
  /** Lines of the first and of the second, from 0 within the text. */
  readonly first: number;
  readonly second: number;
}

/** A text with the places of what it holds. */
export interface LocatedValue {
  readonly value: Json | undefined;
  /** Line on which it starts, from 0 within the text. */
  readonly start: number;
  readonly lines: Lines;
  readonly duplicates: readonly DuplicateKey[];
}

/** What js-yaml tells while it reads; it has the events, but its types do not. */
interface ParserState {
  readonly input: string;
  readonly position: number;
  readonly line: number;
  readonly kind: string | null;
  /** Of what is closed; a map or list when there are nodes in it. */
  readonly result: object;
}
type Listener = (event: 'open' | 'close', state: ParserState) => void;

interface Node {
  readonly line: number;
  /** The text, when a colon follows, which makes it a key. */
  readonly key?: string;
  readonly children: Node[];
}

/** Reads one document, and remembers where everything stands. Throws what js-yaml throws. */
export function readLocated(text: string): LocatedValue {
  const lines = new Map<object, Map<string | number, number>>();
  const duplicates: DuplicateKey[] = [];
  const top: Node[] = [];
  const open: { line: number; children: Node[] }[] = [{ line: 0, children: top }];

  const listener: Listener = (event, state) => {
    if (event === 'open') {
      open.push({ line: state.line, children: [] });
      return;
    }
    const { line, children } = open.pop()!;
    const { result } = state;
    if (children.length > 0 && !lines.has(result)) {
      lines.set(result, Array.isArray(result) ? memberLines(children) : keyLines(children, duplicates));
    }
    open.at(-1)!.children.push({ line, children, key: COLON.test(ahead(state)) ? String(result) : undefined });
  };
  const options: LoadOptions & { listener: Listener; maxDepth: number } = {
    schema: KUBERNETES_YAML,
    json: true,
    maxDepth: MOST_DEPTH,
    listener,
  };
  const value = load(text, options) as Json | undefined;
  return { value, start: top[0]?.line ?? 0, lines, duplicates };
}

const COLON = /^[ \t]*:/;
const LONGEST_GAP = 64; // between a key and its colon

function ahead({ input, position }: ParserState): string {
  return input.slice(position, position + LONGEST_GAP);
}

function memberLines(children: readonly Node[]): Map<number, number> {
  return new Map(children.map(({ line }, index) => [index, line]));
}

function keyLines(children: readonly Node[], duplicates: DuplicateKey[]): Map<string, number> {
  const lines = new Map<string, number>();
  for (const { key, line } of children) {
    if (key === undefined) continue;
    const first = lines.get(key);
    if (first !== undefined && key !== '<<') duplicates.push({ key, first, second: line });
    else lines.set(key, line);
  }
  return lines;
}

/** Line of a place, from 0 within the text: that of the nearest place above it that is there. */
export function lineOf({ value, start, lines }: LocatedValue, path: readonly (string | number)[]): number {
  let at: Json | undefined = value;
  let line = start;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) break;
    const known = lines.get(at)?.get(key);
    if (known !== undefined) line = known;
    at = isJsonObject(at) ? (at as JsonObject)[key] : (at as Json[])[key as number];
  }
  return line;
}
