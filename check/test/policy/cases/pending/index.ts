import type { RuleCase } from '../../rule-case';

export const PENDING_CASES: readonly RuleCase[] = [];
