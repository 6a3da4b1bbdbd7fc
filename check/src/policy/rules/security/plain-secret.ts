import { holdsSecret, spokenSecrets } from '../../../inventory/spoken-secret';
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
      .filter(({ name, value = '' }) => holdsSecret(name, value))
      .map((variable) =>
        error(variable.field.at('value'), `has a secret in plain text in the variable ${variable.name}.`),
      );
    const lines = [...field.at('command').items, ...field.at('args').items, field.at('source')];
    const spoken = spokenSecrets(lines).map((line) =>
      error(line, `has a secret in plain text in ${line.place.replace(/^.*\./, '')}.`),
    );
    return [...variables, ...spoken];
  },
};
