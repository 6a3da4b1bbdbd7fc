import { Severity } from '../../../../src/policy/finding';
import { longDeadline } from '../../../../src/policy/rules/runaway/long-deadline';
import { jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = 'spec.activeDeadlineSeconds';

export const LONG_DEADLINE: RuleCase = {
  rule: longDeadline,
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
