import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const noTimeZone: Rule<Scope.RUN> = {
  name: 'no-time-zone',
  group: Group.CLUTTER,
  facts: ['ML-LIFE-008'],
  scope: Scope.RUN,
  why: 'Without it the schedule is in the zone of the controller manager, which is UTC in most clusters and not known in the others. https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones',
  fix: 'Set timeZone, such as Europe/Zurich or Etc/UTC.',
  props: 'Set timeZone.',
  check: ({ timetable, resource }) => {
    if (!timetable || !resource.is('CronJob', 'batch') || timetable.timeZone.exists) return [];
    const schedule = timetable.schedules[0]?.text ?? '';
    return hasHour(schedule) ? [info(timetable.timeZone, `is scheduled at ${schedule} and has no timeZone.`)] : [];
  },
};

/** Whether a schedule names hours, days or months, which begin at other times in other zones. */
function hasHour(schedule: string): boolean {
  const [, hour, ...days] = schedule.trim().split(/\s+/);
  if (schedule.startsWith('@')) return /^@(daily|midnight|weekly|monthly|yearly|annually)$/.test(schedule);
  return days.length === 3 && [hour, ...days].some((part) => part !== '*' && part !== '?');
}
