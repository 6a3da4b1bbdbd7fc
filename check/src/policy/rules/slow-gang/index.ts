import type { AnyRule } from '../../rule';

/** Rules of the group slow-gang. */
export const SLOW_GANG: readonly AnyRule[] = [];
