import { Severity } from '../../../../src/policy/finding';
import { containerWithoutImage } from '../../../../src/policy/rules/pending/container-without-image';
import type { RuleCase } from '../../rule-case';
import { KSERVE } from '../serving/served';
import { TRAINED } from '../security/trained';

export const CONTAINER_WITHOUT_IMAGE: RuleCase = {
  rule: containerWithoutImage,
  good: TRAINED,
  flips: [undefined, ''].map((image) => ({
    change: { 'spec.template.spec.containers[0].image': image },
    at: 'spec.template.spec.containers[0].image',
    says: /no image in container main/,
    severity: Severity.ERROR,
  })),
  silent: {
    'a runtime has it': KSERVE,
    'a part of a Deployment':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { template: { spec: { containers: [{ name: a, args: [b] }] } } }\n',
  },
  cluster: 'rejects',
};
