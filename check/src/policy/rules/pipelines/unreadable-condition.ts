import { specOfWorkflow, stepTemplates } from '../../../inventory/workflow-steps';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** What a selector cannot hold: a query by a filter, quotes, the signs of other languages. */
const NO_SELECTOR = /#\(|["'`[\]]|&&|\|\||>=|<=/;

export const unreadableCondition: Rule<Scope.OBJECT> = {
  name: 'unreadable-condition',
  group: Group.PIPELINES,
  facts: [],
  scope: Scope.OBJECT,
  why: 'Conditions of a resource step are label selectors over fields: with anything else the step fails as soon as it has made its object. https://argo-workflows.readthedocs.io/en/latest/fields/#resourcetemplate',
  fix: 'Write a path and a value, such as status.succeeded > 0 or status.conditions.0.type == Failed, with commas between several.',
  check: (resource) =>
    specOfWorkflow(resource) === undefined
      ? []
      : stepTemplates(resource).flatMap(({ field }) =>
          ['successCondition', 'failureCondition'].flatMap((key) => {
            const condition = field.at('resource', key);
            const { text } = condition;
            if (text === undefined || text.includes('{{') || !NO_SELECTOR.test(text)) return [];
            return [error(condition, `has a ${key} that is no selector: ${text.slice(0, 120)}`)];
          }),
        ),
};
