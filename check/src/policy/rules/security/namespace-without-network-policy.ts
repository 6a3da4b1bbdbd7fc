import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const namespaceWithoutNetworkPolicy: Rule<Scope.SET> = {
  name: 'namespace-without-network-policy',
  group: Group.SECURITY,
  facts: ['ML-SEC-011'],
  scope: Scope.SET,
  why: 'Any pod of the cluster can call the ranks of a run and the ports of a server. https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  fix: 'Add a NetworkPolicy that lets in who must, and nobody else.',
  check: (inventory) => {
    const guarded = new Set(inventory.of('networking.k8s.io', 'NetworkPolicy').map(({ namespace }) => namespace));
    const seen = new Set<string | undefined>();
    return inventory.workloads.flatMap((workload) => {
      const { namespace } = workload.resource;
      if (workload.deviceCount === 0 || guarded.has(namespace) || seen.has(namespace)) return [];
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
