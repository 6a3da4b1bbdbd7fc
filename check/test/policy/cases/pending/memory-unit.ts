import { Severity } from '../../../../src/policy/finding';
import { memoryUnit } from '../../../../src/policy/rules/pending/memory-unit';
import type { RuleCase } from '../../rule-case';
import { podWith, RESOURCES } from './manifests';

const at = `${RESOURCES}.limits.memory`;

export const MEMORY_UNIT: RuleCase = {
  rule: memoryUnit,
  good: podWith('{ limits: { memory: 512Mi } }'),
  flips: [
    {
      change: { [at]: '512m' },
      at,
      says: /512m of memory, which is in thousandths of a byte/,
      severity: Severity.ERROR,
    },
    { change: { [at]: 64 }, at, says: /64 of memory, which is in bytes/, severity: Severity.ERROR },
    { change: { [at]: '512k' }, at, says: /no container starts/, severity: Severity.WARNING },
  ],
  silent: {
    'bytes in full': podWith('{ limits: { memory: 17179869184 } }'),
    'no memory at all is not a unit': podWith('{ requests: { memory: 0 } }'),
  },
};
