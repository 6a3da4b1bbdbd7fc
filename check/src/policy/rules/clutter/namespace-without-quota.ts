import type { Inventory } from '../../../inventory/inventory';
import { isTraining } from '../../../inventory/training';
import type { Workload } from '../../../inventory/workload';
import { Nature } from '../../../inventory/workload';
import type { Resource } from '../../../inventory/resource';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const namespaceWithoutQuota: Rule<Scope.OBJECT> = {
  name: 'namespace-without-quota',
  group: Group.CLUTTER,
  packs: [Group.RUNAWAY],
  facts: ['ML-LIFE-004'],
  scope: Scope.OBJECT,
  why: 'Without a quota one mistake in a loop takes every GPU of the cluster, or fills it with objects. https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  fix: 'Put a ResourceQuota beside it, with requests.nvidia.com/gpu and count/jobs.batch.',
  check: (object, inventory) => {
    if (!object.is('Namespace', '')) return [];
    const { heavy, covered } = namespaces(inventory);
    if (!heavy.has(object.name) || covered.has(object.name)) return [];
    return [warning(object.at('metadata', 'name'), 'holds ML workloads and has no ResourceQuota for devices or runs.')];
  },
};

function namespaces(inventory: Inventory): { heavy: ReadonlySet<string>; covered: ReadonlySet<string> } {
  return inventory.once('namespaces with ML workloads, and with quotas', () => {
    const free = inventory.workloads.filter((each) => isHeavy(each) && each.queueName === undefined);
    const quotas = inventory.of('', 'ResourceQuota').filter(coversRuns);
    return {
      heavy: new Set(free.flatMap(({ resource: { namespace } }) => namespace ?? [])),
      covered: new Set(quotas.flatMap(({ namespace }) => namespace ?? [])),
    };
  });
}

function isHeavy(workload: Workload): boolean {
  return (workload.deviceCount > 0 && workload.nature !== Nature.AGENT) || isTraining(workload);
}

/** Whether a quota bounds devices or the number of runs. */
function coversRuns(quota: Resource): boolean {
  return quota.at('spec', 'hard').keys.some((key) => /^(requests|limits)\..+\/|^count\/|^pods$/.test(key));
}
