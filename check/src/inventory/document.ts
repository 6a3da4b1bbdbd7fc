import { load, YAMLException } from 'js-yaml';
import type { Json } from './json';
import { KUBERNETES_YAML } from './scalars';
import { templateMark } from './template-marks';
import type { LocatedValue } from './yaml-lines';
import { lineOf, MOST_DEPTH, readLocated } from './yaml-lines';

/** Kinds of trouble with a text before it is an object. */
export type ReadingTrouble =
  /** No such file, no right to read it, or a folder without manifests. */
  | 'unreadable-file'
  /** Not UTF-8. */
  | 'not-utf8'
  /** Not YAML or JSON. */
  | 'unparsable-document'
  /** A map that has one key twice. */
  | 'duplicate-key'
  /** Text of a template engine, which was not run. */
  | 'unexpanded-template'
  /** Aliases that unfold into more than any manifest holds. */
  | 'alias-bomb'
  /** A list or a scalar where an object is expected, or one without apiVersion or kind. */
  | 'not-an-object';

/** What is wrong with a text. */
export interface ReadingProblem {
  readonly trouble: ReadingTrouble;
  /** Line in the file, from 1. */
  readonly line: number;
  readonly message: string;
  /** Whether it is probably no manifest at all, and was found among some. */
  readonly harmless?: boolean;
}

/** One document of a file. */
export class ManifestDocument {
  /** What it holds; undefined when it is empty or cannot be read. */
  public readonly value: Json | undefined;
  /** What is wrong with it. */
  public readonly problems: readonly ReadingProblem[];
  private located?: LocatedValue;

  constructor(
    /** File as it was named, or `-` for standard input. */
    public readonly file: string,
    /** Which of the file's documents it is, from 1. */
    public readonly number: number,
    /** Line of the file on which its text starts, from 1. */
    private readonly startLine: number,
    private readonly text: string,
  ) {
    const problems: ReadingProblem[] = [];
    this.problems = problems;
    this.value = this.read(problems);
  }

  /** Line of a place in the file, from 1. */
  public lineOf(path: readonly (string | number)[]): number {
    this.located ??= this.locate();
    return this.startLine + lineOf(this.located, path);
  }

  /** Gives back the memory that lines take; they are found again when they are asked for. */
  public forgetLines(): void {
    this.located = undefined;
  }

  private locate(): LocatedValue {
    try {
      return readLocated(this.text);
    } catch {
      return { value: undefined, start: 0, lines: new Map(), duplicates: [] }; // said already, as a problem of the document
    }
  }

  private read(problems: ReadingProblem[]): Json | undefined {
    try {
      return this.sound(this.load(problems) ?? undefined, problems);
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      problems.push(this.unreadable(error));
      return undefined;
    }
  }

  private load(problems: ReadingProblem[]): Json | undefined {
    try {
      const options = { schema: KUBERNETES_YAML, maxDepth: MOST_DEPTH };
      return load(this.text, options) as Json | undefined;
    } catch (error) {
      if (!(error instanceof YAMLException) || error.reason !== 'duplicated mapping key') throw error;
      this.located = readLocated(this.text);
    }
    for (const { key, first, second } of this.located.duplicates) {
      const message = `has the key ${key} twice, first on line ${this.startLine + first}`;
      problems.push({ trouble: 'duplicate-key', line: this.startLine + second, message });
    }
    return this.located.value;
  }

  private unreadable({ reason, mark }: YAMLException): ReadingProblem {
    const line = this.startLine + (mark?.line ?? 0);
    const template = templateMark(this.text);
    if (template !== undefined) {
      return { trouble: 'unexpanded-template', line: this.startLine + template.line, message: template.message };
    }
    if (UNQUOTED_EXPRESSION.test(this.text)) {
      return { trouble: 'unexpanded-template', line, message: 'is a template that was not expanded' };
    }
    return { trouble: 'unparsable-document', line, message: `is not YAML: ${reason}` };
  }

  /** The value, unless it is of a form that no manifest has. */
  private sound(value: Json | undefined, problems: ReadingProblem[]): Json | undefined {
    if (this.text.includes('*') && sizeWithin(value, MOST_NODES) < 0) {
      const message = `unfolds its aliases into more than ${MOST_NODES} values`;
      problems.push({ trouble: 'alias-bomb', line: this.startLine, message });
      return undefined;
    }
    const fault = faultOf(value);
    if (fault !== undefined) throw new YAMLException(fault);
    return value;
  }
}

const UNQUOTED_EXPRESSION = /:[ \t]+\{\{/;

/** What JSON has not, which is what the API server makes of YAML: maps as keys (js-yaml makes a text of them), infinity. */
function faultOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'JSON has no such number';
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, '[object Object]')) return 'a map is the key of a map';
  for (const inner of Object.values(value)) {
    const fault = faultOf(inner);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** More than the 3 MiB that the API server takes can hold. */
const MOST_NODES = 1_000_000;

/** What is left of a number when every value in a tree takes one, aliases counted each time; below 0 when there are more. */
function sizeWithin(value: Json | undefined, left: number): number {
  let rest = left - 1;
  if (typeof value !== 'object' || value === null) return rest;
  for (const inner of Object.values(value)) {
    if (rest < 0) return rest;
    rest = sizeWithin(inner, rest);
  }
  return rest;
}
