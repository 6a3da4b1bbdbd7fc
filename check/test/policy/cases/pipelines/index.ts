import type { RuleCase } from '../../rule-case';

export const PIPELINES_CASES: readonly RuleCase[] = [];
