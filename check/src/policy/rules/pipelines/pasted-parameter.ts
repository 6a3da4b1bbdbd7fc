import type { Field } from '../../../inventory/field';
import { stepTemplates } from '../../../inventory/workflow-steps';
import type { Remark } from '../../finding';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const PARAMETER = /\{\{\s*((?:inputs|workflow)\.parameters\.[-A-Za-z0-9_]+|item(?:\.[-A-Za-z0-9_]+)?)\s*\}\}/;
const SHELL = /^(\/usr)?(\/bin\/)?(ba|da|z|a)?sh$/;

export const pastedParameter: Rule<Scope.OBJECT> = {
  name: 'pasted-parameter',
  group: Group.PIPELINES,
  packs: [Group.SECURITY],
  facts: [],
  scope: Scope.OBJECT,
  why: 'A parameter is put into the script as it is: a quote or a semicolon in it becomes a command, with the rights of the step. https://argo-workflows.readthedocs.io/en/latest/security/',
  fix: 'Pass it as an environment variable or an argument, and read it in the script.',
  check: (resource) =>
    stepTemplates(resource).flatMap(({ field, name }) => [
      ...pasted(field.at('script', 'source'), name),
      ...shellScripts(field.at('container')).flatMap((script) => pasted(script, name)),
      ...field
        .at('containerSet', 'containers')
        .items.flatMap(shellScripts)
        .flatMap((script) => pasted(script, name)),
    ]),
};

/** What a container gives to `sh -c`. */
function shellScripts(container: Field): Field[] {
  const words = [...container.at('command').items, ...container.at('args').items];
  const shell = words.findIndex(({ text }) => SHELL.test(text ?? ''));
  const flag = words.findIndex(({ text }, index) => index > shell && /^-\w*c$/.test(text ?? ''));
  return shell < 0 || flag < 0 ? [] : words.slice(flag + 1, flag + 2);
}

function pasted(script: Field, template: string): Remark[] {
  const [, parameter] = PARAMETER.exec(script.text ?? '') ?? [];
  return parameter === undefined ? [] : [warning(script, `pastes ${parameter} into the script of ${template}.`)];
}
