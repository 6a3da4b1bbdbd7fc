import { unresolved } from '../../../inventory/references/references';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { missing } from './closed-world';

export const missingClusterQueue: Rule<Scope.SET> = {
  name: 'missing-cluster-queue',
  group: Group.REFERENCES,
  packs: [Group.PENDING],
  facts: [],
  scope: Scope.SET,
  why: 'A LocalQueue without its ClusterQueue admits nothing, and a ClusterQueue without its flavors is inactive. https://kueue.sigs.k8s.io/docs/concepts/local_queue/',
  fix: 'Add what is named, or correct the name.',
  check: (inventory) => {
    const judged = (kind: string): boolean => inventory.complete || inventory.of('kueue.x-k8s.io', kind).length > 0;
    return [
      ...(judged('ClusterQueue') ? unresolved('cluster-queue', inventory) : []),
      ...(judged('ResourceFlavor') ? unresolved('resource-flavor', inventory) : []),
    ].map((reference) => missing(reference, inventory));
  },
};
