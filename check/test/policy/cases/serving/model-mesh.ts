import { Severity } from '../../../../src/policy/finding';
import { modelMesh } from '../../../../src/policy/rules/serving/model-mesh';
import type { RuleCase } from '../../rule-case';
import { KSERVE } from './served';

export const MODEL_MESH: RuleCase = {
  rule: modelMesh,
  good: KSERVE,
  flips: [
    {
      change: { "metadata.annotations['serving.kserve.io/deploymentMode']": 'ModelMesh' },
      at: "metadata.annotations['serving.kserve.io/deploymentMode']",
      says: /archived/,
      severity: Severity.ERROR,
    },
  ],
};
