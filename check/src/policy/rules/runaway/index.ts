import type { AnyRule } from '../../rule';
import { deadlineOfMonths } from './deadline-of-months';
import { gpuRunDeadline } from './gpu-run-deadline';

/** Rules against runs that cost money when nobody looks. */
export const RUNAWAY: readonly AnyRule[] = [gpuRunDeadline, deadlineOfMonths];
