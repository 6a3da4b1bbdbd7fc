import type { RuleCase } from '../../rule-case';

export const LOST_WORK_CASES: readonly RuleCase[] = [];
