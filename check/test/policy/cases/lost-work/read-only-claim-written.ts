import { Severity } from '../../../../src/policy/finding';
import { readOnlyClaimWritten } from '../../../../src/policy/rules/lost-work/read-only-claim-written';
import { CONTAINER } from '../job-manifests';
import type { RuleCase } from '../../rule-case';
import { claim, training } from './manifests';

const reading = (claimSource: string, mount: string): string =>
  `${training(`volumeMounts: [{ name: data, mountPath: /data${mount} }]`, `volumes: [{ name: data, persistentVolumeClaim: { claimName: weights${claimSource} } }]`)}${claim('weights', 'ReadOnlyMany')}`;
const at = `${CONTAINER}.volumeMounts[0]`;

export const READ_ONLY_CLAIM_WRITTEN: RuleCase = {
  rule: readOnlyClaimWritten,
  good: reading('', ', readOnly: true'),
  flips: [
    {
      change: { [`${at}.readOnly`]: undefined },
      at,
      says: /mounts the claim weights, which may only be read, for writing at \/data/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'read-only for the whole pod': reading(', readOnly: true', ''),
    'may be written elsewhere': reading('', '').replace('[ReadOnlyMany]', '[ReadOnlyMany, ReadWriteOnce]'),
  },
};
