import { didYouMean } from 'cdk8s-ml/floor/core/nearest';
import type { Field } from '../../../inventory/field';
import type { Resource } from '../../../inventory/resource';
import { specOfWorkflow, stepTemplates } from '../../../inventory/workflow-steps';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const unknownTemplate: Rule<Scope.OBJECT> = {
  name: 'unknown-template',
  group: Group.PIPELINES,
  facts: [],
  scope: Scope.OBJECT,
  why: 'Argo refuses a workflow that starts with, or calls, a template that it does not have. https://argo-workflows.readthedocs.io/en/latest/workflow-concepts/',
  fix: 'Write the name of a template of the workflow, or call one of a WorkflowTemplate by templateRef.',
  check: (resource) => {
    const spec = specOfWorkflow(resource);
    if (spec === undefined || spec.at('workflowTemplateRef').exists) return [];
    const names = stepTemplates(resource).map(({ name }) => name);
    if (names.length === 0) return []; // a part of a workflow
    const known = new Set(names);
    return called(resource, spec).flatMap((field) => {
      const { text } = field;
      if (text === undefined || text === '' || text.includes('{{') || known.has(text)) return [];
      return [error(field, `calls the template ${text}, which it does not have${didYouMean(text, names)}.`)];
    });
  },
};

/** Where names of templates stand. */
function called(resource: Resource, spec: Field): Field[] {
  const ofSteps = stepTemplates(resource).flatMap(({ steps }) =>
    steps.flatMap(({ field }) => [field.at('template'), field.at('onExit'), ...hooksOf(field)]),
  );
  return [spec.at('entrypoint'), spec.at('onExit'), ...hooksOf(spec), ...ofSteps];
}

function hooksOf(field: Field): Field[] {
  return field.at('hooks').entries.map(([, hook]) => hook.at('template'));
}
