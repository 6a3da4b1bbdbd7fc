import { didYouMean } from 'cdk8s-ml/floor/core/nearest';
import type { Field } from '../../../inventory/field';
import { specOfWorkflow, stepTemplates, textsBelow } from '../../../inventory/workflow-steps';
import type { Remark } from '../../finding';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const INPUT = /\{\{\s*inputs\.(parameters|artifacts)\.([A-Za-z0-9_][-A-Za-z0-9_]*)/g;
const OF_WORKFLOW = /\{\{\s*workflow\.(parameters)\.([A-Za-z0-9_][-A-Za-z0-9_]*)\s*\}\}/g;

export const undeclaredParameter: Rule<Scope.OBJECT> = {
  name: 'undeclared-parameter',
  group: Group.PIPELINES,
  facts: [],
  scope: Scope.OBJECT,
  why: 'What stands in double braces must be declared: Argo refuses a workflow with one that it cannot resolve. https://argo-workflows.readthedocs.io/en/latest/variables/',
  fix: 'Declare it under inputs of the template, or under arguments of the workflow.',
  check: (resource) => {
    const spec = specOfWorkflow(resource);
    if (spec === undefined) return [];
    const isWhole = !resource.kind.endsWith('WorkflowTemplate') && !spec.at('workflowTemplateRef').exists;
    const given = { parameters: namesIn(spec.at('arguments', 'parameters')) };
    const inherits = spec.at('templateDefaults', 'inputs').exists;
    return stepTemplates(resource).flatMap(({ field }) => {
      const declared = {
        parameters: namesIn(field.at('inputs', 'parameters')),
        artifacts: namesIn(field.at('inputs', 'artifacts')),
      };
      return textsBelow(field, new Set(['inline'])).flatMap((place) => [
        ...(inherits ? [] : undeclared(place, INPUT, declared, 'input')),
        ...(isWhole ? undeclared(place, OF_WORKFLOW, given, 'argument of the workflow') : []),
      ]);
    });
  },
};

type Names = { readonly [kind: string]: ReadonlySet<string> };

function namesIn(list: Field): ReadonlySet<string> {
  return new Set(list.items.flatMap((each) => each.at('name').text ?? []));
}

function undeclared(place: Field, pattern: RegExp, declared: Names, what: string): Remark[] {
  const missing = [...(place.text ?? '').matchAll(pattern)].filter(([, kind, name]) => !declared[kind].has(name));
  return missing.map(([, kind, name]) =>
    error(place, `takes ${name}, which is no ${what}${didYouMean(name, [...declared[kind]])}.`),
  );
}
