import type { Rule, Scope } from '../../rule';
import { closedWorld } from './closed-world';

export const missingRole: Rule<Scope.SET> = closedWorld('role', {
  name: 'missing-role',
  why: 'A binding to a role that is not there gives no rights. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding',
  fix: 'Add the role, correct the name, or declare it external.',
});
