import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const DAY = 86_400;
/** Longer than trainings of this kind run in one go; mostly a deadline in milliseconds. */
const LONGEST_DAYS = 30;

export const longDeadline: Rule<Scope.RUN> = {
  name: 'long-deadline',
  group: Group.RUNAWAY,
  facts: [],
  scope: Scope.RUN,
  why: 'A deadline of months ends nothing in time, and is mostly one written in another unit. https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup',
  fix: 'Set activeDeadlineSeconds, in seconds, to the longest that the run may take.',
  check: ({ bounds: { deadline } }) => {
    const days = Math.floor((deadline?.value ?? 0) / DAY);
    if (!deadline || days <= LONGEST_DAYS) return [];
    return [warning(deadline.field, `has a deadline of ${deadline.value} seconds, which is ${days} days.`)];
  },
};
