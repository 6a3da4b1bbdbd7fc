import { Severity } from '../../../../src/policy/finding';
import { invalidToleration } from '../../../../src/policy/rules/pending/invalid-toleration';
import type { RuleCase } from '../../rule-case';
import { podWith } from './manifests';

const at = 'spec.tolerations[0]';

export const INVALID_TOLERATION: RuleCase = {
  rule: invalidToleration,
  good: podWith(
    '{}',
    'tolerations: [{ key: team, operator: Equal, value: nlp, effect: NoExecute, tolerationSeconds: 60 }]',
  ),
  flips: [
    {
      change: { [`${at}.operator`]: 'Exists' },
      at: `${at}.value`,
      says: /Exists and the value nlp/,
      severity: Severity.ERROR,
    },
    { change: { [`${at}.key`]: undefined }, at, says: /without a key/, severity: Severity.ERROR },
    {
      change: { [`${at}.effect`]: 'NoSchedule' },
      at: `${at}.tolerationSeconds`,
      says: /NoSchedule/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${at}.effect`]: undefined },
      at: `${at}.tolerationSeconds`,
      says: /no effect/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'everything is tolerated': podWith('{}', 'tolerations: [{ operator: Exists }]'),
    'an empty value is none': podWith('{}', "tolerations: [{ key: team, operator: Exists, value: '' }]"),
    'Equal is what is meant without an operator': podWith('{}', 'tolerations: [{ key: team, value: nlp }]'),
  },
  cluster: 'rejects',
};
