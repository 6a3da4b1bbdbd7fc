import type { RuleCase } from '../../rule-case';
import { DEADLINE_OF_MONTHS } from './deadline-of-months';
import { GPU_RUN_DEADLINE } from './gpu-run-deadline';

export const RUNAWAY_CASES: readonly RuleCase[] = [GPU_RUN_DEADLINE, DEADLINE_OF_MONTHS];
