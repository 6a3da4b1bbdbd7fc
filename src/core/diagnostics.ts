import { Unreadable } from './snapshot';

/** How serious a diagnostic is, and whether it can be acknowledged. */
export enum Level {
  /** Kubernetes or an operator rejects it, or it cannot work: there is no way round. */
  INVALID = 'invalid',
  /** Legal, but it loses work, money or trust: `Acknowledge` lets it pass and leaves the reason as an annotation. */
  UNSAFE = 'unsafe',
}

/** One kind of problem: a stable number, a name for waivers, and why it matters. Defined once, in the room it is about. */
export interface Rule {
  /** Area and number, such as `TRN001`. Never reused or renumbered. */
  readonly id: string;
  /** Kebab-case name that a waiver annotation carries. */
  readonly name: string;
  readonly level: Level;
  /** One sentence for the list of diagnostics: what goes wrong when nobody listens. */
  readonly why: string;
  /** Where that is documented. */
  readonly source?: string;
}

/** What a check found: a rule, the place, the value and the way out. */
export interface Problem {
  readonly rule: Rule;
  /** Path of the property below the props, such as `env.LR`. */
  readonly property?: string;
  /** The offending value, shortened, secrets masked. */
  readonly value?: string;
  /** What is wrong, with the value in it. */
  readonly message: string;
  /** What to do, in the words of the props. */
  readonly fix: string;
}

/** A problem at its place, as users meet it. */
export interface Diagnostic {
  /** Area and number, such as `TRN001`. */
  readonly id: string;
  /** Kebab-case name of the rule, as in waiver annotations. */
  readonly rule: string;
  /** Whether it can be acknowledged. */
  readonly level: Level;
  /**
   * Path of the construct in the tree.
   *
   * Empty when a value object was refused before it met a construct.
   */
  readonly path: string;
  /**
   * Path of the property below the props.
   *
   * @default - the problem is not about a single property
   */
  readonly property?: string;
  /**
   * The offending value, shortened, secrets masked.
   *
   * @default - the problem is not about a single value
   */
  readonly value?: string;
  /** What is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

const rules = new Map<string, Rule>();

/** Defines a rule that nothing can waive. */
export function invalid(id: string, name: string, why: string, source?: string): Rule {
  return define({ id, name, level: Level.INVALID, why, source });
}

/** Defines a rule that a user may acknowledge with a reason. */
export function unsafe(id: string, name: string, why: string, source?: string): Rule {
  return define({ id, name, level: Level.UNSAFE, why, source });
}

/** Every rule of the rooms loaded so far, by id. */
export function knownRules(): ReadonlyMap<string, Rule> {
  return rules;
}

function define(rule: Rule): Rule {
  if (rules.has(rule.id)) {
    throw new Error(`two rules share the id ${rule.id}`);
  }
  rules.set(rule.id, rule);
  return rule;
}

/** `TRN001: what is wrong. Fix: what to do. (rule-name)`, on two lines; the path is put in front by whoever knows it. */
export function formatProblem(problem: Problem): string {
  const { rule, message, fix } = problem;
  const way = rule.level === Level.UNSAFE ? ` Or Acknowledge.of(construct).add('${rule.id}', reason).` : '';
  return `${rule.id}: ${message}\n    Fix: ${fix}${way} (${rule.name})`;
}

/** The problem at a place. */
export function diagnosticOf(problem: Problem, path: string): Diagnostic {
  const { rule, property, value, message, fix } = problem;
  return { id: rule.id, rule: rule.name, level: rule.level, path, property, value, message, fix };
}

/**
 * Thrown by constructs and value objects that were given what cannot work; lists every problem found.
 *
 * @jsii ignore
 */
export class DiagnosticError extends Error {
  /** What was found, all of it. */
  public readonly diagnostics: readonly Diagnostic[];

  constructor(problems: readonly Problem[], path = '') {
    const where = path === '' ? '' : `[${path}] `;
    const listed = problems.slice(0, LISTED).map((problem) => where + formatProblem(problem));
    const more = problems.length - listed.length;
    super([...listed, ...(more > 0 ? [`${where}and ${more} more`] : [])].join('\n'));
    this.name = 'DiagnosticError';
    this.diagnostics = problems.map((problem) => diagnosticOf(problem, path));
  }
}

/** Refuses a value object on the spot, so that the stack shows the user's line. */
export function refuse(rule: Rule, message: string, fix: string, property?: string, value?: unknown): never {
  throw new DiagnosticError([{ rule, property, value: value === undefined ? undefined : show(value), message, fix }]);
}

const LISTED = 50; // in the message of an error; `diagnostics` has all
const SHOWN = 80;

/** A value as messages show it: short, on one line, printable. */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return showText(value);
    case 'bigint':
      return `${value}n`;
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    case 'object':
      return showObject(value);
    default:
      return Object.is(value, -0) ? '-0' : String(value);
  }
}

function showText(text: string): string {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length} characters)` : text;
  return `'${shown.replace(/[^\x20-\x7e…]/g, escapeCharacter)}'`;
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function showObject(value: object | null): string {
  if (value === null) return 'null';
  if (Unreadable.is(value)) return `unreadable (${value.reason})`;
  try {
    if (Array.isArray(value)) return `a list of ${value.length}`;
    const name = (value as { constructor?: { name?: unknown } }).constructor?.name;
    return typeof name === 'string' && /^\w{1,40}$/.test(name) && name !== 'Object'
      ? `an instance of ${name}`
      : 'an object';
  } catch {
    return 'an object'; // one that does not want to be looked at has no name worth showing
  }
}
