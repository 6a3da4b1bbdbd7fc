import { EPOCH, parseCron, shortestGap } from 'cdk8s-ml/floor/kinds/cron';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const deadlineAbovePeriod: Rule<Scope.RUN> = {
  name: 'deadline-above-period',
  group: Group.RUNAWAY,
  facts: ['ML-COST-013'],
  scope: Scope.RUN,
  why: 'Runs that may take longer than the time between them pile up when nothing forbids it, each with GPUs of its own. https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy',
  fix: 'Set concurrencyPolicy to Forbid, or a deadline below the time between two runs.',
  check: ({ timetable, bounds: { deadline }, deviceCount }) => {
    if (timetable === undefined || deviceCount === 0 || deadline?.value === undefined) return [];
    const { concurrencyPolicy, schedules } = timetable;
    if (concurrencyPolicy.exists && concurrencyPolicy.text !== 'Allow') return [];
    // The nights on which the clocks are changed are another matter.
    const gaps = schedules.flatMap(({ text }) => {
      const { cron } = parseCron(text ?? '');
      return (cron && shortestGap(cron, 'UTC', EPOCH)) ?? [];
    });
    const gap = Math.min(...gaps);
    if (deadline.value <= gap) return [];
    return [
      error(deadline.field, `may run for ${deadline.value} seconds and starts again after ${gap}, beside itself.`),
    ];
  },
};
