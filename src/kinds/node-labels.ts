// Labels of nodes, and what Karpenter lets a NodePool say of them.

/** Labels that every provider or Karpenter itself sets. https://kubernetes.io/docs/reference/labels-annotations-taints/ */
export const INSTANCE_TYPE_LABEL = 'node.kubernetes.io/instance-type';
export const ZONE_LABEL = 'topology.kubernetes.io/zone';
export const HOSTNAME_LABEL = 'kubernetes.io/hostname';
export const REGION_LABEL = 'topology.kubernetes.io/region';
export const ARCH_LABEL = 'kubernetes.io/arch';
export const OS_LABEL = 'kubernetes.io/os';
/** https://karpenter.sh/docs/concepts/scheduling/#well-known-labels */
export const CAPACITY_TYPE_LABEL = 'karpenter.sh/capacity-type';
export const NODE_POOL_LABEL = 'karpenter.sh/nodepool';

const WELL_KNOWN: readonly string[] = [
  INSTANCE_TYPE_LABEL,
  ZONE_LABEL,
  ARCH_LABEL,
  OS_LABEL,
  CAPACITY_TYPE_LABEL,
  REGION_LABEL,
  'node.kubernetes.io/windows-build',
];

/** Domains whose labels a provider sets by the machine. */
const PROVIDER_DOMAINS: readonly string[] = [
  'karpenter.k8s.aws',
  'topology.k8s.aws',
  'eks.amazonaws.com',
  'karpenter.azure.com',
  'karpenter.kwok.sh',
];

/** Labels that Kubernetes deprecates, and those that took their place. https://kubernetes.io/docs/reference/labels-annotations-taints/ */
const SUCCESSORS: { readonly [label: string]: string } = {
  'beta.kubernetes.io/arch': ARCH_LABEL,
  'beta.kubernetes.io/os': OS_LABEL,
  'beta.kubernetes.io/instance-type': INSTANCE_TYPE_LABEL,
  'failure-domain.beta.kubernetes.io/zone': ZONE_LABEL,
  'failure-domain.beta.kubernetes.io/region': REGION_LABEL,
};

/** The label that took the place of one that Kubernetes deprecates. */
export function successorOf(label: string): string | undefined {
  return Object.hasOwn(SUCCESSORS, label) ? SUCCESSORS[label] : undefined;
}

/** What a label of nodes is to a NodePool. */
export type KarpenterLabel =
  /** A fact of machines, to choose among them by a requirement. */
  | 'requirement'
  /** A label of the user's own, which the NodePool gives to its nodes. */
  | 'own'
  /** Set by Karpenter itself to the name of the NodePool. */
  | 'pool-name'
  /** Refused by Karpenter in every NodePool. */
  | 'refused';

/** What a label of nodes is to a NodePool. https://github.com/kubernetes-sigs/karpenter/blob/v1.14.1/pkg/apis/v1/labels.go */
export function karpenterLabel(key: string): KarpenterLabel {
  if (key === NODE_POOL_LABEL) return 'pool-name';
  const domain = key.includes('/') ? key.slice(0, key.indexOf('/')) : '';
  if (WELL_KNOWN.includes(key) || PROVIDER_DOMAINS.includes(domain)) return 'requirement';
  const isKarpenters = domain === 'karpenter.sh' || domain.endsWith('.karpenter.sh');
  return isKarpenters || key === HOSTNAME_LABEL ? 'refused' : 'own';
}
