import type { InventoryOptions } from '../inventory/inventory';
import { unknownKinds } from '../inventory/known-kinds';
import type { Source } from '../inventory/source';
import { check } from '../policy/check';
import { Severity } from '../policy/finding';
import { selectRules } from '../policy/packs';
import { RULES } from '../policy/rules';
import type { RuleWatcher } from '../policy/run-rules';
import type { WaiverOptions } from '../policy/waivers/apply-waivers';
import type { Baseline } from './baseline';
import { markKnown } from './baseline';
import type { FailOn, Report } from './report';
import { VERSION } from './version';

/** What is said beside the manifests. */
export interface ReportOptions extends InventoryOptions, WaiverOptions {
  /** Names of packs and rules, as `selectRules` reads them. */
  readonly rules?: readonly string[];
  /** Findings that do not count since they are not new. */
  readonly baseline?: Baseline;
  /** From which severity the check fails; from error unless it is given. */
  readonly failOn?: FailOn;
  /** Told how far it is. */
  readonly watch?: RuleWatcher;
}

/** Checks what some files hold. */
export function makeReport(sources: readonly Source[], options: ReportOptions = {}): Report {
  const { configuration, baseline } = options;
  const off = new Set(configuration?.rules.flatMap(({ rule, severity }) => (severity === 'off' ? [rule] : [])));
  const rules = selectRules(options.rules ?? [], RULES).filter(({ name }) => !off.has(name));
  const { findings, unknown, inventory } = check(sources, rules, options);
  return {
    checker: VERSION,
    findings: baseline ? markKnown(findings, baseline) : findings,
    unknown,
    unknownKinds: unknownKinds(inventory),
    changes: configuration?.rules ?? [],
    rules,
    files: sources.map(({ file }) => file),
    unread: sources.flatMap(({ file, problem }) =>
      problem?.trouble === 'unreadable-file' ? [`${file} ${problem.message}.`] : [],
    ),
    objects: [...inventory.resources, ...inventory.unchecked.keys()].filter(({ embedding }) => !embedding).length,
    failOn: options.failOn ?? Severity.ERROR,
  };
}
