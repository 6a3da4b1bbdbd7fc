import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Policies of Kubernetes, and of networks that have their own; those of a cluster have no namespace and hold in all. */
const POLICIES: readonly (readonly [group: string, kind: string])[] = [
  ['networking.k8s.io', 'NetworkPolicy'],
  ['cilium.io', 'CiliumNetworkPolicy'],
  ['cilium.io', 'CiliumClusterwideNetworkPolicy'],
  ['projectcalico.org', 'NetworkPolicy'],
  ['projectcalico.org', 'GlobalNetworkPolicy'],
  ['crd.projectcalico.org', 'NetworkPolicy'],
  ['crd.projectcalico.org', 'GlobalNetworkPolicy'],
];

export const namespaceWithoutNetworkPolicy: Rule<Scope.SET> = {
  name: 'namespace-without-network-policy',
  group: Group.SECURITY,
  facts: ['ML-SEC-011'],
  scope: Scope.SET,
  why: 'Any pod of the cluster can call the ranks of a run and the ports of a server. https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  fix: 'Add a NetworkPolicy that lets in who must, and nobody else.',
  check: (inventory) => {
    const policies = POLICIES.flatMap((kind) => inventory.of(...kind));
    const guarded = new Set(policies.map(({ namespace }) => namespace));
    if (guarded.has(undefined)) return [];
    const seen = new Set<string | undefined>();
    return inventory.workloads.flatMap((workload) => {
      const { namespace } = workload.resource;
      const isGuarded = guarded.has(namespace) || (namespace === undefined && guarded.size > 0);
      if (workload.deviceCount === 0 || isGuarded || seen.has(namespace)) return [];
      seen.add(namespace);
      return [
        info(
          workload.resource.at('metadata', 'namespace'),
          `is in ${namespace ?? 'a namespace'} without any NetworkPolicy here.`,
        ),
      ];
    });
  },
};
