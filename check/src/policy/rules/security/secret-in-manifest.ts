import { isPlaceholder } from 'cdk8s-ml/floor/kinds/secret-text';
import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const secretInManifest: Rule<Scope.OBJECT> = {
  name: 'secret-in-manifest',
  group: Group.SECURITY,
  facts: ['ML-SEC-003'],
  scope: Scope.OBJECT,
  why: 'Base64 is no encryption: whoever reads the repository reads the secret. https://kubernetes.io/docs/concepts/configuration/secret/',
  fix: 'Let External Secrets, a CSI driver or sealed secrets bring it.',
  check: (resource) => {
    if (!resource.is('Secret', '')) return [];
    const place = [resource.at('stringData'), resource.at('data')].find(({ entries }) =>
      entries.some(([, { text }]) => text !== undefined && text.trim() !== '' && !isPlaceholder(text)),
    );
    return place ? [info(place, 'holds a secret that anybody can read.')] : [];
  },
};
