import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** More than anybody looks at; Kubernetes keeps 3 and 1. https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits */
const MOST = 10;

export const deepHistory: Rule<Scope.RUN> = {
  name: 'deep-history',
  group: Group.CLUTTER,
  facts: ['ML-LIFE-002'],
  scope: Scope.RUN,
  why: 'Every run that is kept is kept with its pods. https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits',
  fix: 'Keep a few, and send logs and figures to where they are kept longer.',
  check: ({ timetable }) =>
    timetable
      ? [timetable.successfulHistory, timetable.failedHistory].flatMap((field) =>
          (field.integer ?? 0) > MOST
            ? [warning(field, `keeps ${field.value} ended runs (${field.path.at(-1)}).`)]
            : [],
        )
      : [],
};
