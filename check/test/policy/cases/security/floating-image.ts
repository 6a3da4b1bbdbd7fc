import { Severity } from '../../../../src/policy/finding';
import { floatingImage } from '../../../../src/policy/rules/security/floating-image';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from './trained';

export const FLOATING_IMAGE: RuleCase = {
  rule: floatingImage,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].image': 'trainer:latest' },
      at: 'spec.template.spec.containers[0].image',
      says: /runs 'trainer:latest', whose tag latest moves/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].image': 'trainer:latest-gpu' },
      at: 'spec.template.spec.containers[0].image',
      says: /tag latest-gpu moves/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].image': 'trainer:v2-latest' },
      at: 'spec.template.spec.containers[0].image',
      says: /tag v2-latest moves/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.template.spec.containers[0].image': 'reg:5000/trainer' },
      at: 'spec.template.spec.containers[0].image',
      says: /whose tag is not given/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].image': 'trainer:nightly' },
      at: 'spec.template.spec.containers[0].image',
      says: /tag nightly moves/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'no image is another finding': TRAINED.replace(/ {8}image: registry.*\n/, ''),
    'an empty one is another finding': TRAINED.replace(/registry.*/, "''"),
    'an impossible one is another finding': TRAINED.replace(/registry.*/, 'Registry/Trainer'),
    'a variable': TRAINED.replace(/registry.*/, '$IMAGE'),
    'a version that begins with the same letters': TRAINED.replace(/registry.*/, 'trainer:latest3.1'),
    'a version': TRAINED.replace(/registry.*/, 'trainer:v1.2'),
    'a template': TRAINED.replace(/registry.*/, '"{{inputs.parameters.image}}"'),
  },
};
