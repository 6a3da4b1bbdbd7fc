import { wholeNumber } from '../../../inventory/device';
import { groupBy } from '../../../inventory/group-by';
import type { Inventory } from '../../../inventory/inventory';
import type { Resource } from '../../../inventory/resource';

/** The least of the quotas on a resource in a namespace; those for some pods only are left out. */
export function quotaOf(resource: string, { namespace }: Resource, inventory: Inventory): number | undefined {
  const quotas = inventory.once('quotas by namespace', () => {
    const whole = inventory
      .of('', 'ResourceQuota')
      .filter(({ top }) => !top.at('spec', 'scopes').exists && !top.at('spec', 'scopeSelector').exists);
    return groupBy(whole, (quota) => quota.namespace);
  });
  const own = [...(quotas.get(namespace) ?? []), ...(namespace === undefined ? [] : (quotas.get(undefined) ?? []))];
  const counts = own.flatMap((quota) => wholeNumber(quota.at('spec', 'hard', `requests.${resource}`)) ?? []);
  return counts.length === 0 ? undefined : Math.min(...counts);
}
