import { Severity } from '../../../../src/policy/finding';
import { autoscalerBounds } from '../../../../src/policy/rules/serving/autoscaler-bounds';
import type { RuleCase } from '../../rule-case';
import { KSERVE, SCALED, SERVED } from './served';

export const AUTOSCALER_BOUNDS: RuleCase = {
  rule: autoscalerBounds,
  good: SERVED + SCALED,
  flips: [
    {
      change: { 'spec.minReplicas': 5 },
      at: 'spec.minReplicas',
      says: /at least 5 replicas and at most 4/,
      severity: Severity.ERROR,
      object: 1,
    },
    {
      change: { 'spec.maxReplicas': 0, 'spec.minReplicas': undefined },
      at: 'spec.maxReplicas',
      says: /has maxReplicas of 0/,
      severity: Severity.ERROR,
      object: 1,
    },
    {
      change: {
        'spec.metrics[0]': {
          type: 'Resource',
          resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 0 } },
        },
      },
      at: 'spec.metrics[0].resource.target.averageUtilization',
      says: /has averageUtilization of 0/,
      severity: Severity.ERROR,
      object: 1,
    },
  ],
  silent: { 'without a bound': KSERVE.replace('maxReplicas: 4', 'maxReplicas: 0') },
  cluster: 'rejects',
};
