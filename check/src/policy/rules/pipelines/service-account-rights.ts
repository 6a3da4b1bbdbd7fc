import type { Resource } from '../../../inventory/resource';
import { specOfWorkflow } from '../../../inventory/workflow-steps';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { rolesOf } from './account-roles';

export const serviceAccountRights: Rule<Scope.OBJECT> = {
  name: 'service-account-rights',
  group: Group.PIPELINES,
  facts: ['ML-ARGO-004'],
  scope: Scope.OBJECT,
  why: 'Each step reports by a WorkflowTaskResult that its own pod makes: an account that may not create and patch these leaves the workflow without results. https://argo-workflows.readthedocs.io/en/latest/workflow-rbac/',
  fix: 'Add a rule to the Role: apiGroups argoproj.io, resources workflowtaskresults, verbs create and patch.',
  check: (resource, inventory) => {
    const spec = specOfWorkflow(resource);
    if (spec === undefined) return [];
    const executor = spec.at('executor', 'serviceAccountName');
    const account = executor.exists ? executor : spec.at('serviceAccountName');
    if (account.text === undefined || account.text.includes('{{')) return [];
    const roles = rolesOf(account.text, resource.namespace, inventory);
    if (roles === undefined || roles.some(mayReport)) return [];
    return [error(account, `runs as ${account.text}, which may not create and patch workflowtaskresults.`)];
  },
};

function mayReport(role: Resource): boolean {
  if (role.at('aggregationRule').exists) return true;
  const rules = role.at('rules').items.filter((rule) => {
    const has = (key: string, value: string): boolean =>
      rule.at(key).texts.some((each) => each === value || each === '*');
    return has('apiGroups', 'argoproj.io') && has('resources', 'workflowtaskresults');
  });
  const verbs = new Set(rules.flatMap((rule) => rule.at('verbs').texts));
  return verbs.has('*') || (verbs.has('create') && verbs.has('patch'));
}
