import type { NetworkPolicySpec, NetworkPolicyIngressRule } from '../../../imports/k8s';
import type { Manifest } from '../../render/api-object';
import * as shared from '../shared-metadata';
import { memberLabels } from '../training-pod';
import type { Gang } from './gang';

/** Head of what all runs of a gang share: called after the gang, with its labels but without those of a run. */
export function sharedMetadata({ baseName, roles }: Gang): Manifest['metadata'] {
  return shared.sharedMetadata(baseName, roles[0].pod);
}

/**
 * Lets the pods of the gang reach each other on every port, and nobody else reach them but by `more`; on request holds them to what
 * they may reach.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function gangNetworkPolicy(gang: Gang, more: readonly NetworkPolicyIngressRule[] = []): Manifest {
  const members = { matchLabels: memberLabels(gang.baseName) };
  const spec: NetworkPolicySpec = {
    podSelector: members,
    policyTypes: gang.egress ? ['Ingress', 'Egress'] : ['Ingress'],
    ingress: [{ from: [{ podSelector: members }] }, ...more],
    egress: gang.egress && [...gang.egress],
  };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: sharedMetadata(gang), spec };
}
