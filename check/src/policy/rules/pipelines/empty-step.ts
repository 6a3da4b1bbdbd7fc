import { specOfWorkflow, stepTemplates } from '../../../inventory/workflow-steps';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const WORK = ['container', 'script', 'containerSet', 'dag', 'steps', 'resource', 'suspend', 'http', 'data', 'plugin'];

export const emptyStep: Rule<Scope.OBJECT> = {
  name: 'empty-step',
  group: Group.PIPELINES,
  facts: [],
  scope: Scope.OBJECT,
  why: 'A template does one thing: a container, a script, a graph, steps, a resource, a pause or a request. Argo refuses one that does nothing, and a workflow that does not say where it starts. https://argo-workflows.readthedocs.io/en/latest/workflow-concepts/#template-types',
  fix: 'Say what the template does, or leave it out.',
  check: (resource) => {
    const spec = specOfWorkflow(resource);
    if (spec === undefined) return [];
    const idle = stepTemplates(resource).flatMap(({ field, name, steps }) => {
      const work = WORK.find((key) => Object.hasOwn(Object(field.value), key));
      if (work === undefined) return [error(field, `has the template ${name}, which does nothing.`)];
      const lists = [field.at('dag', 'tasks'), field.at('steps')];
      const isEmpty = lists.some(({ value }) => Array.isArray(value) && value.length === 0) && steps.length === 0;
      return isEmpty ? [error(field.at(work), `has the template ${name} without a step.`)] : [];
    });
    const startsSomewhere = spec.at('entrypoint').exists || spec.at('workflowTemplateRef').exists;
    if (startsSomewhere || resource.kind.endsWith('WorkflowTemplate') || !spec.exists) return idle;
    return [error(spec.at('entrypoint'), 'does not say with which template it starts.'), ...idle];
  },
};
