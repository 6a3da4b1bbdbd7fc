import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const variableDefinedTwice: Rule<Scope.CONTAINER> = {
  name: 'variable-defined-twice',
  group: Group.REFERENCES,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'The last one wins, and server-side apply refuses the object. https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy',
  fix: 'Leave one of them.',
  check: ({ env }) => {
    const seen = new Set<string>();
    return env.flatMap(({ field, name }) => {
      if (name === '' || !seen.has(name)) {
        seen.add(name);
        return [];
      }
      return [warning(field.at('name'), `defines the variable ${name} twice.`)];
    });
  },
};
