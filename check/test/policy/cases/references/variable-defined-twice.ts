import { Severity } from '../../../../src/policy/finding';
import { variableDefinedTwice } from '../../../../src/policy/rules/references/variable-defined-twice';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from '../security/trained';

export const VARIABLE_DEFINED_TWICE: RuleCase = {
  rule: variableDefinedTwice,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].env[1].name': 'NAME' },
      at: 'spec.template.spec.containers[0].env[1].name',
      says: /defines the variable NAME twice/,
      severity: Severity.WARNING,
    },
  ],
};
