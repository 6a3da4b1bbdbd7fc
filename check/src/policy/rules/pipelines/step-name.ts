import type { Field } from '../../../inventory/field';
import { stepTemplates } from '../../../inventory/workflow-steps';
import type { Remark } from '../../finding';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const LONGEST = 128;
const STEP = /^[a-zA-Z0-9][-a-zA-Z0-9]*$/;
const PARAMETER = /^[-a-zA-Z0-9_]+$/;

export const stepName: Rule<Scope.OBJECT> = {
  name: 'step-name',
  group: Group.PIPELINES,
  facts: [],
  scope: Scope.OBJECT,
  why: 'Names of templates and steps become parts of pod names and of references: Argo refuses dots, spaces and underscores in them, and more than 128 characters. https://argo-workflows.readthedocs.io/en/latest/fields/#template',
  fix: 'Take letters, digits and hyphens; parameters may have underscores as well.',
  check: (resource) =>
    stepTemplates(resource).flatMap(({ field, steps }) => [
      ...judged(field.at('name'), STEP, 'template'),
      ...steps.flatMap((step) => judged(step.field.at('name'), STEP, 'step')),
      ...['inputs', 'outputs'].flatMap((key) => [
        ...field.at(key, 'parameters').items.flatMap((each) => judged(each.at('name'), PARAMETER, 'parameter')),
        ...field.at(key, 'artifacts').items.flatMap((each) => judged(each.at('name'), PARAMETER, 'artifact')),
      ]),
    ]),
};

function judged(field: Field, pattern: RegExp, what: string): Remark[] {
  const { text } = field;
  if (text === undefined || text.includes('{{') || (pattern.test(text) && text.length <= LONGEST)) return [];
  const shown = text.length > LONGEST ? `of ${text.length} characters` : JSON.stringify(text);
  return [error(field, `has a ${what} name ${shown}, which Argo refuses.`)];
}
