import type { IConstruct } from 'constructs';
import { acknowledgementOf } from './acknowledge';
import type { Problem } from './diagnostics';
import { formatProblem, Level } from './diagnostics';
import { changed, currentEpoch } from './epoch';
import { BROKEN_CHECK } from './rules';
import { errorText } from './snapshot';

interface Reports {
  readonly checks: (() => readonly Problem[])[];
  /** What the checks found in `epoch`. */
  found?: readonly Problem[];
  epoch: number;
}

const reports = new WeakMap<IConstruct, Reports>();

/**
 * Registers a check of relations between parts, run when the app is synthesized.
 *
 * cdk8s runs every validator once per chart and once more: results are kept until something changes. A check that throws
 * is itself reported, with its path, and the others still run.
 */
export function report(scope: IConstruct, check: () => readonly Problem[]): void {
  const known = reports.get(scope);
  changed();
  if (known) {
    known.checks.push(check);
    return;
  }
  reports.set(scope, { checks: [check], epoch: -1 });
  scope.node.addValidation({ validate: () => openProblems(scope).map(formatProblem) });
}

/** Everything the checks of a construct find, acknowledged or not. */
export function problemsOf(scope: IConstruct): readonly Problem[] {
  const known = reports.get(scope);
  if (!known) return [];
  if (known.found === undefined || known.epoch !== currentEpoch()) {
    known.found = known.checks.flatMap(run);
    known.epoch = currentEpoch();
  }
  return known.found;
}

/** The rules that a construct breaks on purpose, each with the reason given. */
export function acknowledgedProblems(scope: IConstruct): ReadonlyMap<string, string> {
  const waived = new Map<string, string>();
  for (const { rule } of problemsOf(scope)) {
    const reason = rule.level === Level.UNSAFE ? acknowledgementOf(scope, rule.id) : undefined;
    if (reason !== undefined) waived.set(rule.name, reason);
  }
  return waived;
}

function openProblems(scope: IConstruct): readonly Problem[] {
  return problemsOf(scope).filter(
    ({ rule }) => rule.level === Level.INVALID || acknowledgementOf(scope, rule.id) === undefined,
  );
}

function run(check: () => readonly Problem[]): readonly Problem[] {
  try {
    return check();
  } catch (error) {
    const message = `a check failed: ${errorText(error)}.`;
    const fix = 'Report it with the props of this construct; it is a defect of cdk8s-ml.';
    return [{ rule: BROKEN_CHECK, message, fix }];
  }
}
