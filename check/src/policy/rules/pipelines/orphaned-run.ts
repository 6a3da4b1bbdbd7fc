import { specOfWorkflow, stepTemplates } from '../../../inventory/workflow-steps';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { embeddedRun } from './embedded-workloads';

export const orphanedRun: Rule<Scope.OBJECT> = {
  name: 'orphaned-run',
  group: Group.PIPELINES,
  packs: [Group.RUNAWAY],
  facts: [],
  scope: Scope.OBJECT,
  why: 'Without an owner the run that a step has made goes on, with its GPUs, when the workflow is stopped or deleted. https://argo-workflows.readthedocs.io/en/latest/fields/#resourcetemplate',
  fix: 'Set setOwnerReference to true.',
  check: (resource, inventory) => {
    if (specOfWorkflow(resource) === undefined) return [];
    return stepTemplates(resource).flatMap(({ field, name }) => {
      const owner = field.at('resource', 'setOwnerReference');
      if (owner.boolean === true || field.at('resource', 'action').text !== 'create') return [];
      const run = embeddedRun(field, inventory);
      if (run === undefined || run.deviceCount === 0 || run.resource.at('metadata', 'ownerReferences').exists)
        return [];
      return [warning(owner, `makes a ${run.resource.kind} with GPUs in ${name} that outlives the workflow.`)];
    });
  },
};
