import { Severity } from '../../../../src/policy/finding';
import { overlappingRuns } from '../../../../src/policy/rules/clutter/overlapping-runs';
import { cronJobWith } from '../cron-job-manifest';
import type { RuleCase } from '../../rule-case';

const SCHEDULE = 'schedule: "0 2 * * 0"';
const at = 'spec.concurrencyPolicy';
const says = /may run several times at once/;

export const OVERLAPPING_RUNS: RuleCase = {
  rule: overlappingRuns,
  good: cronJobWith(`${SCHEDULE}\nconcurrencyPolicy: Forbid`),
  flips: [
    { change: { [at]: 'Allow' }, at, says, severity: Severity.WARNING },
    { change: { [at]: undefined }, at, says, severity: Severity.WARNING },
  ],
  silent: {
    'without GPUs': cronJobWith(SCHEDULE, '{}'),
    'the old one goes': cronJobWith(`${SCHEDULE}\nconcurrencyPolicy: Replace`),
  },
};
