import type { RuleCase } from '../../rule-case';

export const SECURITY_CASES: readonly RuleCase[] = [];
