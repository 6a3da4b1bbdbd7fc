import { Severity } from '../../../../src/policy/finding';
import { deepHistory } from '../../../../src/policy/rules/clutter/deep-history';
import { cronJobWith } from '../cron-job-manifest';
import type { RuleCase } from '../../rule-case';

export const DEEP_HISTORY: RuleCase = {
  rule: deepHistory,
  good: cronJobWith('schedule: "0 2 * * 0"\nsuccessfulJobsHistoryLimit: 10'),
  flips: ['successfulJobsHistoryLimit', 'failedJobsHistoryLimit'].map((key) => ({
    change: { [`spec.${key}`]: 50 },
    at: `spec.${key}`,
    says: new RegExp(`keeps 50 ended runs \\(${key}\\)`),
    severity: Severity.WARNING,
  })),
};
