import type { Field } from '../../../inventory/field';
import type { Resource } from '../../../inventory/resource';
import { stepTemplates } from '../../../inventory/workflow-steps';
import type { Remark } from '../../finding';
import { info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { Origin, originOf } from './parameter-origin';

const PARAMETER = /\{\{\s*((?:inputs|workflow)\.parameters\.[-A-Za-z0-9_]+|item(?:\.[-A-Za-z0-9_]+)?)\s*\}\}/g;
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
    stepTemplates(resource).flatMap(({ field, name }) => {
      const containers = [field.at('container'), ...field.at('containerSet', 'containers').items];
      const scripts = [field.at('script', 'source'), ...containers.flatMap(shellScripts)];
      return scripts.flatMap((script) => pasted(script, name, resource));
    }),
};

/** What a container gives to `sh -c`. */
function shellScripts(container: Field): Field[] {
  const words = [...container.at('command').items, ...container.at('args').items];
  const shell = words.findIndex(({ text }) => SHELL.test(text ?? ''));
  const flag = words.findIndex(({ text }, index) => index > shell && /^-\w*c$/.test(text ?? ''));
  return shell < 0 || flag < 0 ? [] : words.slice(flag + 1, flag + 2);
}

function pasted(script: Field, template: string, resource: Resource): Remark[] {
  const found = [...(script.text ?? '').matchAll(PARAMETER)].map(([, parameter]) => {
    return { parameter, origin: originOf(parameter, template, resource) };
  });
  const say = ({ parameter }: { parameter: string }): string => `pastes ${parameter} into the script of ${template}.`;
  const given = found.find(({ origin }) => origin === Origin.GIVEN);
  if (given !== undefined) return [warning(script, say(given))];
  const made = found.find(({ origin }) => origin === Origin.MADE);
  return made === undefined ? [] : [info(script, say(made))];
}
