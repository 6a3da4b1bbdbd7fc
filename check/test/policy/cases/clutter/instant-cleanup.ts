import { Severity } from '../../../../src/policy/finding';
import { instantCleanup } from '../../../../src/policy/rules/clutter/instant-cleanup';
import { jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = 'spec.ttlSecondsAfterFinished';

export const INSTANT_CLEANUP: RuleCase = {
  rule: instantCleanup,
  good: jobWith({ spec: 'ttlSecondsAfterFinished: 600' }),
  flips: [{ change: { [at]: 0 }, at, says: /is removed the moment it ends/, severity: Severity.WARNING }],
  silent: {
    'the TTL of a RayJob is that of its cluster': `
apiVersion: ray.io/v1
kind: RayJob
metadata: { name: x }
spec: { shutdownAfterJobFinishes: true, ttlSecondsAfterFinished: 0 }
`,
  },
};
