import { Severity } from '../../../../src/policy/finding';
import { serverWithoutReadinessProbe } from '../../../../src/policy/rules/serving/server-without-readiness-probe';
import type { RuleCase } from '../../rule-case';
import { SERVED, WEB } from './served';

export const SERVER_WITHOUT_READINESS_PROBE: RuleCase = {
  rule: serverWithoutReadinessProbe,
  good: SERVED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].readinessProbe': undefined },
      at: 'spec.template.spec.containers[0].readinessProbe',
      says: /no readinessProbe/,
      severity: Severity.WARNING,
    },
  ],
  silent: { 'it serves no model': WEB },
};
