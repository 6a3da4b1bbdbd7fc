import type { RuleCase } from '../../rule-case';
import { SCHEMA_CASES } from './schema';

export const READING_CASES: readonly RuleCase[] = [...SCHEMA_CASES];
