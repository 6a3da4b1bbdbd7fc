import { Severity } from '../../../../src/policy/finding';
import { privilegedContainer } from '../../../../src/policy/rules/security/privileged-container';
import type { RuleCase } from '../../rule-case';
import { AGENT, TRAINED } from './trained';

export const PRIVILEGED_CONTAINER: RuleCase = {
  rule: privilegedContainer,
  good: TRAINED,
  flips: [
    {
      change: {
        'spec.template.spec.containers[0].securityContext.privileged': true,
        'spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation': undefined,
      },
      at: 'spec.template.spec.containers[0].securityContext.privileged',
      says: /runs privileged/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'a pod of every node': AGENT },
};
