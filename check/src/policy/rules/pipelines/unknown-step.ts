import { didYouMean } from 'cdk8s-ml/floor/core/nearest';
import type { Field } from '../../../inventory/field';
import type { StepTemplate } from '../../../inventory/workflow-steps';
import { stepTemplates, textsBelow } from '../../../inventory/workflow-steps';
import type { Remark } from '../../finding';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const unknownStep: Rule<Scope.OBJECT> = {
  name: 'unknown-step',
  group: Group.PIPELINES,
  facts: [],
  scope: Scope.OBJECT,
  why: 'Argo refuses a workflow that waits for a step, or takes the output of one, that is not there. https://argo-workflows.readthedocs.io/en/latest/walk-through/dag/',
  fix: 'Write the name of a step of the same template.',
  check: (resource) =>
    stepTemplates(resource).flatMap((template) => {
      const names = new Set(template.steps.map(({ name }) => name));
      return [...awaited(template, names), ...taken(template, names)];
    }),
};

function awaited({ steps }: StepTemplate, names: ReadonlySet<string>): Remark[] {
  return steps.flatMap(({ waiting, waitsFor }) => missing(waiting, waitsFor, names, 'waits for'));
}

const OUTPUT = /\{\{\s*(?:tasks|steps)\.([A-Za-z0-9][-A-Za-z0-9_]*)\./g;

function taken({ field, steps }: StepTemplate, names: ReadonlySet<string>): Remark[] {
  if (steps.length === 0) return [];
  return ['dag', 'steps', 'outputs'].flatMap((key) =>
    textsBelow(field.at(key), new Set(['inline'])).flatMap((place) => {
      const used = [...(place.text ?? '').matchAll(OUTPUT)].map(([, name]) => name);
      return missing(place, used, names, 'takes an output of');
    }),
  );
}

function missing(place: Field, used: readonly string[], names: ReadonlySet<string>, what: string): Remark[] {
  const unknown = [...new Set(used)].filter((name) => !names.has(name) && !name.includes('{'));
  return unknown.map((name) =>
    error(place, `${what} ${name}, which is no step of the template${didYouMean(name, [...names])}.`),
  );
}
