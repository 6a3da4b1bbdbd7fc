import { Severity } from '../../../../src/policy/finding';
import { quotaOnLimits } from '../../../../src/policy/rules/clutter/quota-on-limits';
import type { RuleCase } from '../../rule-case';

const quota = (hard: string): string => `
apiVersion: v1
kind: ResourceQuota
metadata: { name: x, namespace: ml }
spec: { hard: { ${hard} } }
`;

export const QUOTA_ON_LIMITS: RuleCase = {
  rule: quotaOnLimits,
  good: quota('requests.nvidia.com/gpu: 8'),
  flips: [
    {
      change: { 'spec.hard': { 'limits.nvidia.com/gpu': 8 } },
      at: "spec.hard['limits.nvidia.com/gpu']",
      says: /bounds limits\.nvidia\.com\/gpu, which is never enforced/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'limits of memory are counted': quota('limits.memory: 1Ti') },
};
