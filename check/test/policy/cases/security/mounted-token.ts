import { Severity } from '../../../../src/policy/finding';
import { mountedToken } from '../../../../src/policy/rules/security/mounted-token';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from './trained';

const ACCOUNT = `
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: runner, namespace: research }
automountServiceAccountToken: false
`;

export const MOUNTED_TOKEN: RuleCase = {
  rule: mountedToken,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.automountServiceAccountToken': undefined },
      at: 'spec.template.spec.automountServiceAccountToken',
      says: /a token of the API server/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'its account has none':
      TRAINED.replace('automountServiceAccountToken: false', 'serviceAccountName: runner') + ACCOUNT,
  },
};
