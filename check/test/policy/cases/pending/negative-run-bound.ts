import { Severity } from '../../../../src/policy/finding';
import { negativeRunBound } from '../../../../src/policy/rules/pending/negative-run-bound';
import { jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

export const NEGATIVE_RUN_BOUND: RuleCase = {
  rule: negativeRunBound,
  good: jobWith({ spec: 'backoffLimit: 0\nactiveDeadlineSeconds: 100\nttlSecondsAfterFinished: 0' }),
  flips: ['backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished', 'parallelism'].map((key) => ({
    change: { [`spec.${key}`]: -1 },
    at: `spec.${key}`,
    says: new RegExp(`has ${key} -1, which is below 0`),
    severity: Severity.ERROR,
  })),
  cluster: 'rejects',
};
