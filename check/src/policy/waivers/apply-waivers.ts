import { didYouMean } from 'cdk8s-ml/floor/core/nearest';
import type { Inventory } from '../../inventory/inventory';
import type { Finding } from '../finding';
import type { AnyRule, ReadingRule, WaiverTrouble } from '../rule';
import { isReadingRule } from '../rule';
import { RULES } from '../rules';
import type { Outcome } from '../run-rules';
import { ACKNOWLEDGED } from './acknowledged';
import type { Configuration } from './configuration';
import { isReason } from './reason';
import type { StatedWaiver } from './stated-waiver';
import { waiversOf, waiversOnObjects } from './stated-waiver';

/** What is said beside the manifests of findings that do not count. */
export interface WaiverOptions {
  readonly configuration?: Configuration;
  /** The day, such as `2026-11-30`, for waivers that end; without it none has ended. */
  readonly today?: string;
}

/** The findings, those that are waived marked, and what is wrong with waivers. */
export function applyWaivers(
  outcome: Outcome,
  rules: readonly AnyRule[],
  inventory: Inventory,
  { configuration, today = '' }: WaiverOptions,
): Finding[] {
  const onObjects = waiversOnObjects(inventory);
  const configured = configuration ? waiversOf(configuration) : [];
  const used = new Set<StatedWaiver>();
  const holds = (waiver: StatedWaiver): boolean => isReason(waiver.reason) && !hasEnded(waiver, today);
  const index = byRuleAndPlace([...onObjects, ...configured].filter(holds));
  const findings = outcome.findings.map((finding): Finding => {
    const resource = outcome.resourceOf.get(finding);
    const { embedding } = resource ?? {};
    const places = [resource, embedding?.owner, embedding?.field.resource, undefined];
    const fitting = [...new Set(places)].flatMap((place) =>
      (index.get(finding.rule)?.get(place) ?? []).filter(({ fits }) => fits(finding)),
    );
    for (const waiver of fitting) used.add(waiver);
    const [first] = fitting;
    return first ? { ...finding, waived: { reason: first.reason!, by: first.by } } : finding;
  });
  const troubles = troubleRules(rules);
  const wrong = [...onObjects, ...configured].flatMap((waiver) => {
    const trouble = troubleOf(waiver, used.has(waiver), outcome.judged, today);
    const rule = trouble && troubles.get(trouble.kind);
    return rule ? [findingOf(rule, waiver, trouble.message)] : [];
  });
  return [...findings, ...wrong];
}

type Place = StatedWaiver['resource'];

function byRuleAndPlace(waivers: readonly StatedWaiver[]): Map<string, Map<Place, StatedWaiver[]>> {
  const index = new Map<string, Map<Place, StatedWaiver[]>>();
  for (const waiver of waivers) {
    for (const rule of waiver.waives) {
      const places = index.get(rule) ?? new Map<Place, StatedWaiver[]>();
      index.set(rule, places);
      places.set(waiver.resource, [...(places.get(waiver.resource) ?? []), waiver]);
    }
  }
  return index;
}

const NAMES: ReadonlySet<string> = new Set(RULES.map(({ name }) => name));

function troubleOf(
  waiver: StatedWaiver,
  isUsed: boolean,
  judged: ReadonlySet<string>,
  today: string,
): { kind: WaiverTrouble; message: string } | undefined {
  const { rule, reason, until } = waiver;
  const isDiagnostic = Object.hasOwn(ACKNOWLEDGED, rule);
  if (!NAMES.has(rule) && !isDiagnostic) {
    const guess = didYouMean(rule, [...NAMES, ...Object.keys(ACKNOWLEDGED)]);
    return { kind: 'waiver-for-unknown-rule', message: `waives '${rule}', which is no rule${guess}.` };
  }
  if (!isReason(reason)) return { kind: 'waiver-without-reason', message: `waives ${rule} without a reason.` };
  if (hasEnded(waiver, today))
    return { kind: 'expired-waiver', message: `waives ${rule} until ${until}, which is over.` };
  // What the library leaves is on every object of a construct, and most of them have nothing of the kind.
  if (isUsed || isDiagnostic || !judged.has(rule)) return undefined;
  return { kind: 'unused-waiver', message: `waives ${rule}, which has nothing to say here.` };
}

function hasEnded({ until }: StatedWaiver, today: string): boolean {
  return until !== undefined && until < today;
}

function troubleRules(rules: readonly AnyRule[]): Map<string, ReadingRule> {
  return new Map(rules.filter(isReadingRule).map((rule) => [rule.trouble, rule]));
}

function findingOf({ name, group, severity, facts, fix }: ReadingRule, waiver: StatedWaiver, message: string): Finding {
  const { field, resource } = waiver;
  const { file, document, construct } = field.resource;
  return {
    rule: name,
    group,
    severity,
    facts,
    message,
    fix,
    object: resource?.id,
    path: field.place,
    file,
    document: document.number,
    line: field.line,
    construct: resource && construct,
  };
}
