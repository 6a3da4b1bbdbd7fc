import { STANDARD_INPUT } from '../inventory/source';
import type { Finding } from '../policy/finding';
import { Need } from '../policy/rule';
import type { Report } from './report';
import { tallyOf } from './report';

/** A file as people read it. */
export function fileOf(file: string): string {
  return file === STANDARD_INPUT ? 'standard input' : file;
}

/** What a finding is about: the object, or the text that holds none. */
export function subjectOf({ object, file, document }: Finding): string {
  if (!object?.kind && !object?.name) return document > 1 ? `document ${document} of ${fileOf(file)}` : fileOf(file);
  const { kind, namespace, name } = object;
  const id = [namespace, name].filter((part) => part !== undefined && part !== '').join('/');
  return [kind || 'object', id || 'without a name'].join(' ');
}

/** What is wrong, as a sentence about its subject. */
export function sentenceOf(finding: Finding): string {
  return `${subjectOf(finding)} ${statementOf(finding)}`;
}

/** What is wrong, with its full stop. */
export function statementOf({ message }: Finding): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

/** Why, apart from where it says so. */
export function reasonAndSource(why: string): { readonly reason: string; readonly sources: readonly string[] } {
  const sources = [...why.matchAll(/https?:\/\/\S+/g)].map(([address]) => address.replace(/[.,;]$/, ''));
  const reason = why.replace(/\s*https?:\/\/\S+/g, '').trim();
  return { reason, sources };
}

/** `1 error` and `2 errors`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Numbers of findings, in one line. */
export function totals({ findings, objects, files }: Report): string {
  const { error, warning, info, waived, known } = tallyOf(findings);
  const found = [
    ...(error > 0 ? [count(error, 'error')] : []),
    ...(warning > 0 ? [count(warning, 'warning')] : []),
    ...(info > 0 ? [`${info} info`] : []),
  ];
  const aside = [
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(known > 0 ? [`${known} known from the baseline`] : []),
  ];
  const where = `in ${count(objects, 'object')} of ${count(files.length, 'file')}`;
  const what = found.length > 0 ? found.join(', ') : aside.length > 0 ? 'Nothing else found' : 'Nothing found';
  return `${what} ${where}${aside.length > 0 ? ` (${aside.join(', ')})` : ''}.`;
}

/** What is missing for rules that were not judged. */
const LACKING: { readonly [need in Need]: string } = {
  [Need.PROFILE]: 'without a profile of the cluster (--profile)',
  [Need.POOLS]: 'without knowing the nodes (--profile, or NodePools in the set)',
  [Need.COMPLETE]: 'unless the set is complete (--complete)',
};

/** What was not judged or not looked into, and what the configuration changed: a line each. */
export function reservations({ unknown, unknownKinds, changes }: Report): string[] {
  const off = changes.filter(({ severity }) => severity === 'off');
  const kinds = unknownKinds.map(({ apiVersion, kind, count: number }) => `${kind} of ${apiVersion} (${number})`);
  const others = unknownKinds.reduce((sum, { count: number }) => sum + number, 0);
  return [
    ...(Object.keys(LACKING) as Need[]).flatMap((need) => {
      const rules = unknown.filter(({ needs }) => needs[0] === need).map(({ rule }) => rule);
      return rules.length > 0 ? [`Not judged ${LACKING[need]}: ${rules.join(', ')}.`] : [];
    }),
    ...(others > 0 ? [`Of kinds that are not known, ${count(others, 'object')}: ${kinds.join(', ')}.`] : []),
    ...(off.length > 0 ? [`Switched off: ${off.map(({ rule, reason }) => `${rule} (${reason})`).join(', ')}.`] : []),
  ];
}
