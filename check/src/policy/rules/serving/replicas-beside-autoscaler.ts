import { autoscalersOf } from '../../../inventory/autoscaler';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const replicasBesideAutoscaler: Rule<Scope.SERVER> = {
  name: 'replicas-beside-autoscaler',
  group: Group.SERVING,
  facts: [],
  scope: Scope.SERVER,
  why: 'Every apply sets the number back to what the manifest says, and the autoscaler begins again. https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  fix: 'Leave replicas out of what is autoscaled.',
  check: (server, inventory) => {
    const replicas = server.scalable;
    const [autoscaler] = autoscalersOf(server, inventory);
    if (!replicas?.exists || replicas.integer === undefined || autoscaler === undefined) return [];
    return [warning(replicas, `says ${replicas.integer} replicas, which ${autoscaler.resource.title} changes.`)];
  },
};
