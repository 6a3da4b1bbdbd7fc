import type { RuleCase } from '../../rule-case';

export const OOM_CASES: readonly RuleCase[] = [];
