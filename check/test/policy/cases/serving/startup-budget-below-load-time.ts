import { Severity } from '../../../../src/policy/finding';
import { startupBudgetBelowLoadTime } from '../../../../src/policy/rules/serving/startup-budget-below-load-time';
import type { RuleCase } from '../../rule-case';
import { SERVED } from './served';

export const STARTUP_BUDGET_BELOW_LOAD_TIME: RuleCase = {
  rule: startupBudgetBelowLoadTime,
  good: SERVED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].startupProbe.failureThreshold': 6 },
      at: 'spec.template.spec.containers[0].startupProbe',
      says: /after 60 s, and loads for 240 s/,
      severity: Severity.WARNING,
    },
    {
      change: { "metadata.annotations['cdk8s-ml.dev/load-time']": '20m' },
      at: 'spec.template.spec.containers[0].startupProbe',
      says: /loads for 1200 s/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'nothing says how long it loads': SERVED.replace('cdk8s-ml.dev/load-time: 240s', 'example.com/a: b').replace(
      'failureThreshold: 60',
      'failureThreshold: 1',
    ),
  },
};
