import { Severity } from '../../../../src/policy/finding';
import { replicasBesideAutoscaler } from '../../../../src/policy/rules/serving/replicas-beside-autoscaler';
import type { RuleCase } from '../../rule-case';
import { SCALED, SERVED } from './served';

export const REPLICAS_BESIDE_AUTOSCALER: RuleCase = {
  rule: replicasBesideAutoscaler,
  good: SERVED.replace('  replicas: 2\n', '') + SCALED,
  flips: [
    {
      change: { 'spec.replicas': 3 },
      at: 'spec.replicas',
      says: /says 3 replicas, which HorizontalPodAutoscaler serving\/chat changes/,
      severity: Severity.WARNING,
    },
  ],
  silent: { 'nobody else sets them': SERVED, 'another is scaled': SERVED + SCALED.replaceAll('chat', 'other') },
};
