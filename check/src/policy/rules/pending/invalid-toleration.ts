import type { Field } from '../../../inventory/field';
import type { Remark } from '../../finding';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const invalidToleration: Rule<Scope.POD> = {
  name: 'invalid-toleration',
  group: Group.PENDING,
  facts: [],
  scope: Scope.POD,
  why: 'The API server refuses a pod with a toleration that contradicts itself. https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#concepts',
  fix: 'With Exists leave value out, with Equal give the key, and give seconds with NoExecute only.',
  check: ({ tolerations }) => tolerations.flatMap(remark),
};

function remark(toleration: Field): Remark[] {
  const operator = toleration.at('operator').text ?? '';
  const value = toleration.at('value');
  const effect = toleration.at('effect').text ?? '';
  const seconds = toleration.at('tolerationSeconds');
  if (operator === 'Exists' && value.text) {
    return [error(value, `has a toleration with Exists and the value ${value.text}, which is refused.`)];
  }
  const named = toleration.at('key');
  if (operator !== 'Exists' && (!named.exists || named.text === '')) {
    return [error(toleration, 'has a toleration without a key, which only Exists can do.', 'Set operator to Exists.')];
  }
  if (seconds.exists && effect !== 'NoExecute') {
    const shown = effect === '' ? 'no effect' : effect;
    return [error(seconds, `has a toleration with tolerationSeconds and ${shown}, which only NoExecute can have.`)];
  }
  return [];
}
