import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const TRUST = /^--trust[-_]remote[-_]code(=(true|True|1))?$/;

export const trustRemoteCode: Rule<Scope.CONTAINER> = {
  name: 'trust-remote-code',
  group: Group.SECURITY,
  facts: ['ML-SEC-008'],
  scope: Scope.CONTAINER,
  why: 'The code in the repository of the model runs with the rights of the pod. https://huggingface.co/docs/transformers/main/models#custom-models',
  fix: 'Leave --trust-remote-code out, or pin the revision and review its code.',
  check: ({ field, words }) => {
    if (!words.some((word) => TRUST.test(word))) return [];
    const place = [...field.at('args').items, ...field.at('command').items].find(({ text = '' }) =>
      /trust[-_]remote[-_]code/.test(text),
    );
    return [warning(place ?? field.at('args'), 'runs code that comes with the model (trust-remote-code).')];
  },
};
