import type { RuleCase } from '../../rule-case';
import { INSTANT_CLEANUP } from './instant-cleanup';
import { POD_FAILURE_POLICY } from './pod-failure-policy';

export const CLUTTER_CASES: readonly RuleCase[] = [INSTANT_CLEANUP, POD_FAILURE_POLICY];
