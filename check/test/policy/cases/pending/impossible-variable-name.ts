import { Severity } from '../../../../src/policy/finding';
import { impossibleVariableName } from '../../../../src/policy/rules/pending/impossible-variable-name';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from '../security/trained';

const LAST = 'spec.template.spec.containers[0].env[1].name';

export const IMPOSSIBLE_VARIABLE_NAME: RuleCase = {
  rule: impossibleVariableName,
  good: TRAINED,
  flips: ['A=B', '', 'GRÖSSE'].map((name) => ({
    change: { [LAST]: name },
    at: LAST,
    says: /has a variable of the name '/,
    severity: Severity.ERROR,
  })),
  silent: { 'what is unusual': TRAINED.replace('name: LOG', 'name: app.log-level') },
  cluster: 'rejects',
};
