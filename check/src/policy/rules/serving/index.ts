import type { AnyRule } from '../../rule';

/** Rules of the group serving. */
export const SERVING: readonly AnyRule[] = [];
