import type { RuleCase } from '../../rule-case';

export const CLUTTER_CASES: readonly RuleCase[] = [];
