import { Severity } from '../../../../src/policy/finding';
import { unknownStorageScheme } from '../../../../src/policy/rules/serving/unknown-storage-scheme';
import type { RuleCase } from '../../rule-case';
import { KSERVE } from './served';

export const UNKNOWN_STORAGE_SCHEME: RuleCase = {
  rule: unknownStorageScheme,
  good: KSERVE,
  flips: [
    {
      change: { 'spec.predictor.model.storageUri': 'org/model' },
      at: 'spec.predictor.model.storageUri',
      says: /takes its model from 'org\/model'/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'an initializer of the cluster': KSERVE.replace('hf://', 'models://') },
};
