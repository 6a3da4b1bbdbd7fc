import type { NetworkPolicySpec } from '../../../imports/k8s';
import { INSTANCE_LABEL, RUN_LABEL } from '../../kinds/labels';
import type { Manifest } from '../../render/api-object';
import { memberLabels } from '../training-pod';
import type { Gang } from './gang';

/** Head of what all runs of a gang share: called after the gang, with its labels but without those of a run. */
export function sharedMetadata({ baseName, roles }: Gang): Manifest['metadata'] {
  const labels: { [label: string]: string } = { ...roles[0].pod.labels };
  delete labels[INSTANCE_LABEL];
  delete labels[RUN_LABEL];
  return { name: baseName, labels };
}

/**
 * Lets the pods of the gang reach each other on every port, and nobody else reach them.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function gangNetworkPolicy(gang: Gang): Manifest {
  const members = { matchLabels: memberLabels(gang.baseName) };
  const spec: NetworkPolicySpec = {
    podSelector: members,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: members }] }],
  };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: sharedMetadata(gang), spec };
}
