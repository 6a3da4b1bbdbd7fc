import type { Step, StepTemplate } from '../../../inventory/workflow-steps';
import { stepTemplates, textsBelow } from '../../../inventory/workflow-steps';
import type { Remark } from '../../finding';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const skippedOutput: Rule<Scope.OBJECT> = {
  name: 'skipped-output',
  group: Group.PIPELINES,
  facts: [],
  scope: Scope.OBJECT,
  why: 'A step that is skipped has no output: one that takes it then fails, since it cannot be resolved. https://argo-workflows.readthedocs.io/en/latest/walk-through/conditionals/',
  fix: 'Give the step that takes it the same condition, depend on .Succeeded, or choose by an expression with a default.',
  check: (resource) => stepTemplates(resource).flatMap(takenFromSkipped),
};

const OUTPUT = /\{\{\s*(?:tasks|steps)\.([A-Za-z0-9][-A-Za-z0-9_]*)\.outputs\./g;

function takenFromSkipped({ steps, isGraph }: StepTemplate): Remark[] {
  const conditional = new Map(steps.filter(({ field }) => field.at('when').exists).map((step) => [step.name, step]));
  if (conditional.size === 0) return [];
  return steps.flatMap((taker) => {
    const when = taker.field.at('when');
    return textsBelow(taker.field.at('arguments')).flatMap((place) => {
      const names = [...new Set([...(place.text ?? '').matchAll(OUTPUT)].map(([, name]) => name))];
      const skipped = names.flatMap((name) => conditional.get(name) ?? []);
      const unsure = skipped.filter(({ field }) => field.at('when').text !== when.text);
      return unsure
        .filter((step) => !isGraph || runsAfterSkipped(taker, step))
        .map(({ name }) => warning(place, `takes an output of ${name}, which may be skipped.`));
    });
  });
}

/** Whether a task starts as well when the other was skipped: `dependencies` count a skipped one as done, so does a bare name. */
function runsAfterSkipped({ field, waitsFor }: Step, { name }: Step): boolean {
  const depends = field.at('depends').text;
  if (depends === undefined) return waitsFor.includes(name);
  const parts = depends.split(/[\s()&|!]+/);
  return parts.includes(name) || parts.includes(`${name}.Skipped`);
}
