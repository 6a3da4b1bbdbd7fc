import { Severity } from '../../../../src/policy/finding';
import { secretInManifest } from '../../../../src/policy/rules/security/secret-in-manifest';
import type { RuleCase } from '../../rule-case';

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: { name: hub }\n';

export const SECRET_IN_MANIFEST: RuleCase = {
  rule: secretInManifest,
  good: SECRET,
  flips: [
    { change: { stringData: { token: 'abc' } }, at: 'stringData', says: /anybody can read/, severity: Severity.INFO },
  ],
  silent: { 'filled in elsewhere': `${SECRET}stringData: { token: '<token>' }\n` },
};
