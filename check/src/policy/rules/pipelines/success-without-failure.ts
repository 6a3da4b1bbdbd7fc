import { specOfWorkflow, stepTemplates } from '../../../inventory/workflow-steps';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { embeddedRun } from './embedded-workloads';

export const successWithoutFailure: Rule<Scope.OBJECT> = {
  name: 'success-without-failure',
  group: Group.PIPELINES,
  facts: ['ML-ARGO-002'],
  scope: Scope.OBJECT,
  why: 'The step waits until a condition is met: when the run that it has made fails, success never comes, and the workflow hangs. https://argo-workflows.readthedocs.io/en/latest/walk-through/kubernetes-resources/',
  fix: 'Set failureCondition to what the object shows when it has failed, such as status.failed > 3.',
  check: (resource, inventory) => {
    if (specOfWorkflow(resource) === undefined) return [];
    return stepTemplates(resource).flatMap(({ field, name }) => {
      const [success, failure] = [field.at('resource', 'successCondition'), field.at('resource', 'failureCondition')];
      const run = success.exists && !failure.exists ? embeddedRun(field, inventory) : undefined;
      if (run === undefined) return [];
      return [error(failure, `waits in ${name} for the success of a ${run.resource.kind}, and not for its failure.`)];
    });
  },
};
