import { specOfWorkflow, stepTemplates } from '../../../inventory/workflow-steps';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const defaultServiceAccount: Rule<Scope.OBJECT> = {
  name: 'default-service-account',
  group: Group.PIPELINES,
  facts: ['ML-ARGO-003'],
  scope: Scope.OBJECT,
  why: 'The default service account of the namespace cannot report results of steps; to give it that right gives it to every pod there. https://argo-workflows.readthedocs.io/en/latest/service-accounts/',
  fix: 'Set serviceAccountName to an account of its own, with a Role for workflowtaskresults.',
  check: (resource) => {
    const spec = specOfWorkflow(resource);
    if (spec === undefined || resource.kind.endsWith('WorkflowTemplate') || spec.at('workflowTemplateRef').exists)
      return [];
    const account = spec.at('serviceAccountName');
    if (account.exists && account.text !== 'default') return [];
    const templates = stepTemplates(resource).filter(({ steps }) => steps.length === 0);
    if (templates.length > 0 && templates.every(({ field }) => field.at('serviceAccountName').exists)) return [];
    return [warning(account, 'runs as the default service account of its namespace.')];
  },
};
