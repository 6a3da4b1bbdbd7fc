import { Severity } from '../../../../src/policy/finding';
import { serverWithoutAutoscaler } from '../../../../src/policy/rules/serving/server-without-autoscaler';
import type { RuleCase } from '../../rule-case';
import { SCALED, SERVED, WEB } from './served';

export const SERVER_WITHOUT_AUTOSCALER: RuleCase = {
  rule: serverWithoutAutoscaler,
  good: SERVED + SCALED,
  flips: [
    {
      change: { 'spec.scaleTargetRef.name': 'other' },
      at: 'spec.replicas',
      says: /fixed number of replicas/,
      severity: Severity.INFO,
      object: 1,
    },
  ],
  silent: { 'it serves no model': WEB },
};
