import { runsShell } from '../../../inventory/shell';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const QUOTED = /^(--?[\w-]+=)?("[^"{}[\]]*"|'[^'{}[\]]*')$/;
/** Characters of an argument that a message shows. */
const SHOWN = 60;

export const quotesInArgument: Rule<Scope.CONTAINER> = {
  name: 'quotes-in-argument',
  group: Group.REFERENCES,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'Without a shell the quotes are part of the argument. https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/',
  fix: 'Leave the inner quotes out.',
  check: (container) => {
    if (runsShell(container)) return [];
    const { field } = container;
    return [...field.at('command').items, ...field.at('args').items]
      .filter(({ text = '' }) => QUOTED.test(text))
      .map((word) => warning(word, `passes the quotes of ${word.text!.slice(0, SHOWN)} to the program.`));
  },
};
