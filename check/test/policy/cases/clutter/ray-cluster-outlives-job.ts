import { Severity } from '../../../../src/policy/finding';
import { rayClusterOutlivesJob } from '../../../../src/policy/rules/clutter/ray-cluster-outlives-job';
import type { RuleCase } from '../../rule-case';

const rayJob = (more: string): string => `
apiVersion: ray.io/v1
kind: RayJob
metadata: { name: x, namespace: ml }
spec: { entrypoint: python a.py, ${more} }
`;
const at = 'spec.shutdownAfterJobFinishes';
const says = /leaves its cluster running when the job has ended/;

export const RAY_CLUSTER_OUTLIVES_JOB: RuleCase = {
  rule: rayClusterOutlivesJob,
  good: rayJob('shutdownAfterJobFinishes: true'),
  flips: [
    { change: { [at]: false }, at, says, severity: Severity.WARNING },
    { change: { [at]: undefined }, at, says, severity: Severity.WARNING },
  ],
  silent: {
    'a cluster that was there before': rayJob('clusterSelector: { ray.io/cluster: c }'),
    'a strategy says what goes': rayJob('deletionStrategy: { onSuccess: { policy: DeleteCluster } }'),
  },
};
