import { show } from 'cdk8s-ml/floor/core/diagnostics';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Printable characters of ASCII without the equals sign. */
const POSSIBLE = /^[ -<>-~]+$/;

export const impossibleVariableName: Rule<Scope.CONTAINER> = {
  name: 'impossible-variable-name',
  group: Group.PENDING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'The API server refuses the name. https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/',
  fix: 'Write a name of letters, digits and underscores.',
  check: ({ env }) =>
    env
      .map(({ field }) => field.at('name'))
      .filter(({ text }) => text !== undefined && !POSSIBLE.test(text))
      .map((name) => error(name, `has a variable of the name ${show(name.text)}.`)),
};
