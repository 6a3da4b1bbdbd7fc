import { Severity } from '../../../../src/policy/finding';
import { instantDeadline } from '../../../../src/policy/rules/pending/instant-deadline';
import { jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = 'spec.activeDeadlineSeconds';

export const INSTANT_DEADLINE: RuleCase = {
  rule: instantDeadline,
  good: jobWith({ spec: 'activeDeadlineSeconds: 3600' }),
  flips: [{ change: { [at]: 0 }, at, says: /has a deadline of 0 seconds/, severity: Severity.ERROR }],
};
