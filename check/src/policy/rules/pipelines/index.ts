import type { AnyRule } from '../../rule';

/** Rules of the group pipelines. */
export const PIPELINES: readonly AnyRule[] = [];
