import { isTraining } from '../../../inventory/training';
import { info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const noStartingDeadline: Rule<Scope.RUN> = {
  name: 'no-starting-deadline',
  group: Group.CLUTTER,
  facts: ['ML-LIFE-008'],
  scope: Scope.RUN,
  why: 'Without it a CronJob that missed more than 100 starts, as after a long suspension, is not started any more by older controllers, and a late start is made however late it is. https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline',
  fix: 'Set startingDeadlineSeconds to a quarter of the period, at most some hours.',
  check: (run) => {
    const { timetable, resource, deviceCount } = run;
    if (!timetable || !resource.is('CronJob', 'batch') || timetable.startingDeadline.exists) return [];
    const say = deviceCount > 0 || isTraining(run) ? warning : info;
    return [say(timetable.startingDeadline, 'has no startingDeadlineSeconds.')];
  },
};
