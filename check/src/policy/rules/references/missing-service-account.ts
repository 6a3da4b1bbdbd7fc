import type { Rule, Scope } from '../../rule';
import { closedWorld } from './closed-world';

export const missingServiceAccount: Rule<Scope.SET> = closedWorld('service-account', {
  name: 'missing-service-account',
  why: 'Pods of a ServiceAccount that is not there are refused, and what makes them waits for ever. https://kubernetes.io/docs/concepts/security/service-accounts/',
  fix: 'Add the ServiceAccount, correct the name, or declare it external.',
});
