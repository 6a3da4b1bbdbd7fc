import { Severity } from '../../../../src/policy/finding';
import { canaryOutOfRange } from '../../../../src/policy/rules/serving/canary-out-of-range';
import type { RuleCase } from '../../rule-case';
import { KSERVE } from './served';

export const CANARY_OUT_OF_RANGE: RuleCase = {
  rule: canaryOutOfRange,
  good: KSERVE,
  flips: [
    {
      change: { 'spec.predictor.canaryTrafficPercent': 101 },
      at: 'spec.predictor.canaryTrafficPercent',
      says: /of 101/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.predictor.canaryTrafficPercent': -5 },
      at: 'spec.predictor.canaryTrafficPercent',
      says: /of -5/,
      severity: Severity.ERROR,
    },
  ],
};
