import type { NetworkPolicyEgressRule } from '../../../imports/k8s';
import { IDENTITY_ENDPOINTS } from '../../catalog/identity-endpoints';
import type { ClusterProfile } from '../../cluster/profile';
import type { Manifest } from '../../render/api-object';
import type { PodDescription } from '../../render/pod-description';
import { sharedMetadata } from '../shared-metadata';
import { memberLabels } from '../training-pod';
import type { TrainingProps } from '../training-props';

const DNS_PORT = 53;

/**
 * All that the pods of a run may reach, when they are held to it: names, each other, what gives them their identity, and what is declared.
 *
 * DNS is let through to anywhere, since resolvers also are on the node itself.
 */
export function egressRules(
  { provider }: ClusterProfile,
  { egress }: TrainingProps,
  baseName: string,
): NetworkPolicyEgressRule[] | undefined {
  if (!egress) return undefined;
  const identity = IDENTITY_ENDPOINTS.filter((endpoint) => endpoint.provider === (provider as string));
  return [
    {
      ports: [
        { protocol: 'UDP', port: DNS_PORT },
        { protocol: 'TCP', port: DNS_PORT },
      ],
    },
    { to: [{ podSelector: { matchLabels: memberLabels(baseName) } }] },
    ...identity.map(({ cidrs, ports }) => ({
      to: cidrs.map((cidr) => ({ ipBlock: { cidr } })),
      ports: ports.map((port) => ({ protocol: 'TCP' as const, port })),
    })),
    ...egress.map((one) => one._rule()),
  ];
}

/** The policy of a run of one pod, which is only there to hold it to its egress. */
export function singleEgressPolicy(
  profile: ClusterProfile,
  props: TrainingProps,
  baseName: string,
  pod: PodDescription,
): Manifest[] {
  const egress = egressRules(profile, props, baseName);
  if (egress === undefined) return [];
  const podSelector = { matchLabels: memberLabels(baseName) };
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: sharedMetadata(baseName, pod),
      spec: { podSelector, policyTypes: ['Egress'], egress },
    },
  ];
}
