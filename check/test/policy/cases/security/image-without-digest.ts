import { Severity } from '../../../../src/policy/finding';
import { imageWithoutDigest } from '../../../../src/policy/rules/security/image-without-digest';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from './trained';

export const IMAGE_WITHOUT_DIGEST: RuleCase = {
  rule: imageWithoutDigest,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].image': 'trainer:v1' },
      at: 'spec.template.spec.containers[0].image',
      says: /by a tag/,
      severity: Severity.INFO,
    },
  ],
  silent: {
    'it neither trains nor serves': TRAINED.replace(/registry.*/, 'copy:v1')
      .replace('name: train', 'name: copy')
      .replace(', nvidia.com/gpu: 1', ''),
  },
};
