import { Severity } from '../../../../src/policy/finding';
import { serverWithoutLivenessProbe } from '../../../../src/policy/rules/serving/server-without-liveness-probe';
import type { RuleCase } from '../../rule-case';
import { SERVED, WEB } from './served';

export const SERVER_WITHOUT_LIVENESS_PROBE: RuleCase = {
  rule: serverWithoutLivenessProbe,
  good: SERVED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].livenessProbe': undefined },
      at: 'spec.template.spec.containers[0].livenessProbe',
      says: /no livenessProbe/,
      severity: Severity.WARNING,
    },
  ],
  silent: { 'it serves no model': WEB.replace('livenessProbe', 'readinessProbe') },
};
