import type { Problem } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import type { Check } from '../core/shape';
import { like, text } from '../core/shape';
import { isPlainObject, readProperty } from '../core/snapshot';
import { BAD_ENV } from './diagnostics';

const isEnvValue = like('EnvValue', ['constructor'], "Env.value('...') or an EnvValue of cdk8s-plus-28");

/** Where a value can come from, and what must be said of each. */
const SOURCES: { readonly [kind: string]: readonly string[] } = {
  configMapKeyRef: ['name', 'key'],
  fieldRef: ['fieldPath'],
  resourceFieldRef: ['resource'],
  secretKeyRef: ['name', 'key'],
};

/** A value of a variable: of ours, or an EnvValue of cdk8s-plus. KUB008 when it has no text and no source, or both. */
export const envValue: Check = (value, property, problems) => {
  const before = problems.length;
  if (!isPlainObject(value)) isEnvValue(value, property, problems);
  if (problems.length > before) return;
  const plain = readProperty(value as object, 'value') ?? undefined;
  const source = readProperty(value as object, 'valueFrom') ?? undefined;
  if (plain !== undefined && source === undefined) text({ min: 0 })(plain, property, problems);
  else problems.push(...sourceProblems(plain, source, property));
};

function sourceProblems(plain: unknown, source: unknown, property: string): Problem[] {
  const found = (what: string): Problem[] => [
    {
      rule: BAD_ENV,
      property,
      value: show(source),
      message: `${property} ${what}.`,
      fix: "Use Env.value('...'), Env.secret('name', 'key') or the like.",
    },
  ];
  if (source === undefined) return found('has neither a text nor a source');
  if (plain !== undefined) return found('has both a text and a source');
  const kinds = isPlainObject(source) ? Object.keys(source) : [];
  const [kind] = kinds;
  if (kinds.length !== 1 || !Object.keys(SOURCES).includes(kind))
    return found(`has a source that is none of ${Object.keys(SOURCES).join(', ')}`);
  const reference = readProperty(source as object, kind);
  const wanted = SOURCES[kind].filter((field) => !isText(reference, field));
  return wanted.length === 0 ? [] : found(`has a ${kind} without ${wanted.join(' and ')}`);
}

function isText(reference: unknown, field: string): boolean {
  if (!isPlainObject(reference)) return false;
  const value = readProperty(reference, field);
  return typeof value === 'string' && value !== '';
}
