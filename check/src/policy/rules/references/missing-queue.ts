import type { Rule, Scope } from '../../rule';
import { closedWorld } from './closed-world';

export const missingQueue: Rule<Scope.SET> = closedWorld('queue', {
  name: 'missing-queue',
  why: 'Kueue never admits a workload whose LocalQueue is not in its namespace. https://kueue.sigs.k8s.io/docs/concepts/local_queue/',
  fix: 'Add the LocalQueue, name it in the cluster profile, or declare it external.',
});
