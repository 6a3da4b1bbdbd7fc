import type { Finding, Severity } from '../policy/finding';
import { counts, isAtLeast } from '../policy/finding';
import type { RuleDescription } from '../policy/rule';
import type { Unknown } from '../policy/run-rules';
import type { ChangedRule } from '../policy/waivers/configuration';

/** Objects of a kind that nothing is known of. */
export interface UnknownKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly count: number;
}

/** From which severity a check fails. */
export type FailOn = Severity | 'none';

/** What a check found, in whatever form it is then written. */
export interface Report {
  /** Version of the checker. */
  readonly checker: string;
  /** Every finding, also those that do not count; in order. */
  readonly findings: readonly Finding[];
  /** Rules that were not judged, since something is not known. */
  readonly unknown: readonly Unknown[];
  /** Kinds that were only looked at as far as all objects are alike. */
  readonly unknownKinds: readonly UnknownKind[];
  /** Rules that the configuration changed or switched off. */
  readonly changes: readonly ChangedRule[];
  /** Rules that were run. */
  readonly rules: readonly RuleDescription[];
  /** Files that were read, in order. */
  readonly files: readonly string[];
  /** Files and folders that could not be read, and why. */
  readonly unread: readonly string[];
  /** Objects that were found in them. */
  readonly objects: number;
  readonly failOn: FailOn;
}

/** Numbers of findings that count, and of those that do not. */
export interface Tally {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly waived: number;
  readonly known: number;
}

/** Counts findings. */
export function tallyOf(findings: readonly Finding[]): Tally {
  const tally = { error: 0, warning: 0, info: 0, waived: 0, known: 0 };
  for (const { waived, known, severity } of findings) tally[waived ? 'waived' : known ? 'known' : severity]++;
  return tally;
}

/** Whether a finding makes the check fail. */
export function fails(finding: Finding, failOn: FailOn): boolean {
  return failOn !== 'none' && counts(finding) && isAtLeast(finding.severity, failOn);
}

/** What a rule says in general, by its name. */
export function descriptionsOf({ rules }: Report): ReadonlyMap<string, RuleDescription> {
  return new Map(rules.map((rule) => [rule.name, rule]));
}
