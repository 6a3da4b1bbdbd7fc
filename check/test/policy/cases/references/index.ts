import type { RuleCase } from '../../rule-case';

export const REFERENCES_CASES: readonly RuleCase[] = [];
