import type { Inventory } from '../../../inventory/inventory';
import { meets } from '../../../inventory/placement';
import type { NodeDemand } from '../../../inventory/pod';
import { demandsOf } from '../../../inventory/pod';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { isPlaced, misfit, misplaced } from './gpu-pods';

export const nodeLabelNobodySets: Rule<Scope.POD> = {
  name: 'node-label-nobody-sets',
  group: Group.PENDING,
  facts: ['ML-SCHED-005'],
  scope: Scope.POD,
  why: 'A pod that asks for a label that no node has waits for ever, and Karpenter makes no node for a label that it does not know. https://karpenter.sh/docs/concepts/scheduling/#labels',
  fix: 'Take a label that nodes really have: nvidia.com/gpu.present, nvidia.com/gpu.product, or the one of the provider.',
  props: 'Set pool, or gpu with a model.',
  check: (pod, inventory) => {
    if (!isPlaced(pod)) return [];
    const terms = pod.nodeTerms;
    const demands = [...pod.nodeDemands, ...(terms.length > 1 ? terms.flatMap(demandsOf) : [])];
    const found = misfit(pod, inventory);
    if (found?.obstacle === 'labels') {
      const culprit = demands.find((demand) => !found.pools.some((pool) => meets(pool, demand)));
      const field = culprit?.field ?? pod.at('nodeSelector');
      const wanted = culprit === undefined ? 'labels' : shown(culprit);
      return [misplaced(inventory, field, `asks for nodes with ${wanted}, which no pool has.`)];
    }
    const set = inventory.once('labels of nodes', () => labelsOfNodes(inventory));
    if (terms.length > 1) return [];
    return demands
      .filter((demand) => isSetByNobody(demand) && !set.has(demand.key))
      .map((demand) => warning(demand.field, `asks for nodes with ${shown(demand)}, a label that nothing sets.`));
  },
};

function shown({ key, operator, values }: NodeDemand): string {
  return operator === 'In' ? `${key}=${values.join(' or ')}` : `${key} ${operator} ${values.join(', ')}`.trim();
}

/** Labels that look like those of an operator or provider, and are not. */
function isSetByNobody({ key, operator, values }: NodeDemand): boolean {
  if (operator !== 'In' && operator !== 'Exists') return false;
  if (key === 'nvidia.com/gpu' || key === 'amd.com/gpu') return true;
  if (key === 'gpu') return values.length === 0 || values.some((value) => /^(true|yes|on|1|nvidia)$/i.test(value));
  return key === 'accelerator' && values.length > 0 && values.every((value) => value.startsWith('nvidia-'));
}

/** Keys of labels that objects of the set give to nodes, or know of them. */
function labelsOfNodes(inventory: Inventory): ReadonlySet<string> {
  const ofPools = (inventory.pools ?? []).flatMap(({ labels, openLabels }) => [
    ...Object.keys(labels),
    ...Object.keys(openLabels),
  ]);
  const flavors = inventory.of('kueue.x-k8s.io', 'ResourceFlavor');
  return new Set([...ofPools, ...flavors.flatMap((flavor) => flavor.at('spec', 'nodeLabels').keys)]);
}
