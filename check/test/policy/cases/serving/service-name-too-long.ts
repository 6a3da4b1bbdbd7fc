import { Severity } from '../../../../src/policy/finding';
import { serviceNameTooLong } from '../../../../src/policy/rules/serving/service-name-too-long';
import type { RuleCase } from '../../rule-case';
import { KSERVE } from './served';

export const SERVICE_NAME_TOO_LONG: RuleCase = {
  rule: serviceNameTooLong,
  good: KSERVE,
  flips: [
    {
      change: { 'metadata.name': 'a'.repeat(54) },
      at: 'metadata.name',
      says: /whose name has 64 characters/,
      severity: Severity.ERROR,
    },
  ],
};
