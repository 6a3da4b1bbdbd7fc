import { runsShell } from '../../../inventory/shell';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const OPERATOR = /^(&&|\|\|?|>>?|2>&1|&|;)$/;

export const shellSyntaxWithoutShell: Rule<Scope.CONTAINER> = {
  name: 'shell-syntax-without-shell',
  group: Group.REFERENCES,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'Without a shell the operator is one more argument of the program. https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/#run-a-command-in-a-shell',
  fix: 'Give the line to sh -c.',
  check: (container) => {
    const { field, command } = container;
    if (command.length === 0 || runsShell(container)) return [];
    const operator = [...field.at('command').items, ...field.at('args').items].find(({ text = '' }) =>
      OPERATOR.test(text),
    );
    return operator ? [warning(operator, `passes ${operator.text} to the program as an argument.`)] : [];
  },
};
