import { Severity } from '../../../../src/policy/finding';
import { canaryWithoutKnative } from '../../../../src/policy/rules/serving/canary-without-knative';
import type { RuleCase } from '../../rule-case';
import { KSERVE } from './served';

export const CANARY_WITHOUT_KNATIVE: RuleCase = {
  rule: canaryWithoutKnative,
  good: KSERVE,
  flips: [
    {
      change: { "metadata.annotations['serving.kserve.io/deploymentMode']": 'Standard' },
      at: 'spec.predictor.canaryTrafficPercent',
      says: /which the mode Standard ignores/,
      severity: Severity.ERROR,
    },
    {
      change: { "metadata.annotations['serving.kserve.io/deploymentMode']": 'RawDeployment' },
      at: 'spec.predictor.canaryTrafficPercent',
      says: /RawDeployment/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'the mode is set for the whole cluster': KSERVE.replace('serving.kserve.io/deploymentMode: Knative', 'a: b'),
  },
};
