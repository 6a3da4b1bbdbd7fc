import { Severity } from '../../../../src/policy/finding';
import { hostSharedMemory } from '../../../../src/policy/rules/security/host-shared-memory';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from './trained';

export const HOST_SHARED_MEMORY: RuleCase = {
  rule: hostSharedMemory,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.volumes[0]': { name: 'shm', hostPath: { path: '/dev/shm' } } },
      at: 'spec.template.spec.volumes[0].hostPath.path',
      says: /the node's \/dev\/shm/,
      severity: Severity.ERROR,
    },
  ],
};
