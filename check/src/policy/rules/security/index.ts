import type { AnyRule } from '../../rule';

/** Rules of the group security. */
export const SECURITY: readonly AnyRule[] = [];
