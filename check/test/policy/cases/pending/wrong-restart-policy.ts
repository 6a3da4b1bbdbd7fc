import { Severity } from '../../../../src/policy/finding';
import { wrongRestartPolicy } from '../../../../src/policy/rules/pending/wrong-restart-policy';
import type { RuleCase } from '../../rule-case';
import { AGENT, TRAINED } from '../security/trained';

export const WRONG_RESTART_POLICY: RuleCase = {
  rule: wrongRestartPolicy,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.restartPolicy': 'Always' },
      at: 'spec.template.spec.restartPolicy',
      says: /a Job with restartPolicy Always/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.restartPolicy': undefined },
      at: 'spec.template.spec.restartPolicy',
      says: /no restartPolicy, which a Job needs/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'a pod of every node': AGENT },
  cluster: 'rejects',
};
