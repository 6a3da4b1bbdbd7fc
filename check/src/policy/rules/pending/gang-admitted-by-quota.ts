import type { Inventory } from '../../../inventory/inventory';
import type { Resource } from '../../../inventory/resource';
import type { Workload } from '../../../inventory/workload';
import { Nature } from '../../../inventory/workload';
import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const KUEUE = 'kueue.x-k8s.io';

export const gangAdmittedByQuota: Rule<Scope.GANG> = {
  name: 'gang-admitted-by-quota',
  group: Group.PENDING,
  packs: [Group.SLOW_GANG],
  facts: ['ML-SCHED-008'],
  scope: Scope.GANG,
  why: 'A queue whose flavors have no topology admits a gang when its quota has room, whether or not the nodes have: it may start in part and hold GPUs until Kueue gives up waiting. https://kueue.sigs.k8s.io/docs/concepts/topology_aware_scheduling/',
  fix: 'Give the ResourceFlavors of the queue a topologyName, whose lowest level is kubernetes.io/hostname.',
  check: (gang, inventory) => {
    const { queueName, nature, resource } = gang;
    if (queueName === undefined || nature === Nature.SERVER || podsWithDevices(gang) < 2) return [];
    const flavors = flavorsOf(queueName, resource, inventory);
    if (flavors === undefined || flavors.some((flavor) => flavor.at('spec', 'topologyName').exists)) return [];
    const message = `starts when queue ${queueName} has quota for all pods, and none of its flavors has a topology.`;
    return [info(resource.at('metadata', 'labels', 'kueue.x-k8s.io/queue-name'), message)];
  },
};

function podsWithDevices({ roles }: Workload): number {
  return roles.filter(({ pod }) => pod.deviceCount > 0).reduce((sum, { count }) => sum + count, 0);
}

/** Flavors of the ClusterQueue behind a queue; undefined when not all of them are in the set. */
function flavorsOf(queue: string, { namespace }: Resource, inventory: Inventory): Resource[] | undefined {
  const local = inventory.find(KUEUE, 'LocalQueue', queue, namespace);
  const name = local?.at('spec', 'clusterQueue').text;
  const clusterQueue = name === undefined ? undefined : inventory.find(KUEUE, 'ClusterQueue', name, undefined);
  const groups = clusterQueue?.at('spec', 'resourceGroups').items ?? [];
  const names = groups.flatMap((group) => group.at('flavors').items.map((flavor) => flavor.at('name').text));
  const flavors = names.map((each) =>
    each === undefined ? undefined : inventory.find(KUEUE, 'ResourceFlavor', each, undefined),
  );
  const known = flavors.filter((flavor) => flavor !== undefined);
  return known.length === 0 || known.length < flavors.length ? undefined : known;
}
