import { wholeNumber } from '../../../inventory/device';
import type { Field } from '../../../inventory/field';
import type { Inventory } from '../../../inventory/inventory';
import type { Resource } from '../../../inventory/resource';
import { isExtended, isHugePages } from '../../../inventory/resource-name';
import type { Workload } from '../../../inventory/workload';
import { error, info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const resourceNotInQueue: Rule<Scope.WORKLOAD> = {
  name: 'resource-not-in-queue',
  group: Group.PENDING,
  facts: ['ML-SCHED-009'],
  scope: Scope.WORKLOAD,
  why: 'Kueue never admits a workload that asks for a resource that its ClusterQueue does not cover. https://kueue.sigs.k8s.io/docs/concepts/cluster_queue/#resources',
  fix: 'Add the resource to coveredResources of the ClusterQueue, with a quota in each flavor.',
  check: (workload, inventory) => {
    const queue = workload.queueMetadata.at('labels', 'kueue.x-k8s.io/queue-name').text;
    if (queue === undefined) return [];
    const requests = requestsOf(workload);
    const clusterQueue = clusterQueueOf(queue, workload.resource, inventory);
    if (clusterQueue === undefined) {
      const unusual = [...requests].filter(([resource]) => isOftenForgotten(resource));
      return unusual.map(([resource, field]) =>
        info(field, `asks queue ${queue} for ${resource}, which few ClusterQueues cover.`),
      );
    }
    const covered = coveredBy(clusterQueue);
    if (covered.size === 0) return [];
    return [...requests]
      .filter(([resource]) => !covered.has(resource))
      .map(([resource, field]) =>
        error(
          field,
          `asks for ${resource}, which ClusterQueue ${clusterQueue.name} of its queue ${queue} does not cover.`,
        ),
      );
  },
};

/** Resources beside devices, cpu and memory. */
function isOftenForgotten(resource: string): boolean {
  return (
    resource === 'ephemeral-storage' || isHugePages(resource) || /^(vpc\.amazonaws\.com\/efa|rdma\/.+)$/.test(resource)
  );
}

/** What its pods ask for, and where first. */
function requestsOf({ pods }: Workload): Map<string, Field> {
  const requests = new Map<string, Field>();
  for (const { resource, field } of pods.flatMap(({ everyContainer }) =>
    everyContainer.flatMap(({ asked }) => asked),
  )) {
    const nothing = field.quantity === 0n || (isExtended(resource) && wholeNumber(field) === undefined);
    if (field.exists && !nothing && !requests.has(resource)) requests.set(resource, field);
  }
  return requests;
}

function clusterQueueOf(queue: string, { namespace }: Resource, inventory: Inventory): Resource | undefined {
  const local = inventory.find('kueue.x-k8s.io', 'LocalQueue', queue, namespace);
  const name = local?.at('spec', 'clusterQueue').text;
  return name === undefined ? undefined : inventory.find('kueue.x-k8s.io', 'ClusterQueue', name, undefined);
}

function coveredBy(clusterQueue: Resource): Set<string> {
  const groups = clusterQueue.at('spec', 'resourceGroups').items;
  return new Set(groups.flatMap((group) => group.at('coveredResources').texts));
}
