import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const variableGivenTwiceOver: Rule<Scope.CONTAINER> = {
  name: 'variable-given-twice-over',
  group: Group.PENDING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'The API server refuses a variable with a value and a source. https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/',
  fix: 'Leave value or valueFrom.',
  check: ({ env }) =>
    env
      .filter(({ field, value = '' }) => value !== '' && field.at('valueFrom').exists)
      .map(({ field, name }) => error(field.at('valueFrom'), `gives ${name} a value and a source.`)),
};
