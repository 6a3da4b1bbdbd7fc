import type { AnyRule } from '../../rule';

/** Rules of the group oom. */
export const OOM: readonly AnyRule[] = [];
