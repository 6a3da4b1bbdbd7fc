import type { InventoryOptions, NamedObject } from '../inventory/inventory';
import { Inventory } from '../inventory/inventory';
import type { Source } from '../inventory/source';
import type { Finding } from './finding';
import { fitsGlob } from './glob';
import type { AnyRule } from './rule';
import type { RuleWatcher, Unknown } from './run-rules';
import { inOrder, runRules } from './run-rules';
import type { WaiverOptions } from './waivers/apply-waivers';
import type { ExternalObjects } from './waivers/configuration';
import { applyWaivers } from './waivers/apply-waivers';

/** What is said beside the manifests. */
export interface CheckOptions extends InventoryOptions, WaiverOptions {
  /** Told how far it is. */
  readonly watch?: RuleWatcher;
}

/** What a check found, and what it looked at. */
export interface CheckResult {
  readonly findings: readonly Finding[];
  /** Rules that could not be judged, since something is not known. */
  readonly unknown: readonly Unknown[];
  readonly inventory: Inventory;
}

/** Checks everything that some files hold. */
export function check(sources: readonly Source[], rules: readonly AnyRule[], options: CheckOptions = {}): CheckResult {
  const external = options.configuration?.external ?? [];
  const isExternal = options.isExternal ?? ((target) => external.some((each) => fitsExternal(each, target)));
  const inventory = new Inventory(
    sources.flatMap(({ documents }) => documents),
    { ...options, isExternal },
  );
  const changed = new Map((options.configuration?.rules ?? []).map(({ rule, severity }) => [rule, severity]));
  const run = rules.filter(({ name }) => changed.get(name) !== 'off');
  const outcome = runRules(run, sources, inventory, options.watch);
  const findings = applyWaivers(outcome, run, inventory, options).map((finding): Finding => {
    const severity = changed.get(finding.rule);
    return severity === undefined || severity === 'off' ? finding : { ...finding, severity };
  });
  return { findings: inOrder(findings, sources), unknown: outcome.unknown, inventory };
}

function fitsExternal({ kind, namespace, name }: ExternalObjects, target: NamedObject): boolean {
  if (!fitsGlob(kind, target.kind) || !fitsGlob(name, target.name)) return false;
  return namespace === undefined || target.namespace === undefined || fitsGlob(namespace, target.namespace);
}
