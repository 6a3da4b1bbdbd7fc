import type { RuleCase } from '../../rule-case';
import { LONG_DEADLINE } from './long-deadline';
import { GPU_RUN_DEADLINE } from './gpu-run-deadline';

export const RUNAWAY_CASES: readonly RuleCase[] = [GPU_RUN_DEADLINE, LONG_DEADLINE];
