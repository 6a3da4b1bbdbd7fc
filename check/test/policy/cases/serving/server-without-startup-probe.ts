import { Severity } from '../../../../src/policy/finding';
import { serverWithoutStartupProbe } from '../../../../src/policy/rules/serving/server-without-startup-probe';
import type { RuleCase } from '../../rule-case';
import { SERVED, WEB } from './served';

export const SERVER_WITHOUT_STARTUP_PROBE: RuleCase = {
  rule: serverWithoutStartupProbe,
  good: SERVED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].startupProbe': undefined },
      at: 'spec.template.spec.containers[0].startupProbe',
      says: /has no startupProbe/,
      severity: Severity.WARNING,
    },
    {
      change: {
        'spec.replicas': 0,
        'spec.template.spec.containers[0].startupProbe': undefined,
        'spec.template.spec.containers[0].livenessProbe': undefined,
      },
      at: 'spec.template.spec.containers[0].startupProbe',
      says: /has no startupProbe/,
      severity: Severity.WARNING,
    },
  ],
  silent: { 'it serves no model': WEB },
};
