import { Severity } from '../../../../src/policy/finding';
import { namespaceWithoutNetworkPolicy } from '../../../../src/policy/rules/security/namespace-without-network-policy';
import type { RuleCase } from '../../rule-case';
import { RESTRICTED, TRAINED } from './trained';

export const NAMESPACE_WITHOUT_NETWORK_POLICY: RuleCase = {
  rule: namespaceWithoutNetworkPolicy,
  good: TRAINED + RESTRICTED,
  flips: [
    {
      change: { 'metadata.namespace': 'other' },
      at: 'metadata.namespace',
      says: /is in research without any NetworkPolicy here/,
      severity: Severity.INFO,
      object: 2,
    },
  ],
  silent: {
    'a policy of its network': `${TRAINED}---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: own, namespace: research }\n`,
    'a policy for whatever namespace it goes to': `${TRAINED}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: own }\n`,
  },
};
