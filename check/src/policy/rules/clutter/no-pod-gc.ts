import { info } from '../../finding';
import type { Rule } from '../../rule';
import { workflowSpec } from '../../../inventory/kinds/argo';
import { Group, Scope } from '../../rule';

export const noPodGc: Rule<Scope.RUN> = {
  name: 'no-pod-gc',
  group: Group.CLUTTER,
  facts: ['ML-LIFE-003'],
  scope: Scope.RUN,
  why: 'The pods of all steps stay as long as their workflow does. https://argo-workflows.readthedocs.io/en/latest/fields/#podgc',
  fix: 'Set podGC.strategy, such as OnPodSuccess, which keeps the pods that failed.',
  check: ({ resource }) => {
    if (!resource.is('Workflow', 'argoproj.io') && !resource.is('CronWorkflow', 'argoproj.io')) return [];
    const spec = workflowSpec(resource);
    if (spec.at('podGC').exists || spec.at('workflowTemplateRef').exists) return [];
    return [info(spec.at('podGC'), 'keeps the pods of its steps: it has no podGC.')];
  },
};
