import { runsShell } from '../../../inventory/shell';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Variables that images have. */
const WELL_KNOWN = ['PATH', 'HOME', 'HOSTNAME', 'LD_LIBRARY_PATH', 'PYTHONPATH', 'PWD'];

export const shellVariableNotExpanded: Rule<Scope.CONTAINER> = {
  name: 'shell-variable-not-expanded',
  group: Group.REFERENCES,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'Kubernetes expands $(NAME) and nothing else; the program gets the text as it stands. https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/',
  fix: 'Write $(NAME), or let a shell run the command.',
  check: (container) => {
    const { field, env, pod } = container;
    const known = new Set([...env.map(({ name }) => name), ...WELL_KNOWN]);
    // What an operator starts may give its variables to a shell.
    const isHidden = pod.partial && container.command.length === 0;
    const values = isHidden ? [] : env.map((variable) => variable.field.at('value'));
    const words = runsShell(container) ? [] : [...field.at('command').items, ...field.at('args').items];
    return [...values, ...words].flatMap((place) => {
      const name = /(?<!\$)\$\{?([A-Z_][A-Z0-9_]*)\b/.exec(place.text ?? '')?.[1];
      if (name === undefined || !known.has(name)) return [];
      return [
        warning(
          place,
          `has ${place.text!.includes(`\${${name}`) ? `\${${name}}` : `$${name}`}, which is not expanded there.`,
        ),
      ];
    });
  },
};
