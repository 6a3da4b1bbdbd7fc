import { isWorkflow } from '../../../inventory/workflow-steps';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const overlappingRuns: Rule<Scope.RUN> = {
  name: 'overlapping-runs',
  group: Group.CLUTTER,
  packs: [Group.RUNAWAY],
  facts: ['ML-LIFE-007'],
  scope: Scope.RUN,
  why: 'With Allow, which is the default, a run that takes longer than usual meets the next, and each holds its GPUs. https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy',
  fix: 'Set concurrencyPolicy to Forbid; Replace kills a run that is at work.',
  check: ({ timetable, deviceCount, resource }) => {
    if (timetable === undefined || deviceCount === 0) return [];
    const policy = timetable.concurrencyPolicy;
    if (policy.exists && policy.text !== 'Allow') return [];
    const remark = warning(
      policy,
      'may run several times at once, each with its GPUs: its concurrencyPolicy is Allow.',
    );
    return [isWorkflow(resource) ? { ...remark, facts: ['ML-ARGO-005'] } : remark];
  },
};
