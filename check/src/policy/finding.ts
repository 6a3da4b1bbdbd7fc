import type { Field } from '../inventory/field';
import type { ResourceId } from '../inventory/resource';

/** How serious a finding is. */
export enum Severity {
  /** It will be rejected, never run, or lose work, money or trust. */
  ERROR = 'error',
  /** It does harm in most clusters, or often. */
  WARNING = 'warning',
  /** Worth knowing. */
  INFO = 'info',
}

/** What a rule says of a place. */
export interface Remark {
  /** The place it is about, in the object that has the defect. */
  readonly field: Field;
  readonly severity: Severity;
  /** What is wrong, with the value: a sentence that continues the object's name, such as `has no deadline.` */
  readonly message: string;
  /** What to do here; the rule's own advice when it is not given. */
  readonly fix?: string;
  /** Operational facts that it stands for here, beside those of the rule. */
  readonly facts?: readonly string[];
  /** Facts of the rule that do not hold here. */
  readonly without?: readonly string[];
}

/** A defect that will be rejected, never run, or lose work, money or trust. */
export function error(field: Field, message: string, fix?: string): Remark {
  return { field, severity: Severity.ERROR, message, fix };
}

/** A defect that does harm in most clusters, or often. */
export function warning(field: Field, message: string, fix?: string): Remark {
  return { field, severity: Severity.WARNING, message, fix };
}

/** Something worth knowing. */
export function info(field: Field, message: string, fix?: string): Remark {
  return { field, severity: Severity.INFO, message, fix };
}

/** Why a finding does not count. */
export interface Waiver {
  readonly reason: string;
  /** Where it was waived: on the object, or in the configuration file. */
  readonly by: 'annotation' | 'configuration';
}

/** What a rule found, ready to be reported. */
export interface Finding {
  /** Name of the rule. */
  readonly rule: string;
  readonly group: string;
  readonly severity: Severity;
  /** Operational facts that it stands for. */
  readonly facts: readonly string[];
  readonly message: string;
  readonly fix: string;
  /** The object; undefined when a text holds none. */
  readonly object?: ResourceId;
  /** Place in the object, such as `spec.template.spec.containers[0].image`; empty for the whole. */
  readonly path: string;
  readonly file: string;
  /** Which of the file's documents, from 1. */
  readonly document: number;
  /** Line in the file, from 1. */
  readonly line: number;
  /** Path of the construct of cdk8s-ml that made the object. */
  readonly construct?: string;
  readonly waived?: Waiver;
  /** Whether the baseline has it, so that it is not new. */
  readonly known?: boolean;
}

/** Whether a finding counts: neither waived nor known from a baseline. */
export function counts({ waived, known }: Finding): boolean {
  return waived === undefined && known !== true;
}

/** From the most serious to the least. */
export const SEVERITIES: readonly Severity[] = [Severity.ERROR, Severity.WARNING, Severity.INFO];

/** Whether a severity is at least as serious as another. */
export function isAtLeast(severity: Severity, level: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(level);
}
