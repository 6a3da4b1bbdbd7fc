import type { AnyRule } from '../../rule';

/** Rules of the group pending. */
export const PENDING: readonly AnyRule[] = [];
