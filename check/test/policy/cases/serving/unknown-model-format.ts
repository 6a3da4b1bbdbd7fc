import { Severity } from '../../../../src/policy/finding';
import { unknownModelFormat } from '../../../../src/policy/rules/serving/unknown-model-format';
import type { RuleCase } from '../../rule-case';
import { KSERVE } from './served';

const OWN = KSERVE.replace('name: huggingface', 'name: catboost');
const RUNTIME = `
---
apiVersion: serving.kserve.io/v1alpha1
kind: ClusterServingRuntime
metadata: { name: catboost }
spec: { supportedModelFormats: [{ name: catboost }], containers: [{ name: kserve-container, image: 'example.com/cat:v1' }] }
`;

export const UNKNOWN_MODEL_FORMAT: RuleCase = {
  rule: unknownModelFormat,
  good: KSERVE,
  flips: [
    {
      change: { 'spec.predictor.model.modelFormat.name': 'huggingfaces' },
      at: 'spec.predictor.model.modelFormat.name',
      says: /did you mean 'huggingface'/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.predictor.model.modelFormat.name': 'catboost' },
      at: 'spec.predictor.model.modelFormat.name',
      says: /'catboost', which no runtime/,
      severity: Severity.INFO,
    },
  ],
  silent: {
    'a runtime is named': OWN.replace('modelFormat', 'runtime: own, modelFormat'),
    'a runtime of the set supports it': OWN + RUNTIME,
  },
};
