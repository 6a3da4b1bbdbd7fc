import { didYouMean } from 'cdk8s-ml/floor/core/nearest';
import type { Field } from '../../inventory/field';
import { isJsonObject } from '../../inventory/json';
import { Resource } from '../../inventory/resource';
import type { Source } from '../../inventory/source';
import { SEVERITIES, type Severity } from '../finding';
import { UsageError } from '../usage-error';
import { isReason } from './reason';

/** A rule whose severity was changed, or that was switched off. */
export interface ChangedRule {
  readonly rule: string;
  readonly severity: Severity | 'off';
  readonly reason: string;
}

/** A waiver of the configuration file. */
export interface ConfiguredWaiver {
  readonly rule: string;
  /** Patterns of the objects that it is for; what is not given fits all. */
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly file?: string;
  readonly reason?: string;
  /** Last day on which it holds, such as `2027-01-31`. */
  readonly until?: string;
  /** Where it stands. */
  readonly field: Field;
}

/** Objects that manifests name and that are elsewhere on purpose. */
export interface ExternalObjects {
  readonly kind: string;
  /** Patterns; a namespace that is not given fits all. */
  readonly namespace?: string;
  readonly name: string;
}

/** What `cdk8s-ml-check.yaml` says. */
export interface Configuration {
  readonly file: string;
  readonly rules: readonly ChangedRule[];
  readonly waivers: readonly ConfiguredWaiver[];
  readonly external: readonly ExternalObjects[];
}

/** Reads a configuration file; throws a usage error that names every problem with its place. */
export function readConfiguration(source: Source, ruleNames: readonly string[]): Configuration {
  const reader = new Reader(source, ruleNames);
  const configuration = reader.read();
  if (reader.problems.length > 0) throw new UsageError(reader.problems.join('\n'));
  return configuration;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

class Reader {
  public readonly problems: string[] = [];

  constructor(
    private readonly source: Source,
    private readonly ruleNames: readonly string[],
  ) {}

  public read(): Configuration {
    const { file, problem, documents } = this.source;
    const problems = [...(problem ? [problem] : []), ...documents.flatMap((document) => document.problems)];
    for (const { line, message } of problems) this.problems.push(`${file}:${line}: ${message}.`);
    const written = documents.filter(({ value }) => value !== undefined && value !== null);
    if (written.length > 1) this.problems.push(`${file}: holds ${written.length} documents where one is expected.`);
    const [document] = written;
    if (!document || this.problems.length > 0) return { file, rules: [], waivers: [], external: [] };
    if (!isJsonObject(document.value)) {
      this.problems.push(`${file}:${document.lineOf([])}: is not a map with the keys rules, waivers and external.`);
      return { file, rules: [], waivers: [], external: [] };
    }
    const { top } = new Resource(document, document.value);
    this.keys(top, ['rules', 'waivers', 'external']);
    const rules = this.map(top.at('rules')).flatMap(([rule, field]) => this.changedRule(rule, field));
    const waivers = this.list(top.at('waivers')).flatMap((field) => this.waiver(field));
    const external = this.list(top.at('external')).flatMap((field) => this.external(field));
    return { file, rules, waivers, external };
  }

  private external(field: Field): ExternalObjects[] {
    this.keys(field, ['kind', 'namespace', 'name']);
    const [kind, namespace, name] = ['kind', 'namespace', 'name'].map((key) => this.text(field.at(key)));
    if (kind !== undefined && name !== undefined) return [{ kind, namespace, name }];
    this.problem(field, 'is for no object; give kind and name.');
    return [];
  }

  private changedRule(rule: string, field: Field): ChangedRule[] {
    if (!this.ruleNames.includes(rule))
      this.problem(field, `there is no rule '${rule}'${didYouMean(rule, this.ruleNames)}.`);
    this.keys(field, ['severity', 'reason']);
    const { value } = field.at('severity');
    const severity =
      value === false ? 'off' : (SEVERITIES.find((each) => each === value) ?? (value === 'off' ? 'off' : undefined));
    if (!severity)
      this.problem(field.at('severity'), `is ${shown(field.at('severity'))}; give ${SEVERITIES.join(', ')} or off.`);
    const reason = field.at('reason').text ?? '';
    if (!isReason(reason)) this.problem(field.at('reason'), 'says nothing; say why the rule is changed here.');
    return severity ? [{ rule, severity, reason }] : [];
  }

  private waiver(field: Field): ConfiguredWaiver[] {
    this.keys(field, ['rule', 'object', 'file', 'reason', 'until']);
    this.keys(field.at('object'), ['kind', 'namespace', 'name']);
    const rule = this.text(field.at('rule'));
    if (rule === undefined && !field.at('rule').exists)
      this.problem(field.at('rule'), 'is missing; name the rule that is waived.');
    const [kind, namespace, name] = ['kind', 'namespace', 'name'].map((key) => this.text(field.at('object', key)));
    const file = this.text(field.at('file'));
    const until = this.text(field.at('until'));
    if ([kind, namespace, name, file].every((each) => each === undefined)) {
      this.problem(
        field,
        'is for no object; give object (kind, namespace, name) or file, or switch the rule off under rules.',
      );
    }
    if (until !== undefined && !isDay(until))
      this.problem(field.at('until'), `is '${until}', no day such as 2027-01-31.`);
    const reason = field.at('reason').text;
    return rule === undefined ? [] : [{ rule, kind, namespace, name, file, reason, until, field }];
  }

  private text(field: Field): string | undefined {
    if (field.exists && field.text === undefined) this.problem(field, `is ${shown(field)} where a text is expected.`);
    return field.text;
  }

  private map(field: Field): [string, Field][] {
    if (field.exists && !isJsonObject(field.value)) this.problem(field, `is ${shown(field)} where a map is expected.`);
    return field.entries;
  }

  private list(field: Field): Field[] {
    if (field.exists && !Array.isArray(field.value))
      this.problem(field, `is ${shown(field)} where a list is expected.`);
    return field.items;
  }

  private keys(field: Field, known: readonly string[]): void {
    for (const [key, each] of this.map(field)) {
      if (!known.includes(key))
        this.problem(each, `is no key of it${didYouMean(key, known)}; it takes ${known.join(', ')}.`);
    }
  }

  private problem(field: Field, message: string): void {
    this.problems.push(`${this.source.file}:${field.line}: ${field.place} ${message}`);
  }
}

function isDay(text: string): boolean {
  const time = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function shown({ value, exists }: Field): string {
  if (!exists) return 'missing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : `'${String(value)}'`;
}
