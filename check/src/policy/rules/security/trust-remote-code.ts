import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const OPTION = /^--trust[-_]remote[-_]code(=(true|True|1))?$/;
const VARIABLE = /^([A-Z0-9]+_)*TRUST_REMOTE_CODE$/;
const YES = /^(true|1|yes)$/i;

export const trustRemoteCode: Rule<Scope.CONTAINER> = {
  name: 'trust-remote-code',
  group: Group.SECURITY,
  facts: ['ML-SEC-008'],
  scope: Scope.CONTAINER,
  why: 'The code in the repository of the model runs with the rights of the pod. https://huggingface.co/docs/transformers/main/models#custom-models',
  fix: 'Leave --trust-remote-code out, or pin the revision and review its code.',
  check: ({ field, env, words }) => {
    const trusting = env
      .filter(({ name, value = '' }) => VARIABLE.test(name) && YES.test(value))
      .map((variable) => variable.field.at('value'));
    const isAsked = words.some((word, index) => OPTION.test(word) && !/^(false|0|no)$/i.test(words[index + 1] ?? ''));
    const lines = [...field.at('args').items, ...field.at('command').items];
    const line = lines.find(({ text = '' }) => /trust[-_]remote[-_]code/.test(text)) ?? field.at('args');
    return [...trusting, ...(isAsked ? [line] : [])].map((place) =>
      warning(place, 'runs code that comes with the model (trust-remote-code).'),
    );
  },
};
