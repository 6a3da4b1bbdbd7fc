import { Severity } from '../../../../src/policy/finding';
import { plainSecret } from '../../../../src/policy/rules/security/plain-secret';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from './trained';

export const PLAIN_SECRET: RuleCase = {
  rule: plainSecret,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].env[0].name': 'DB_PASSWORD' },
      at: 'spec.template.spec.containers[0].env[0].value',
      says: /in the variable DB_PASSWORD/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].env[0].value': 'hf_' + 'a1B2'.repeat(9) },
      at: 'spec.template.spec.containers[0].env[0].value',
      says: /in the variable NAME/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].args[0]': '--url=https://bob:secret@example.com' },
      at: 'spec.template.spec.containers[0].args[0]',
      says: /plain text in args\[0\]/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'a file, a size and a name are none': TRAINED.replace('name: NAME', 'name: MAX_TOKENS'),
    'a placeholder': TRAINED.replace('{ name: NAME, value: first }', '{ name: HF_TOKEN, value: "<your token>" }'),
  },
};
