import { Severity } from '../../../../src/policy/finding';
import { autoscalerToZero } from '../../../../src/policy/rules/serving/autoscaler-to-zero';
import type { RuleCase } from '../../rule-case';
import { SCALED } from './served';

export const AUTOSCALER_TO_ZERO: RuleCase = {
  rule: autoscalerToZero,
  good: SCALED,
  flips: [{ change: { 'spec.minReplicas': 0 }, at: 'spec.minReplicas', says: /scales to 0/, severity: Severity.ERROR }],
  cluster: 'rejects',
};
