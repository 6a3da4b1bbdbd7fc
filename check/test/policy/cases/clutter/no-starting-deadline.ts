import { Severity } from '../../../../src/policy/finding';
import { noStartingDeadline } from '../../../../src/policy/rules/clutter/no-starting-deadline';
import { cronJobWith } from '../cron-job-manifest';
import type { RuleCase } from '../../rule-case';

const SPEC = 'schedule: "0 2 * * 0"\nstartingDeadlineSeconds: 3600';
const at = 'spec.startingDeadlineSeconds';
const says = /has no startingDeadlineSeconds/;
const CONTAINER = 'spec.jobTemplate.spec.template.spec.containers[0]';

export const NO_STARTING_DEADLINE: RuleCase = {
  rule: noStartingDeadline,
  good: cronJobWith(SPEC),
  flips: [
    { change: { [at]: undefined }, at, says, severity: Severity.WARNING },
    {
      change: { [at]: undefined, [`${CONTAINER}.resources`]: undefined, 'metadata.name': 'backup' },
      at,
      says,
      severity: Severity.INFO,
    },
  ],
};
