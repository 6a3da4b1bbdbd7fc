import type { PodFacts } from '../../../inventory/pod';

/** Numbers of nodes that a launcher in these pods may rightly be told: of the role, of the whole, of the roles with GPUs. */
export function nodeCounts({ role, workload }: PodFacts): ReadonlySet<number> {
  const withDevices = workload.roles.filter(({ pod }) => pod.deviceCount > 0);
  const sum = withDevices.reduce((all, { count }) => all + count, 0);
  return new Set([role.count, role.replicas?.integer ?? role.count, workload.podCount, ...(sum > 0 ? [sum] : [])]);
}

/** Whether the number of pods of every role is known. */
export function isCounted({ workload }: PodFacts): boolean {
  return workload.roles.every(({ replicas }) => !replicas?.exists || replicas.integer !== undefined);
}
