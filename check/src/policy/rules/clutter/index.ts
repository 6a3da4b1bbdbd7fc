import type { AnyRule } from '../../rule';
import { instantCleanup } from './instant-cleanup';
import { podFailurePolicy } from './pod-failure-policy';

/** Rules of the group clutter. */
export const CLUTTER: readonly AnyRule[] = [instantCleanup, podFailurePolicy];
