import type { Workload } from '../../../inventory/workload';
import { isWorkflow } from '../../../inventory/workflow-steps';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Kinds that start nothing by themselves, and pods, of which each stands alone. */
const NOT_RUNS: ReadonlySet<string> = new Set(['Pod', 'WorkflowTemplate', 'ClusterWorkflowTemplate']);
/** Label by which Kueue ends a run. https://kueue.sigs.k8s.io/docs/concepts/workload/#maximum-execution-time */
export const MAX_EXEC_TIME = 'kueue.x-k8s.io/max-exec-time-seconds';

export const gpuRunDeadline: Rule<Scope.RUN> = {
  name: 'gpu-run-deadline',
  group: Group.RUNAWAY,
  // A deadline counts from the creation of the run, so that it ends the waiting for GPUs as well (ML-SCHED-007).
  packs: [Group.PENDING],
  facts: ['ML-COST-001', 'ML-SCHED-007'],
  scope: Scope.RUN,
  why: 'A run that hangs holds its GPUs until somebody notices. https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup',
  fix: 'Set activeDeadlineSeconds to the longest that the run may take.',
  props: 'Set activeDeadline.',
  check: (workload) => {
    const { deviceCount, bounds, resource, queueMetadata } = workload;
    const { deadline } = bounds;
    if (deviceCount === 0 || deadline === undefined || deadline.field.exists || NOT_RUNS.has(resource.kind)) return [];
    if (queueMetadata.at('labels', MAX_EXEC_TIME).exists || everyPodEnds(workload)) return [];
    const remark = warning(deadline.field, 'holds GPUs and has no deadline.');
    return [
      {
        ...remark,
        facts: isWorkflow(resource) ? ['ML-ARGO-001'] : [],
        without: waitsInQueue(workload) ? ['ML-SCHED-007'] : [],
      },
    ];
  },
};

/** Whether a queue holds it back until there is room, so that it waits without pods, and in view of who owns the queue. */
function waitsInQueue({ queueName, resource }: Workload): boolean {
  return queueName !== undefined || resource.is('Job', 'batch.volcano.sh');
}

/** Whether each pod with GPUs has a deadline of its own: that of a step, or of the pod. */
function everyPodEnds({ pods }: Workload): boolean {
  return pods
    .filter(({ deviceCount }) => deviceCount > 0)
    .every(({ field }) => field.at('activeDeadlineSeconds').exists || field.at('timeout').exists);
}
