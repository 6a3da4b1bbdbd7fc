import type { ApiClient } from '../api/api-client';
import type { Manifest } from '../api/manifest';

/**
 * Writes what the quota controller of a whole cluster writes: the limits of a new ResourceQuota are in force and nothing
 * is used. Without it, admission refuses every pod with "status unknown for quota".
 */
export async function settleQuota(api: ApiClient, quota: Manifest): Promise<void> {
  const hard = (quota.spec as { hard?: { [resource: string]: string } } | undefined)?.hard ?? {};
  const used = Object.fromEntries(Object.keys(hard).map((resource) => [resource, '0']));
  await api.patch(quota, { status: { hard, used } }, 'status');
}
