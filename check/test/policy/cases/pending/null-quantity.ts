import { Severity } from '../../../../src/policy/finding';
import { nullQuantity } from '../../../../src/policy/rules/pending/null-quantity';
import type { RuleCase } from '../../rule-case';
import { podWith, RESOURCES } from './manifests';

const gpu = `${RESOURCES}.limits['nvidia.com/gpu']`;
const memory = `${RESOURCES}.limits.memory`;

export const NULL_QUANTITY: RuleCase = {
  rule: nullQuantity,
  good: podWith('{ limits: { nvidia.com/gpu: 1, memory: 16Gi } }'),
  flips: [
    { change: { [gpu]: null }, at: gpu, says: /no amount behind nvidia.com\/gpu/, severity: Severity.ERROR },
    { change: { [memory]: null }, at: memory, says: /no amount behind memory/, severity: Severity.WARNING },
  ],
  silent: { 'no limits at all': podWith('{ limits: null }') },
};
