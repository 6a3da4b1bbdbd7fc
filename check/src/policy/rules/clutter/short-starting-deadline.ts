import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** The controller looks this often. */
const PERIOD_SECONDS = 10;

export const shortStartingDeadline: Rule<Scope.RUN> = {
  name: 'short-starting-deadline',
  group: Group.CLUTTER,
  facts: ['ML-LIFE-008'],
  scope: Scope.RUN,
  why: 'The controller looks every 10 seconds: with a shorter starting deadline the CronJob may never run. https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline',
  fix: 'Set startingDeadlineSeconds to a quarter of the period, at most some hours.',
  check: ({ timetable, resource }) => {
    const field = timetable?.startingDeadline;
    const seconds = field?.integer;
    if (!field || seconds === undefined || seconds >= PERIOD_SECONDS || !resource.is('CronJob', 'batch')) return [];
    return [warning(field, `has startingDeadlineSeconds ${seconds}, within which the controller may not look.`)];
  },
};
