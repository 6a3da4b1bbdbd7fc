import { Severity } from '../../../../src/policy/finding';
import { impossibleImage } from '../../../../src/policy/rules/pending/impossible-image';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from '../security/trained';

export const IMPOSSIBLE_IMAGE: RuleCase = {
  rule: impossibleImage,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].image': 'Trainer:v1' },
      at: 'spec.template.spec.containers[0].image',
      says: /has the image 'Trainer:v1', which has upper-case/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].image': 'https://registry.example.com/trainer:v1' },
      at: 'spec.template.spec.containers[0].image',
      says: /starts with a scheme/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].image': 'trainer:' },
      at: 'spec.template.spec.containers[0].image',
      says: /ends with a colon/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'a template': TRAINED.replace(/registry.*/, '"{{image}}"') },
};
