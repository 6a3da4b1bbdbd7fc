import { show } from 'cdk8s-ml/floor/core/diagnostics';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const commandInOneText: Rule<Scope.CONTAINER> = {
  name: 'command-in-one-text',
  group: Group.PENDING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'The whole text is looked for as the name of a program: executable file not found. https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/',
  fix: 'Write each word as a member of the list, or give the text to sh -c.',
  check: ({ field, pod }) => {
    if (pod.workload.resource.group === 'ray.io') return []; // KubeRay gives it to a shell, before the start of Ray
    const first = field.at('command', 0);
    const { text } = first;
    if (text === undefined || !/\S\s+\S/.test(text.trim()) || /[{}]/.test(text)) return [];
    return [error(first, `starts a program of the name ${show(text)}.`)];
  },
};
