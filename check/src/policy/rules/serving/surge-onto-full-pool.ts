import { autoscalersOf } from '../../../inventory/autoscaler';
import type { PodFacts } from '../../../inventory/pod';
import type { Pool } from '../../../inventory/pool';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope, Need } from '../../rule';

export const surgeOntoFullPool: Rule<Scope.SERVER> = {
  name: 'surge-onto-full-pool',
  group: Group.SERVING,
  facts: ['ML-SERVE-012'],
  scope: Scope.SERVER,
  needs: [Need.POOLS],
  why: 'The new pod waits for a GPU that no node has, and the rollout never ends. https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge',
  fix: 'Set maxSurge to 0 and maxUnavailable to 1, or leave room in the pool.',
  check: (server, inventory) => {
    const { resource, deviceCount } = server;
    if (!resource.is('Deployment', 'apps') || deviceCount === 0) return [];
    const strategy = resource.at('spec', 'strategy');
    const surge = strategy.at('rollingUpdate', 'maxSurge');
    if (strategy.at('type').text === 'Recreate' || /^0%?$/.test(String(surge.value))) return [];
    const room = roomOf(server.pods[0], inventory.pools ?? []);
    const [autoscaler] = autoscalersOf(server, inventory);
    const most = autoscaler?.most.integer ?? server.scalable?.integer ?? 1;
    if (room === undefined || most * server.pods[0].deviceCount < room) return [];
    return [warning(surge, `makes a new pod before an old one goes, and its pool has GPUs for ${most} and no more.`)];
  },
};

/** Devices of the only pool that a pod selects; undefined when it is not one, or its size is not known. */
function roomOf({ nodeSelector }: PodFacts, pools: readonly Pool[]): number | undefined {
  const selected = Object.entries(nodeSelector);
  const fitting = pools.filter(
    ({ labels }) => selected.length > 0 && selected.every(([key, value]) => labels[key] === value),
  );
  const [pool] = fitting;
  if (fitting.length !== 1 || pool.maxNodes === undefined || pool.devicesPerNode === undefined) return undefined;
  return pool.maxNodes * pool.devicesPerNode;
}
