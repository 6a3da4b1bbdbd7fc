import type { Problem } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { dnsSubdomainProblem } from '../core/names';
import type { Check } from '../core/shape';
import { like, text } from '../core/shape';
import { isPlainObject, readProperty } from '../core/snapshot';
import { BAD_ENV } from './diagnostics';
import { fieldPathProblem, keyProblem, resourceProblem } from './env-source';

const isEnvValue = like('EnvValue', ['constructor'], "Env.value('...') or an EnvValue of cdk8s-plus-28");

type Grammar = (text: string) => string | undefined;

/** Where a value can come from, and what must be said of each. */
const SOURCES: { readonly [kind: string]: { readonly [field: string]: Grammar } } = {
  configMapKeyRef: { name: dnsSubdomainProblem, key: keyProblem },
  fieldRef: { fieldPath: fieldPathProblem },
  resourceFieldRef: { resource: resourceProblem },
  secretKeyRef: { name: dnsSubdomainProblem, key: keyProblem },
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
  const wanted = Object.keys(SOURCES[kind]).filter((field) => textOf(reference, field) === '');
  if (wanted.length > 0) return found(`has a ${kind} without ${wanted.join(' and ')}`);
  return Object.entries(SOURCES[kind]).flatMap(([field, grammar]) => {
    const value = textOf(reference, field);
    const problem = grammar(value);
    return problem === undefined ? [] : found(`has a ${kind} whose ${field} ${show(value)} ${problem}`);
  });
}

function textOf(reference: unknown, field: string): string {
  const value = isPlainObject(reference) ? readProperty(reference, field) : undefined;
  return typeof value === 'string' ? value : '';
}
