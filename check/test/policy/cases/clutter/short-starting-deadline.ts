import { Severity } from '../../../../src/policy/finding';
import { shortStartingDeadline } from '../../../../src/policy/rules/clutter/short-starting-deadline';
import { cronJobWith } from '../cron-job-manifest';
import type { RuleCase } from '../../rule-case';

const at = 'spec.startingDeadlineSeconds';

export const SHORT_STARTING_DEADLINE: RuleCase = {
  rule: shortStartingDeadline,
  good: cronJobWith('schedule: "0 2 * * 0"\nstartingDeadlineSeconds: 10'),
  flips: [{ change: { [at]: 9 }, at, says: /has startingDeadlineSeconds 9/, severity: Severity.WARNING }],
};
