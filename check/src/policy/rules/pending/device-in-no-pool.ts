import { offers } from '../../../inventory/placement';
import type { Rule } from '../../rule';
import { Group, Need, Scope } from '../../rule';
import { misfit, misplaced } from './gpu-pods';

export const deviceInNoPool: Rule<Scope.POD> = {
  name: 'device-in-no-pool',
  group: Group.PENDING,
  facts: ['ML-SCHED-002'],
  scope: Scope.POD,
  needs: [Need.POOLS],
  why: 'A pod that asks for a resource that no node offers waits for ever: how GPUs are shared decides under which name they are offered. https://github.com/NVIDIA/k8s-device-plugin#shared-access-to-gpus',
  fix: 'Ask for the resource that the nodes offer.',
  props: 'Set pool, which brings the name.',
  check: (pod, inventory) => {
    const found = misfit(pod, inventory);
    if (found?.obstacle !== 'resource') return [];
    const wanted =
      pod.devices.find(({ resource }) => !found.pools.some((pool) => offers(pool, resource))) ?? pod.devices[0];
    const offered = [...new Set(found.pools.flatMap(({ resourceName }) => resourceName ?? []))].join(', ');
    const have = offered === '' ? '' : ` They offer ${offered}.`;
    return [misplaced(inventory, wanted.field, `asks for ${wanted.resource}, which no pool offers.${have}`)];
  },
};
