import { isAccelerator } from '../../../inventory/device';
import { karpenterPool } from '../../../inventory/node-pools';
import type { Resource } from '../../../inventory/resource';

/** Labels by which a NodePool chooses machines with accelerators. */
const GPU_LABEL = /instance-(gpu|accelerator)|sku-gpu|nvidia\.com\/|amd\.com\/gpu|gke-accelerator/;
/** Families of machines with accelerators, as AWS, Azure and Google name them. */
const GPU_FAMILY = /^(g\d|p\d|trn|inf|dl\d|N[CDV]|Standard_N[CDV]|a2|a3|a4|g2|g4)/;
const CATEGORY = /instance-category$/;
const GPU_CATEGORY = /^(g|p|trn|inf|dl)$/;
const TYPES = /(instance-type|instance-family|sku-family)$/;

/** Whether a NodePool is for machines with accelerators. */
export function isGpuPool(resource: Resource): boolean {
  const { labels, openLabels, taints, model, resourceName } = karpenterPool(resource);
  if (model !== undefined || resourceName !== undefined || taints.some(({ key }) => isAccelerator(key))) return true;
  const demands = [
    ...Object.entries(labels).map(([key, value]) => [key, [value]] as const),
    ...Object.entries(openLabels),
  ];
  return demands.some(([key, values]) => {
    if (GPU_LABEL.test(key) && isWanted(resource, key)) return true;
    const families = CATEGORY.test(key) ? GPU_CATEGORY : TYPES.test(key) ? GPU_FAMILY : undefined;
    return families !== undefined && values.length > 0 && values.every((value) => families.test(value));
  });
}

/** Whether a requirement is for the label, and not against it. */
function isWanted(resource: Resource, key: string): boolean {
  const requirements = resource.at('spec', 'template', 'spec', 'requirements').items;
  const own = requirements.find((each) => each.at('key').text === key);
  return own === undefined || ['In', 'Exists', 'Gt', 'Gte'].includes(own.at('operator').text ?? '');
}

/** Whether its nodes are paid for whether or not they are used: a fixed number, or a reservation. */
export function isPaidAnyway(resource: Resource): boolean {
  const { labels, openLabels } = karpenterPool(resource);
  const capacity = [labels['karpenter.sh/capacity-type'] ?? '', ...(openLabels['karpenter.sh/capacity-type'] ?? [])];
  return resource.at('spec', 'replicas').exists || capacity.some((each) => each === 'reserved');
}
