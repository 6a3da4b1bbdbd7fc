import { Severity } from '../../../../src/policy/finding';
import { oomKillRetried } from '../../../../src/policy/rules/oom/oom-kill-retried';
import { jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const policy = (codes: string): string => `
backoffLimit: 5
podFailurePolicy:
  rules:
  - { action: Ignore, onPodConditions: [{ type: DisruptionTarget, status: 'True' }] }
  - { action: FailJob, onExitCodes: { ${codes} } }
`;
const GPU = 'resources: { limits: { nvidia.com/gpu: 1, memory: 16Gi } }';
const manifest = (spec: string, container = GPU): string => jobWith({ spec, container });

export const OOM_KILL_RETRIED: RuleCase = {
  rule: oomKillRetried,
  good: manifest(policy('operator: In, values: [2, 137]')),
  flips: [
    {
      change: { 'spec.podFailurePolicy': undefined },
      at: 'spec.podFailurePolicy',
      says: /is tried again 5 times also when it was killed for memory/,
      severity: Severity.INFO,
    },
    {
      change: { 'spec.podFailurePolicy.rules[1].onExitCodes.values': [2, 3] },
      at: 'spec.podFailurePolicy',
      says: /is tried again 5 times/,
      severity: Severity.INFO,
    },
  ],
  silent: {
    'every code but one fails it': manifest(policy('operator: NotIn, values: [1]')),
    'few retries': manifest('backoffLimit: 2'),
    'no GPU': manifest('backoffLimit: 5', ''),
  },
};
