import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const rayClusterOutlivesJob: Rule<Scope.RUN> = {
  name: 'ray-cluster-outlives-job',
  group: Group.CLUTTER,
  packs: [Group.RUNAWAY],
  facts: ['ML-LIFE-006', 'ML-LIFE-001'],
  scope: Scope.RUN,
  why: 'The cluster of a RayJob, with its GPUs, stays when the job has ended, unless it is told to shut down. https://docs.ray.io/en/latest/cluster/kubernetes/getting-started/rayjob-quick-start.html',
  fix: 'Set shutdownAfterJobFinishes to true.',
  check: ({ resource }) => {
    if (!resource.is('RayJob', 'ray.io')) return [];
    const spec = resource.at('spec');
    const shutdown = spec.at('shutdownAfterJobFinishes');
    if (shutdown.boolean === true || (shutdown.exists && shutdown.boolean === undefined)) return [];
    // A cluster that was there before stays, and a strategy says itself what goes.
    if (spec.at('clusterSelector').exists || spec.at('deletionStrategy').exists || spec.at('deletionPolicy').exists)
      return [];
    return [warning(shutdown, 'leaves its cluster running when the job has ended.')];
  },
};
