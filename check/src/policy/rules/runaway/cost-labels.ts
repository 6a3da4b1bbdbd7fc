import type { Inventory } from '../../../inventory/inventory';
import type { Resource } from '../../../inventory/resource';
import { Nature } from '../../../inventory/workload';
import { info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Labels that say who pays; tools can be told others. https://docs.kubecost.com/ */
const PAYER =
  /(^|[/._-])(team|owner|department|product|project|tenant|business-?unit|cost[-_]?cent(er|re)|billing[-_]?\w*)$/i;

export const costLabels: Rule<Scope.POD> = {
  name: 'cost-labels',
  group: Group.RUNAWAY,
  facts: ['ML-COST-004'],
  scope: Scope.POD,
  why: 'Costs are told by the labels of pods: without a team or owner on them, nobody sees whose GPUs these are. https://www.opencost.io/docs/',
  fix: 'Put labels such as team, owner and cost-center on the pod template.',
  check: (pod, inventory) => {
    const { resource, nature } = pod.workload;
    if (pod.deviceCount === 0 || nature === Nature.AGENT || pod.partial || hasPayer(pod.labels)) return [];
    const namespace = namespaceOf(resource, inventory);
    if (namespace !== undefined && hasPayer(namespace.labels)) return [];
    const field = pod.metadata.at('labels');
    if (hasPayer(resource.labels)) return [warning(field, 'says who pays for it on itself, and not on its pods.')];
    const message = 'holds GPUs, and no label of its pods says who pays for them.';
    // Costs without a label of the pod are told by its namespace's labels, so that without the namespace nobody can know.
    return [namespace === undefined ? info(field, message) : warning(field, message)];
  },
};

function hasPayer(labels: { readonly [key: string]: string }): boolean {
  return Object.keys(labels).some((key) => PAYER.test(key));
}

function namespaceOf({ namespace }: Resource, inventory: Inventory): Resource | undefined {
  return namespace === undefined ? undefined : inventory.find('', 'Namespace', namespace, undefined);
}
