import { hasSecretForm, isSecret } from 'cdk8s-ml/floor/kinds/secret-text';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const plainSecret: Rule<Scope.CONTAINER> = {
  name: 'plain-secret',
  group: Group.SECURITY,
  facts: ['ML-SEC-003'],
  scope: Scope.CONTAINER,
  why: 'Everybody who can read the manifest or the pod can read it, and Git keeps it for ever. https://kubernetes.io/docs/concepts/configuration/secret/',
  fix: 'Put it into a Secret, take it by valueFrom.secretKeyRef, and revoke the one that was shown.',
  props: "Take Env.secret('name', 'key').",
  check: ({ field, env }) => {
    const variables = env
      .filter(({ name, value = '' }) => value !== '' && isSecret(name, value) && !isPlaceholder(value))
      .map((variable) =>
        error(variable.field.at('value'), `has a secret in plain text in the variable ${variable.name}.`),
      );
    const words = ['command', 'args'].flatMap((list) => field.at(list).items);
    const spoken = words
      .filter(({ text = '' }) => hasSecretForm(text) && !isPlaceholder(text))
      .map((word) => error(word, `has a secret in plain text in ${word.place.replace(/^.*\./, '')}.`));
    return [...variables, ...spoken];
  },
};

/** What stands for a secret that is filled in elsewhere, or says that there is none. */
function isPlaceholder(value: string): boolean {
  return /[{}<>]|^\$|^(x+|\*+|\.+|your[-_ ].*|change[-_ ]?me|replace[-_ ]?me|dummy|none|null|false|true|yes|no|on|off|empty|test|example|todo|n\/a|\d{1,3})$/i.test(
    value.trim(),
  );
}
