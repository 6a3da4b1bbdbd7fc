import type { Container } from '../../../inventory/container';
import type { Field } from '../../../inventory/field';
import { trains } from '../../../inventory/training';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const SHELL = /(^|\/)(ba|da|a|z|k)?sh$/;
/** A shell gives its place to a single command by itself. https://www.gnu.org/software/bash/manual/bash.html */
const SEVERAL = /&&|\|\||;|\||\n\s*\S/;
/** How a run says that it saves when it is told to end. */
const SAVES_AT_END =
  /sigterm|exit-signal|preempt(ion|ible)?[-_]?(handl|sav|checkpoint)|save[-_]on[-_](exit|preempt|signal|term|interrupt)|emergency[-_]checkpoint/i;
/** What Kubernetes gives to end; who asks for more means to use it. */
const DEFAULT_GRACE = 30;

export const shellSwallowsSignal: Rule<Scope.CONTAINER> = {
  name: 'shell-swallows-signal',
  group: Group.LOST_WORK,
  facts: ['ML-CKPT-010'],
  scope: Scope.CONTAINER,
  why: 'SIGTERM goes to the first process of the container. A shell does not pass it on, and the program that would save is killed at the end of the grace period. https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
  fix: 'Start the program with exec as the last command of the script, or without a shell.',
  check: (container) => {
    const { pod, part } = container;
    if (part !== 'main' || !trains(pod) || !savesAtEnd(container)) return [];
    if (pod.at('shareProcessNamespace').boolean || container.field.at('lifecycle', 'preStop').exists) return [];
    const script = scriptOf(container);
    if (
      !script?.text ||
      !SEVERAL.test(script.text.replaceAll('\\\n', ' ').trim()) ||
      /(^|[\s;&|(])(exec|trap)\s/.test(script.text)
    )
      return [];
    return [
      warning(script, `starts its program from a shell in container ${container.name}, which keeps SIGTERM to itself.`),
    ];
  },
};

function savesAtEnd(container: Container): boolean {
  const grace = container.pod.at('terminationGracePeriodSeconds').integer ?? DEFAULT_GRACE;
  const said = [...container.words, ...container.env.flatMap(({ name, value }) => [name, value ?? ''])];
  return grace > DEFAULT_GRACE || said.some((word) => SAVES_AT_END.test(word));
}

/** The script that a shell is given, when the shell is the first process. */
function scriptOf({ field }: Container): Field | undefined {
  const words = [...field.at('command').items, ...field.at('args').items];
  if (!SHELL.test(words[0]?.text ?? '')) return undefined;
  const flag = words.findIndex(({ text }) => /^-[a-z]*c$/.test(text ?? ''));
  return flag < 0 ? undefined : words[flag + 1];
}
