import { Severity } from '../../../../src/policy/finding';
import { unknownStorageScheme } from '../../../../src/policy/rules/serving/unknown-storage-scheme';
import type { RuleCase } from '../../rule-case';
import { KSERVE } from './served';

export const UNKNOWN_STORAGE_SCHEME: RuleCase = {
  rule: unknownStorageScheme,
  good: KSERVE,
  flips: [
    {
      change: { 'spec.predictor.model.storageUri': 'az://models/chat' },
      at: 'spec.predictor.model.storageUri',
      says: /takes its model from 'az:\/\/models\/chat'/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'a path in the container': KSERVE.replace('hf://org/model', 'org/model'),
    'a registry of images': KSERVE.replace('hf://', 'oci+native://'),
    'an initializer of the cluster':
      `${KSERVE}---\napiVersion: serving.kserve.io/v1alpha1\nkind: ClusterStorageContainer\nmetadata: { name: az }\n`.replace(
        'hf://',
        'az://',
      ),
  },
};
