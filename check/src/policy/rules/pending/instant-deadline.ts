import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const instantDeadline: Rule<Scope.RUN> = {
  name: 'instant-deadline',
  group: Group.PENDING,
  facts: [],
  scope: Scope.RUN,
  why: 'A deadline of 0 seconds does not switch the deadline off: the run fails at once with DeadlineExceeded, or is refused. https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup',
  fix: 'Leave activeDeadlineSeconds out for none, or set it to the longest that the run may take.',
  check: ({ bounds: { deadline } }) =>
    deadline?.value === 0 ? [error(deadline.field, 'has a deadline of 0 seconds, at which it fails at once.')] : [],
};
