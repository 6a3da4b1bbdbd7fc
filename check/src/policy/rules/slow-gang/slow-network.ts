import { gpusOf } from '../../../inventory/gpu-count';
import { machineOf } from '../../../inventory/machine';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** How trainers are told to spread every layer over all GPUs. */
const FULL_SHARD = /(fsdp|full[-_]?shard|zero[-_]?(stage)?[-_=]?3|shard[-_]grad[-_]op)/i;

export const slowNetwork: Rule<Scope.CONTAINER> = {
  name: 'slow-network',
  group: Group.SLOW_GANG,
  facts: ['ML-DIST-007'],
  scope: Scope.CONTAINER,
  why: 'Full sharding sends all weights over the network in every step, which a machine without RDMA cannot do in the time that its GPUs compute. https://docs.pytorch.org/docs/stable/fsdp.html',
  fix: 'Take machines with RDMA, or shard within a node only (HYBRID_SHARD).',
  check: (container, inventory) => {
    const { pod } = container;
    if (!pod.workload.isGang || !gpusOf(container)) return [];
    const machine = machineOf(pod, inventory);
    if (machine?.fabricDevices !== 0) return [];
    const asked = [...container.words, ...container.env.map(({ value }) => value ?? '')];
    if (asked.some((word) => /hybrid/i.test(word))) return [];
    const strategy = asked.find((word) => FULL_SHARD.test(word));
    if (strategy === undefined) return [];
    const place = container.field.at(container.args.length > 0 ? 'args' : 'command');
    return [warning(place, `shards over all nodes, and ${machine.name} has no RDMA.`)];
  },
};
