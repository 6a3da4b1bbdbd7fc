import type { AnyRule } from '../../rule';

/** Rules of the group lost-work. */
export const LOST_WORK: readonly AnyRule[] = [];
