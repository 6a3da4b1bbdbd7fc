import { autoscalersOf } from '../../../inventory/autoscaler';
import { disruptionBudgetsOf } from '../../../inventory/disruption-budget';
import { isModelServer } from '../../../inventory/model-server';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const replicasWithoutDisruptionBudget: Rule<Scope.SERVER> = {
  name: 'replicas-without-disruption-budget',
  group: Group.SERVING,
  facts: ['ML-SERVE-005'],
  scope: Scope.SERVER,
  why: 'A drain may take all replicas at once; loading them again takes minutes. https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  fix: 'Add a PodDisruptionBudget with maxUnavailable: 1 that selects the pods.',
  check: (server, inventory) => {
    if (!isModelServer(server, inventory) || server.resource.group !== 'apps') return [];
    const [autoscaler] = autoscalersOf(server, inventory);
    const replicas = autoscaler?.leastReplicas ?? server.scalable?.integer ?? 1;
    if (replicas < 2 || disruptionBudgetsOf(server, inventory).length > 0) return [];
    return [warning(server.resource.at('spec'), `has ${replicas} replicas and no PodDisruptionBudget.`)];
  },
};
