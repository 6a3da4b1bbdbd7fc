import { Severity } from '../../../../src/policy/finding';
import { progressDeadlineBelowStartup } from '../../../../src/policy/rules/serving/progress-deadline-below-startup';
import type { RuleCase } from '../../rule-case';
import { SERVED } from './served';

export const PROGRESS_DEADLINE_BELOW_STARTUP: RuleCase = {
  rule: progressDeadlineBelowStartup,
  good: SERVED,
  flips: [
    {
      change: { 'spec.progressDeadlineSeconds': 300 },
      at: 'spec.progressDeadlineSeconds',
      says: /after 300 s, and may take 600 s/,
      severity: Severity.WARNING,
    },
    {
      change: {
        'spec.progressDeadlineSeconds': undefined,
        'spec.template.spec.containers[0].startupProbe.failureThreshold': 90,
      },
      at: 'spec.progressDeadlineSeconds',
      says: /after 600 s, and may take 900 s/,
      severity: Severity.WARNING,
    },
  ],
};
