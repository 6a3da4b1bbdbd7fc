import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** The controller adds 11 characters for each Job. */
const LONGEST = 52;

export const cronJobNameTooLong: Rule<Scope.OBJECT> = {
  name: 'cron-job-name-too-long',
  group: Group.CLUTTER,
  packs: [Group.PENDING],
  facts: ['ML-LIFE-008'],
  scope: Scope.OBJECT,
  why: 'The API server refuses a CronJob whose Jobs would have names that are too long. https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/',
  fix: 'Shorten the name to 52 characters.',
  check: (object) => {
    const name = object.at('metadata', 'name');
    if (!object.is('CronJob', 'batch') || (name.text?.length ?? 0) <= LONGEST) return [];
    return [error(name, `has a name of ${name.text?.length} characters, and a CronJob can have ${LONGEST}.`)];
  },
};
