import { Severity } from '../../../../src/policy/finding';
import { noTimeZone } from '../../../../src/policy/rules/clutter/no-time-zone';
import { cronJobWith } from '../cron-job-manifest';
import type { RuleCase } from '../../rule-case';

const at = 'spec.timeZone';

export const NO_TIME_ZONE: RuleCase = {
  rule: noTimeZone,
  good: cronJobWith('schedule: "0 2 * * 0"\ntimeZone: Europe/Zurich'),
  flips: [
    {
      change: { [at]: undefined },
      at,
      says: /is scheduled at 0 2 \* \* 0 and has no timeZone/,
      severity: Severity.INFO,
    },
    { change: { [at]: undefined, 'spec.schedule': '@daily' }, at, says: /@daily/, severity: Severity.INFO },
  ],
  silent: {
    'the same in every zone': cronJobWith('schedule: "*/15 * * * *"'),
    'so as well': cronJobWith('schedule: "@hourly"'),
  },
};
