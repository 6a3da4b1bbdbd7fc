import { Severity } from '../../../../src/policy/finding';
import { cronJobNameTooLong } from '../../../../src/policy/rules/clutter/cron-job-name-too-long';
import { cronJobWith } from '../cron-job-manifest';
import type { RuleCase } from '../../rule-case';

export const CRON_JOB_NAME_TOO_LONG: RuleCase = {
  rule: cronJobNameTooLong,
  good: cronJobWith('schedule: "0 2 * * 0"', undefined, 'a'.repeat(52)),
  flips: [
    {
      change: { 'metadata.name': 'a'.repeat(53) },
      at: 'metadata.name',
      says: /has a name of 53 characters, and a CronJob can have 52/,
      severity: Severity.ERROR,
    },
  ],
  cluster: 'rejects',
};
