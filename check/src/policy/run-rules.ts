import type { ReadingProblem } from '../inventory/document';
import type { Inventory } from '../inventory/inventory';
import type { Resource } from '../inventory/resource';
import type { Source } from '../inventory/source';
import { isJsonPatch } from '../inventory/patches';
import type { Finding, Remark } from './finding';
import { SEVERITIES, Severity } from './finding';
import type { AnyRule, FactRule, ReadingRule, Subjects } from './rule';
import { isReadingRule, Need, Scope } from './rule';

/** A rule that was not judged. */
export interface Unknown {
  readonly rule: string;
  readonly needs: readonly Need[];
}

/** What rules found, each finding once. */
export interface Outcome {
  readonly findings: readonly Finding[];
  /** Rules that could not be judged, since something is not known. */
  readonly unknown: readonly Unknown[];
  /** Names of the rules that were judged. */
  readonly judged: ReadonlySet<string>;
  /** The objects that findings are on. */
  readonly resourceOf: ReadonlyMap<Finding, Resource>;
}

/** A finding, and the object that it is on. */
interface Located {
  readonly finding: Finding;
  readonly resource?: Resource;
  readonly remark?: Remark;
  readonly spoils: boolean;
}

/** Told after each rule how many of all are done. */
export type RuleWatcher = (done: number, all: number) => void;

/** Runs rules over a set of manifests. */
export function runRules(
  rules: readonly AnyRule[],
  sources: readonly Source[],
  inventory: Inventory,
  watch: RuleWatcher = () => {},
): Outcome {
  const reading = new Map(rules.filter(isReadingRule).map((rule) => [rule.trouble, rule]));
  const located = readingFindings(reading, sources, inventory);
  const unknown: Unknown[] = [];
  const judged = new Set<string>();
  rules.forEach((rule, index) => {
    const missing = isReadingRule(rule) ? [] : (rule.needs ?? []).filter((need) => !has(inventory, need));
    if (missing.length === 0) judged.add(rule.name);
    else if (!missing.includes(Need.COMPLETE)) unknown.push({ rule: rule.name, needs: missing });
    if (!isReadingRule(rule) && missing.length === 0)
      for (const each of findingsOf(rule, inventory)) located.push(each);
    watch(index + 1, rules.length);
  });
  const kept = distinct(readable(located));
  const resourceOf = new Map(kept.flatMap(({ finding, resource }) => (resource ? [[finding, resource] as const] : [])));
  return {
    findings: inOrder(
      kept.map(({ finding }) => finding),
      sources,
    ),
    unknown,
    judged,
    resourceOf,
  };
}

function has(inventory: Inventory, need: Need): boolean {
  switch (need) {
    case Need.PROFILE:
      return inventory.profile !== undefined;
    case Need.POOLS:
      return inventory.pools !== undefined;
    case Need.COMPLETE:
      return inventory.complete;
  }
}

/** What rules of each scope look at. */
const SUBJECTS: { readonly [S in Scope]: (inventory: Inventory) => readonly Subjects[S][] } = {
  [Scope.OBJECT]: ({ resources }) => resources,
  [Scope.WORKLOAD]: ({ workloads }) => workloads,
  [Scope.RUN]: ({ runs }) => runs,
  [Scope.GANG]: ({ gangs }) => gangs,
  [Scope.SERVER]: ({ servers }) => servers,
  [Scope.POD]: ({ pods }) => pods,
  [Scope.CONTAINER]: (inventory) =>
    inventory.once('every container', () => inventory.pods.flatMap(({ everyContainer }) => everyContainer)),
  [Scope.SET]: (inventory) => [inventory],
};

function findingsOf(rule: FactRule, inventory: Inventory): Located[] {
  const check = rule.check as (subject: unknown, inventory: Inventory) => readonly Remark[];
  return SUBJECTS[rule.scope](inventory).flatMap((subject) =>
    check(subject, inventory).map((remark) => ({
      finding: findingOf(rule, remark),
      resource: remark.field.resource,
      remark,
      spoils: rule.spoils ?? false,
    })),
  );
}

function findingOf({ name, group, facts, fix }: FactRule, remark: Remark): Finding {
  const { field, severity, message } = remark;
  const { resource } = field;
  return {
    rule: name,
    group,
    severity,
    facts: [...facts.filter((fact) => !remark.without?.includes(fact)), ...(remark.facts ?? [])],
    message,
    fix: remark.fix ?? fix,
    object: resource.id,
    path: field.place,
    file: resource.file,
    document: resource.document.number,
    line: field.line,
    construct: resource.construct,
  };
}

function readingFindings(
  rules: ReadonlyMap<string, ReadingRule>,
  sources: readonly Source[],
  inventory: Inventory,
): Located[] {
  const found: Located[] = [];
  const add = (problem: ReadingProblem, file: string, document: number, resource?: Resource, path = ''): void => {
    const rule = rules.get(problem.trouble);
    if (!rule) return;
    const { name, group, facts, fix } = rule;
    const { message, line, harmless } = problem;
    const severity = harmless ? Severity.INFO : rule.severity;
    const object = resource?.id;
    const construct = resource?.construct;
    const finding = { rule: name, group, severity, facts, message, fix, object, path, file, document, line, construct };
    found.push({ finding, resource, spoils: false });
  };
  for (const { file, problem, documents } of sources) {
    if (problem) add(problem, file, 1);
    for (const document of documents) {
      for (const each of document.problems) add(each, file, document.number);
      const { value } = document;
      if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) {
        const what = Array.isArray(value) ? 'a list' : 'a single value';
        const harmless = isJsonPatch(value);
        const message = harmless ? 'is a JSON patch, and no manifest' : `holds ${what} where an object is expected`;
        add({ trouble: 'not-an-object', line: document.lineOf([]), message, harmless }, file, document.number);
      }
    }
  }
  for (const [resource, { field, ...trouble }] of inventory.unchecked) {
    add({ ...trouble, line: field.line }, resource.file, resource.document.number, resource, field.place);
  }
  return found;
}

/** Without what is said of places that another rule found to be unreadable. */
function readable(located: readonly Located[]): Located[] {
  const spoiled = new Map<Resource, string[]>();
  for (const { remark, spoils } of located) {
    if (!spoils || !remark) continue;
    const { resource, place } = remark.field;
    spoiled.set(resource, [...(spoiled.get(resource) ?? []), place]);
  }
  return located.filter(({ finding, remark, spoils }) => {
    if (spoils || !remark) return true;
    const places = spoiled.get(remark.field.resource) ?? [];
    return !places.some((place) => isAtOrBelow(finding.path, place));
  });
}

function isAtOrBelow(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}

/** One defect of an object is one finding, also when several of its parts show it. */
function distinct(located: readonly Located[]): Located[] {
  const seen = new Map<Resource, Set<string>>();
  return located.filter(({ finding, remark }) => {
    if (!remark) return true;
    const { resource } = remark.field;
    const known = seen.get(resource) ?? new Set<string>();
    seen.set(resource, known);
    const key = `${finding.rule}\n${finding.message}`;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}

/** By file as given, those of no file first; then by document, severity and line. */
export function inOrder(findings: readonly Finding[], sources: readonly Source[]): Finding[] {
  const order = new Map(sources.map(({ file }, index) => [file, index]));
  return [...findings].sort(
    (a, b) =>
      (order.get(a.file) ?? -1) - (order.get(b.file) ?? -1) ||
      a.document - b.document ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      a.line - b.line,
  );
}
