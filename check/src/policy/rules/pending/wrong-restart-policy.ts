import type { Workload } from '../../../inventory/workload';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const wrongRestartPolicy: Rule<Scope.POD> = {
  name: 'wrong-restart-policy',
  group: Group.PENDING,
  facts: [],
  scope: Scope.POD,
  why: 'The API server refuses the object. https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template',
  fix: 'Write Never or OnFailure in a Job, and nothing in a Deployment, StatefulSet or DaemonSet.',
  check: (pod) => {
    const policy = pod.at('restartPolicy');
    const { text } = policy;
    if (policy.exists && text === undefined) return [];
    if (isJob(pod.workload) && (text === undefined || text === 'Always')) {
      return [
        error(
          policy,
          text === undefined ? 'has no restartPolicy, which a Job needs.' : 'is a Job with restartPolicy Always.',
        ),
      ];
    }
    const runsOn = pod.workload.resource.group === 'apps';
    return runsOn && text !== undefined && text !== 'Always'
      ? [error(policy, `has restartPolicy ${text}, and must be Always.`)]
      : [];
  },
};

function isJob({ resource }: Workload): boolean {
  return resource.group === 'batch' && (resource.kind === 'Job' || resource.kind === 'CronJob');
}
