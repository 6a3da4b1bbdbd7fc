import type { RuleCase } from '../../rule-case';
import { GPU_RUN_DEADLINE } from './gpu-run-deadline';

export const RUNAWAY_CASES: readonly RuleCase[] = [GPU_RUN_DEADLINE];
