import { Severity } from '../../../../src/policy/finding';
import { deadlineOfMonths } from '../../../../src/policy/rules/runaway/deadline-of-months';
import { jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = 'spec.activeDeadlineSeconds';

export const DEADLINE_OF_MONTHS: RuleCase = {
  rule: deadlineOfMonths,
  good: jobWith({ spec: 'activeDeadlineSeconds: 2592000' }),
  flips: [
    {
      change: { [at]: 86_400_000 },
      at,
      says: /has a deadline of 86400000 seconds, which is 1000 days/,
      severity: Severity.WARNING,
    },
  ],
};
