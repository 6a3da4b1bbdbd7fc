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
      fix: /^Write the unit, such as 512Mi\.$/,
      severity: Severity.ERROR,
    },
    { change: { [at]: '2000m' }, at, says: /in thousandths/, fix: /such as 2000Mi/, severity: Severity.ERROR },
    { change: { [at]: 0.5 }, at, says: /0.5 of memory, which is in thousandths/, severity: Severity.ERROR },
    {
      change: { [at]: 64 },
      at,
      says: /64 of memory, which is in bytes/,
      fix: /such as 64Mi/,
      severity: Severity.ERROR,
    },
    { change: { [at]: '512k' }, at, says: /no container starts/, fix: /such as 512Mi/, severity: Severity.WARNING },
    { change: { [at]: '512Ki' }, at, says: /no container starts/, fix: /such as 512Mi/, severity: Severity.WARNING },
  ],
  silent: {
    'the least in which a container starts': podWith('{ limits: { memory: 4Mi } }'),
    'a small request': podWith('{ requests: { memory: 512k } }'),
    'a little of the disk': podWith('{ limits: { ephemeral-storage: 512k } }'),
    processors: podWith('{ limits: { cpu: 4 } }'),
    'no quantity is another finding': podWith('{ limits: { memory: 16GB } }'),
    'bytes in full': podWith('{ limits: { memory: 17179869184 } }'),
    'no memory at all is not a unit': podWith('{ requests: { memory: 0 } }'),
  },
};
