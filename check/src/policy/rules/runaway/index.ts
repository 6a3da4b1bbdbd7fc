import type { AnyRule } from '../../rule';
import { longDeadline } from './long-deadline';
import { gpuRunDeadline } from './gpu-run-deadline';

/** Rules against runs that cost money when nobody looks. */
export const RUNAWAY: readonly AnyRule[] = [gpuRunDeadline, longDeadline];
