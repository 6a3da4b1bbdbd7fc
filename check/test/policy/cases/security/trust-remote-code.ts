import { Severity } from '../../../../src/policy/finding';
import { trustRemoteCode } from '../../../../src/policy/rules/security/trust-remote-code';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from './trained';

export const TRUST_REMOTE_CODE: RuleCase = {
  rule: trustRemoteCode,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].args[0]': '--trust-remote-code' },
      at: 'spec.template.spec.containers[0].args[0]',
      says: /code that comes with the model/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.template.spec.containers[0].env[0]': { name: 'VLLM_TRUST_REMOTE_CODE', value: 'true' } },
      at: 'spec.template.spec.containers[0].env[0].value',
      says: /code that comes with the model/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'it says no in the next word': TRAINED.replace('--lr=0.1', '--trust-remote-code, "false"'),
    'it says no': TRAINED.replace('--lr=0.1', '--trust-remote-code=false'),
  },
};
