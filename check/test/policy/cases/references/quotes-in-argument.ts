import { Severity } from '../../../../src/policy/finding';
import { quotesInArgument } from '../../../../src/policy/rules/references/quotes-in-argument';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from '../security/trained';

export const QUOTES_IN_ARGUMENT: RuleCase = {
  rule: quotesInArgument,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].args[0]': '--name="a b"' },
      at: 'spec.template.spec.containers[0].args[0]',
      says: /passes the quotes of --name="a b"/,
      severity: Severity.WARNING,
    },
  ],
  silent: { 'JSON needs them': TRAINED.replace('--lr=0.1', '\'--config={"a":1}\'') },
};
