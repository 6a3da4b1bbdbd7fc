import type { RuleCase } from '../../rule-case';

export const SLOW_GANG_CASES: readonly RuleCase[] = [];
