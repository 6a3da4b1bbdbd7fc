import { Severity } from '../../../../src/policy/finding';
import { graceNotAbovePreStop } from '../../../../src/policy/rules/serving/grace-not-above-pre-stop';
import type { RuleCase } from '../../rule-case';
import { SERVED } from './served';

export const GRACE_NOT_ABOVE_PRE_STOP: RuleCase = {
  rule: graceNotAbovePreStop,
  good: SERVED,
  flips: [
    {
      change: { 'spec.template.spec.terminationGracePeriodSeconds': 15 },
      at: 'spec.template.spec.terminationGracePeriodSeconds',
      says: /15 s after it was asked to end, and sleeps 15 s/,
      severity: Severity.ERROR,
    },
    {
      change: {
        'spec.template.spec.terminationGracePeriodSeconds': undefined,
        'spec.template.spec.containers[0].lifecycle.preStop': { exec: { command: ['/bin/sh', '-c', 'sleep 45'] } },
      },
      at: 'spec.template.spec.terminationGracePeriodSeconds',
      says: /30 s after it was asked to end, and sleeps 45 s/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'the time is not known': SERVED.replace('sleep: { seconds: 15 }', 'exec: { command: [drain.sh] }').replace(
      '150',
      '1',
    ),
  },
};
