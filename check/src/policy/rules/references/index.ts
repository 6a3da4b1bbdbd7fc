import type { AnyRule } from '../../rule';

/** Rules of the group references. */
export const REFERENCES: readonly AnyRule[] = [];
