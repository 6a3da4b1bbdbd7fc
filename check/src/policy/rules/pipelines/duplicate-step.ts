import type { Field } from '../../../inventory/field';
import { stepTemplates } from '../../../inventory/workflow-steps';
import type { Remark } from '../../finding';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const duplicateStep: Rule<Scope.OBJECT> = {
  name: 'duplicate-step',
  group: Group.PIPELINES,
  facts: [],
  scope: Scope.OBJECT,
  why: 'Steps of a template, and templates of a workflow, are told apart by their names: Argo refuses two of one name. https://argo-workflows.readthedocs.io/en/latest/workflow-concepts/',
  fix: 'Give each a name of its own.',
  check: (resource) => {
    const templates = stepTemplates(resource);
    return [...repeated(templates, 'template'), ...templates.flatMap(({ steps }) => repeated(steps, 'step'))];
  },
};

function repeated(named: readonly { readonly field: Field; readonly name: string }[], what: string): Remark[] {
  const seen = new Set<string>();
  return named.flatMap(({ field, name }) => {
    if (name === '' || !seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [error(field.at('name'), `has two ${what}s named ${name}.`)];
  });
}
