import type { RuleCase } from '../../rule-case';

export const SERVING_CASES: readonly RuleCase[] = [];
