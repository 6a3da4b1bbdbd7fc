import { Severity } from '../../../../src/policy/finding';
import { impossibleProbe } from '../../../../src/policy/rules/serving/impossible-probe';
import type { RuleCase } from '../../rule-case';
import { SERVED } from './served';

export const IMPOSSIBLE_PROBE: RuleCase = {
  rule: impossibleProbe,
  good: SERVED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].readinessProbe.periodSeconds': -1 },
      at: 'spec.template.spec.containers[0].readinessProbe.periodSeconds',
      says: /readinessProbe.periodSeconds of -1/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].livenessProbe.successThreshold': 2 },
      at: 'spec.template.spec.containers[0].livenessProbe.successThreshold',
      says: /livenessProbe.successThreshold of 2/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'a readiness probe may ask twice': SERVED.replace('readinessProbe: {', 'readinessProbe: { successThreshold: 2,'),
  },
  cluster: 'rejects',
};
