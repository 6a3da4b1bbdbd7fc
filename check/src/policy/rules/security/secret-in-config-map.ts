import { holdsSecret } from '../../../inventory/spoken-secret';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const secretInConfigMap: Rule<Scope.OBJECT> = {
  name: 'secret-in-config-map',
  group: Group.SECURITY,
  facts: ['ML-SEC-003'],
  scope: Scope.OBJECT,
  why: 'Everybody who can read the namespace can read it, and Git keeps it for ever. https://kubernetes.io/docs/concepts/configuration/secret/',
  fix: 'Put it into a Secret, and revoke the one that was shown.',
  check: (resource) => {
    if (!resource.is('ConfigMap', '')) return [];
    return resource
      .at('data')
      .entries.filter(([key, { text = '' }]) => holdsSecret(text.includes('\n') ? '' : key, text))
      .map(([key, field]) => error(field, `has a secret in plain text under ${key}.`));
  },
};
