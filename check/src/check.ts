import type { InventoryOptions } from './inventory/inventory';
import { Inventory } from './inventory/inventory';
import type { Source } from './inventory/source';
import type { AnyRule } from './policy/rule';
import type { Outcome } from './policy/run-rules';
import { runRules } from './policy/run-rules';

/** What a check found, and what it looked at. */
export interface CheckResult extends Outcome {
  readonly inventory: Inventory;
}

/** Checks everything that some files hold. */
export function check(
  sources: readonly Source[],
  rules: readonly AnyRule[],
  options: InventoryOptions = {},
): CheckResult {
  const inventory = new Inventory(
    sources.flatMap(({ documents }) => documents),
    options,
  );
  return { ...runRules(rules, sources, inventory), inventory };
}
