import { isModelServer } from '../../../inventory/model-server';
import { spotChoice } from '../../../inventory/spot';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const serverOnSpotNodes: Rule<Scope.SERVER> = {
  name: 'server-on-spot-nodes',
  group: Group.SERVING,
  facts: ['ML-COST-007'],
  scope: Scope.SERVER,
  why: 'All replicas can be taken away within two minutes, and the next load for many. https://karpenter.sh/docs/concepts/disruption/#interruption',
  fix: 'Keep some replicas on nodes that stay, or prefer spot nodes and do not require them.',
  props: 'Take a pool with CapacityType.ON_DEMAND.',
  check: (server, inventory) => {
    if (!isModelServer(server, inventory)) return [];
    const choice = server.pods.flatMap((pod) => spotChoice(pod, inventory) ?? [])[0];
    return choice ? [warning(choice.field, 'serves a model on spot nodes alone.')] : [];
  },
};
