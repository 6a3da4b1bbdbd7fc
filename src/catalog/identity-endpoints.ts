import type { DataSource } from './data-source';

/** Where pods of a provider get the credentials of their identity, as addresses of the node. */
export interface IdentityEndpoint extends DataSource {
  readonly provider: 'aws' | 'gcp' | 'azure';
  readonly cidrs: readonly string[];
  readonly ports: readonly number[];
}

/** What pods must reach beside the stores themselves. */
export const IDENTITY_ENDPOINTS: readonly IdentityEndpoint[] = [
  {
    provider: 'aws',
    cidrs: ['169.254.170.23/32', 'fd00:ec2::23/128'],
    ports: [80],
    what: 'agent of EKS Pod Identity',
    asOf: '2026-11-21',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html',
    checked: false,
  },
  {
    provider: 'gcp',
    cidrs: ['169.254.169.252/32', '169.254.169.254/32'], // without and with Dataplane V2
    ports: [80, 988],
    what: 'metadata server of GKE',
    asOf: '2026-11-21',
    source: 'https://cloud.google.com/kubernetes-engine/docs/how-to/network-policy',
    checked: false,
  },
  {
    provider: 'azure',
    cidrs: ['169.254.169.254/32'],
    ports: [80],
    what: 'instance metadata service of Azure',
    asOf: '2026-11-21',
    source: 'https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service',
    checked: false,
  },
];
