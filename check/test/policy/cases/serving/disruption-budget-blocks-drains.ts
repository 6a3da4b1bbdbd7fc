import { Severity } from '../../../../src/policy/finding';
import { disruptionBudgetBlocksDrains } from '../../../../src/policy/rules/serving/disruption-budget-blocks-drains';
import type { RuleCase } from '../../rule-case';
import { BUDGET, SCALED, SERVED } from './served';

export const DISRUPTION_BUDGET_BLOCKS_DRAINS: RuleCase = {
  rule: disruptionBudgetBlocksDrains,
  good: SERVED + BUDGET,
  flips: [
    {
      change: { 'spec.maxUnavailable': 0 },
      at: 'spec.maxUnavailable',
      says: /maxUnavailable is 0/,
      severity: Severity.ERROR,
      object: 1,
    },
    {
      change: { 'spec.maxUnavailable': '0%' },
      at: 'spec.maxUnavailable',
      says: /maxUnavailable is 0/,
      severity: Severity.ERROR,
      object: 1,
    },
    {
      change: { 'spec.maxUnavailable': undefined, 'spec.minAvailable': '100%' },
      at: 'spec.minAvailable',
      says: /minAvailable is 100%/,
      severity: Severity.ERROR,
      object: 1,
    },
    {
      change: { 'spec.maxUnavailable': undefined, 'spec.minAvailable': 2 },
      at: 'spec.minAvailable',
      says: /minAvailable is 2, and Deployment serving\/chat has 2/,
      severity: Severity.ERROR,
      object: 1,
    },
    {
      change: { 'spec.maxUnavailable': undefined, 'spec.minAvailable': '51%' },
      at: 'spec.minAvailable',
      says: /minAvailable is 51%, and Deployment serving\/chat has 2/,
      severity: Severity.ERROR,
      object: 1,
    },
  ],
  silent: {
    'half of them': SERVED + BUDGET.replace('maxUnavailable: 1', 'minAvailable: 50%'),
    'pods of several': `${SERVED}---${SERVED.replace('name: chat', 'name: more')}${BUDGET.replace('maxUnavailable: 1', 'minAvailable: 2')}`,
    'the least of the autoscaler counts': SERVED + SCALED + BUDGET.replace('maxUnavailable: 1', 'minAvailable: 1'),
  },
};
