import { Severity } from '../../../../src/policy/finding';
import { rareCheckpoints } from '../../../../src/policy/rules/lost-work/rare-checkpoints';
import { CONTAINER } from '../job-manifests';
import type { RuleCase } from '../../rule-case';
import { training } from './manifests';

const every = (name: string, value: string): string => training(`env: [{ name: ${name}, value: '${value}' }]`);
const env = `${CONTAINER}.env[0]`;

export const RARE_CHECKPOINTS: RuleCase = {
  rule: rareCheckpoints,
  good: every('CHECKPOINT_INTERVAL_SECONDS', '21600'),
  flips: [
    {
      change: { [`${env}.value`]: '43200' },
      at: env,
      says: /saves every 43200 seconds \(CHECKPOINT_INTERVAL_SECONDS\), and its deadline is 86400/,
      severity: Severity.INFO,
    },
    {
      change: { [env]: { name: 'SAVE_EVERY_HOURS', value: '12' } },
      at: env,
      says: /saves every 43200 seconds/,
      severity: Severity.INFO,
    },
  ],
  silent: {
    'an interval in steps': every('CHECKPOINT_INTERVAL', '100000'),
    'no number': every('SAVE_EVERY_HOURS', 'x'),
  },
};
