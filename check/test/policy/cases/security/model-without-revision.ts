import { Severity } from '../../../../src/policy/finding';
import { modelWithoutRevision } from '../../../../src/policy/rules/security/model-without-revision';
import type { RuleCase } from '../../rule-case';
import { SERVED } from '../serving/served';

export const MODEL_WITHOUT_REVISION: RuleCase = {
  rule: modelWithoutRevision,
  good: SERVED.replace('ports:', "args: ['--model=org/model', '--revision=0123abc']\n        ports:"),
  flips: [
    {
      change: { 'spec.template.spec.containers[0].args[1]': '--port=8000' },
      at: 'spec.template.spec.containers[0].args[0]',
      says: /loads org\/model without a revision/,
      severity: Severity.WARNING,
    },
  ],
  silent: { 'a folder': SERVED.replace('ports:', "args: ['--model=/models/chat']\n        ports:") },
};
