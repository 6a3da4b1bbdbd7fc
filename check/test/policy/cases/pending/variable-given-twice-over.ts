import { Severity } from '../../../../src/policy/finding';
import { variableGivenTwiceOver } from '../../../../src/policy/rules/pending/variable-given-twice-over';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from '../security/trained';

export const VARIABLE_GIVEN_TWICE_OVER: RuleCase = {
  rule: variableGivenTwiceOver,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].env[0].valueFrom': { fieldRef: { fieldPath: 'metadata.name' } } },
      at: 'spec.template.spec.containers[0].env[0].valueFrom',
      says: /gives NAME a value and a source/,
      severity: Severity.ERROR,
    },
  ],
  cluster: 'rejects',
};
