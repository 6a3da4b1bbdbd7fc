import { Severity } from '../../../../src/policy/finding';
import { impossibleQuantity } from '../../../../src/policy/rules/pending/impossible-quantity';
import type { RuleCase } from '../../rule-case';
import { podWith, RESOURCES } from './manifests';

const memory = `${RESOURCES}.limits.memory`;
const shm = 'spec.volumes[0].emptyDir.sizeLimit';

export const IMPOSSIBLE_QUANTITY: RuleCase = {
  rule: impossibleQuantity,
  good: podWith('{ limits: { memory: 16Gi } }', 'volumes: [{ name: shm, emptyDir: { sizeLimit: 1Gi } }]'),
  flips: [
    {
      change: { [memory]: '16GB' },
      at: memory,
      says: /16GB. of memory, which is no quantity/,
      fix: /^Write 16G\.$/,
      severity: Severity.ERROR,
    },
    { change: { [memory]: '16 Gi' }, at: memory, says: /no quantity/, fix: /^Write 16Gi\.$/, severity: Severity.ERROR },
    { change: { [memory]: '512KB' }, at: memory, says: /no quantity/, fix: /^Write 512k\.$/, severity: Severity.ERROR },
    {
      change: { [memory]: '512kib' },
      at: memory,
      says: /no quantity/,
      fix: /^Write 512Ki\.$/,
      severity: Severity.ERROR,
    },
    { change: { [memory]: '1,5gb' }, at: memory, says: /no quantity/, fix: /^Write 1.5G\.$/, severity: Severity.ERROR },
    { change: { [memory]: 'much' }, at: memory, says: /no quantity/, fix: /such as 500m/, severity: Severity.ERROR },
    { change: { [memory]: '-1Gi' }, at: memory, says: /below zero/, severity: Severity.ERROR },
    { change: { [memory]: -1 }, at: memory, says: /below zero/, severity: Severity.ERROR },
    { change: { [shm]: '1gb' }, at: shm, says: /no quantity/, severity: Severity.ERROR },
  ],
  silent: {
    'nothing at all': podWith('{ limits: { memory: 0 } }'),
    'a decimal exponent': podWith('{ limits: { memory: 12e6 } }'),
    'a variable that is filled in later': podWith("{ limits: { memory: '{{workflow.parameters.memory}}' } }"),
    'another type is another finding': podWith('{ limits: { memory: [16Gi] } }'),
  },
  cluster: 'rejects',
};
