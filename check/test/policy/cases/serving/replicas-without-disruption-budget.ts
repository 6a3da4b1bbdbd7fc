import { Severity } from '../../../../src/policy/finding';
import { replicasWithoutDisruptionBudget } from '../../../../src/policy/rules/serving/replicas-without-disruption-budget';
import type { RuleCase } from '../../rule-case';
import { BUDGET, SERVED, WEB } from './served';

export const REPLICAS_WITHOUT_DISRUPTION_BUDGET: RuleCase = {
  rule: replicasWithoutDisruptionBudget,
  good: SERVED + BUDGET,
  flips: [
    {
      change: { 'spec.selector.matchLabels.app': 'other' },
      at: 'spec',
      says: /has 2 replicas and no PodDisruptionBudget/,
      severity: Severity.WARNING,
      object: 1,
    },
  ],
  silent: {
    'it serves no model': WEB,
    'one replica has nothing to keep': SERVED.replace('replicas: 2', 'replicas: 1'),
  },
};
