import { Severity } from '../../../../src/policy/finding';
import { surgeOntoExclusiveVolume } from '../../../../src/policy/rules/serving/surge-onto-exclusive-volume';
import type { RuleCase } from '../../rule-case';
import { SERVED } from './served';

const HELD = SERVED.replace(
  '      containers:',
  '      volumes: [{ name: cache, persistentVolumeClaim: { claimName: cache } }]\n      containers:',
);
const CLAIM = `
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: cache, namespace: serving }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 100Gi } } }
`;

export const SURGE_ONTO_EXCLUSIVE_VOLUME: RuleCase = {
  rule: surgeOntoExclusiveVolume,
  good: HELD + CLAIM,
  flips: [
    {
      change: { 'spec.strategy': undefined },
      at: 'spec.strategy.rollingUpdate.maxSurge',
      says: /the volume cache, which one node can have/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.strategy.rollingUpdate.maxSurge': '25%' },
      at: 'spec.strategy.rollingUpdate.maxSurge',
      says: /the volume cache/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'many nodes can have it':
      HELD.replace('maxSurge: 0', 'maxSurge: 1') + CLAIM.replace('ReadWriteOnce', 'ReadWriteMany'),
    'the claim is not here': HELD.replace('maxSurge: 0', 'maxSurge: 1'),
  },
};
