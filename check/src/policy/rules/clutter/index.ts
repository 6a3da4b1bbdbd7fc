import type { AnyRule } from '../../rule';

/** Rules of the group clutter. */
export const CLUTTER: readonly AnyRule[] = [];
