import { Severity } from '../../../../src/policy/finding';
import { torchserveIsOver } from '../../../../src/policy/rules/serving/torchserve-is-over';
import type { RuleCase } from '../../rule-case';
import { KSERVE, SERVED } from './served';

export const TORCHSERVE_IS_OVER: RuleCase = {
  rule: torchserveIsOver,
  good: `${SERVED}---${KSERVE}`,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].image': 'pytorch/torchserve:0.12.0-gpu' },
      at: 'spec.template.spec.containers[0].image',
      says: /nobody maintains/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.predictor.model.runtime': 'kserve-torchserve' },
      at: 'spec.predictor.model.runtime',
      says: /nobody maintains/,
      severity: Severity.WARNING,
      object: 1,
    },
  ],
};
