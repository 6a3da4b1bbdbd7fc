import type { Field } from '../../../inventory/field';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination */
const DEFAULT_GRACE = 30;

export const graceNotAbovePreStop: Rule<Scope.CONTAINER> = {
  name: 'grace-not-above-pre-stop',
  group: Group.SERVING,
  facts: ['ML-SERVE-004'],
  scope: Scope.CONTAINER,
  why: 'The preStop hook counts inside the grace period: nothing is left for the requests that are under way. https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/',
  fix: 'Set terminationGracePeriodSeconds to the sleep, the longest request and some seconds.',
  props: 'Raise the longest request of drain.',
  check: ({ field, pod }) => {
    const sleep = sleepOf(field.at('lifecycle', 'preStop'));
    const grace = pod.at('terminationGracePeriodSeconds');
    const seconds = grace.exists ? grace.integer : DEFAULT_GRACE;
    if (sleep === undefined || seconds === undefined || seconds > sleep || pod.partial) return [];
    return [error(grace, `is killed ${seconds} s after it was asked to end, and sleeps ${sleep} s of them.`)];
  },
};

function sleepOf(preStop: Field): number | undefined {
  const { integer } = preStop.at('sleep', 'seconds');
  if (integer !== undefined) return integer;
  const words = preStop.at('exec', 'command').texts.join(' ');
  const found = /^(?:\S*sh -c )?["']?\s*(?:\/bin\/)?sleep (\d{1,5})\b/.exec(words);
  return found ? Number(found[1]) : undefined;
}
