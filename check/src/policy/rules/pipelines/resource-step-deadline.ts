import { specOfWorkflow, stepTemplates } from '../../../inventory/workflow-steps';
import { info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { embeddedRun } from './embedded-workloads';

export const resourceStepDeadline: Rule<Scope.OBJECT> = {
  name: 'resource-step-deadline',
  group: Group.PIPELINES,
  facts: [],
  scope: Scope.OBJECT,
  why: 'A run can end in a way that neither condition names, such as by its own deadline: the step then waits for ever. https://argo-workflows.readthedocs.io/en/latest/walk-through/kubernetes-resources/',
  fix: 'Set activeDeadlineSeconds of the step, above that of the run.',
  check: (resource, inventory) => {
    const spec = specOfWorkflow(resource);
    if (spec === undefined || spec.at('activeDeadlineSeconds').exists) return [];
    return stepTemplates(resource).flatMap(({ field, name }) => {
      const own = [field, spec.at('templateDefaults')].flatMap((each) => [
        each.at('activeDeadlineSeconds'),
        each.at('timeout'),
      ]);
      const { successCondition, failureCondition } = conditionsOf(field);
      if (own.some(({ exists }) => exists) || !successCondition.exists || !failureCondition.exists) return [];
      const run = embeddedRun(field, inventory);
      if (run === undefined) return [];
      const message = `waits in ${name} for the end of a ${run.resource.kind} without a deadline.`;
      return [run.deviceCount > 0 ? warning(own[0], message) : info(own[0], message)];
    });
  },
};

function conditionsOf(template: ReturnType<typeof stepTemplates>[number]['field']) {
  const made = template.at('resource');
  return { successCondition: made.at('successCondition'), failureCondition: made.at('failureCondition') };
}
