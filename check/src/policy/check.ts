import type { InventoryOptions } from '../inventory/inventory';
import { Inventory } from '../inventory/inventory';
import type { Source } from '../inventory/source';
import type { Finding } from './finding';
import type { AnyRule } from './rule';
import type { RuleWatcher, Unknown } from './run-rules';
import { inOrder, runRules } from './run-rules';
import type { WaiverOptions } from './waivers/apply-waivers';
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
  const inventory = new Inventory(
    sources.flatMap(({ documents }) => documents),
    options,
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
