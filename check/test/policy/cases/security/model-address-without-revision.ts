import { Severity } from '../../../../src/policy/finding';
import { modelAddressWithoutRevision } from '../../../../src/policy/rules/security/model-address-without-revision';
import type { RuleCase } from '../../rule-case';
import { KSERVE } from '../serving/served';

const PINNED = KSERVE.replace('hf://org/model', 'hf://org/model:0123abc');
const LLM = `
---
apiVersion: serving.kserve.io/v1alpha2
kind: LLMInferenceService
metadata: { name: llm, namespace: serving }
spec: { model: { uri: 'hf://org/model:0123abc', name: org/model } }
`;

export const MODEL_ADDRESS_WITHOUT_REVISION: RuleCase = {
  rule: modelAddressWithoutRevision,
  good: PINNED + LLM,
  flips: [
    {
      change: { 'spec.predictor.model.storageUri': 'hf://org/model' },
      at: 'spec.predictor.model.storageUri',
      says: /loads hf:\/\/org\/model without a revision/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.model.uri': 'hf://org/model' },
      at: 'spec.model.uri',
      says: /loads hf:\/\/org\/model without a revision/,
      severity: Severity.WARNING,
      object: 1,
    },
  ],
  silent: { 'a bucket': KSERVE.replace('hf://', 's3://') },
};
