import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const workflowTimeZone: Rule<Scope.RUN> = {
  name: 'workflow-time-zone',
  group: Group.PIPELINES,
  facts: ['ML-ARGO-006'],
  scope: Scope.RUN,
  why: 'A CronWorkflow without a timezone follows the clock of the machine on which the controller happens to run. https://argo-workflows.readthedocs.io/en/latest/cron-workflows/',
  fix: 'Set timezone, such as Europe/Zurich or Etc/UTC.',
  check: ({ resource, timetable }) => {
    if (timetable === undefined || !resource.is('CronWorkflow', 'argoproj.io') || timetable.timeZone.exists) return [];
    const texts = timetable.schedules.flatMap(({ text }) => text ?? []);
    if (texts.length > 0 && texts.every((text) => text.startsWith('@every') || /TZ=/.test(text))) return [];
    return [warning(timetable.timeZone, 'is scheduled and has no timezone.')];
  },
};
