import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const gpuRunDeadline: Rule<Scope.RUN> = {
  name: 'gpu-run-deadline',
  group: Group.RUNAWAY,
  facts: ['ML-COST-001'],
  scope: Scope.RUN,
  why: 'A run that hangs holds its GPUs until somebody notices. https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup',
  fix: 'Set activeDeadlineSeconds to the longest that the run may take.',
  props: 'Set activeDeadline.',
  check: ({ deviceCount, bounds: { deadline }, resource }) => {
    if (deviceCount === 0 || deadline === undefined || deadline.field.exists) return [];
    if (resource.kind === 'Pod' || resource.kind === 'WorkflowTemplate' || resource.kind === 'ClusterWorkflowTemplate')
      return [];
    return [warning(deadline.field, 'holds GPUs and has no deadline.')];
  },
};
