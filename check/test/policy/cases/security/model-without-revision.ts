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
    {
      change: {
        'spec.template.spec.containers[0].args': undefined,
        'spec.template.spec.containers[0].env': [{ name: 'MODEL_ID', value: 'org/model' }],
      },
      at: 'spec.template.spec.containers[0].env[0].value',
      says: /loads org\/model without a revision/,
      severity: Severity.WARNING,
    },
    {
      change: {
        'spec.template.spec.containers[0].args': ['--model=$(NAME)'],
        'spec.template.spec.containers[0].env': [{ name: 'NAME', value: 'org/model' }],
      },
      at: 'spec.template.spec.containers[0].env[0].value',
      says: /loads org\/model without a revision/,
      severity: Severity.WARNING,
    },
    {
      change: {
        'spec.template.spec.containers[0].args': undefined,
        'spec.template.spec.containers[0].command': ['vllm', 'serve', 'org/model'],
      },
      at: 'spec.template.spec.containers[0].command[2]',
      says: /loads org\/model without a revision/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a revision in a variable': SERVED.replace(
      'ports:',
      'env: [{ name: MODEL_ID, value: org/model }, { name: REVISION, value: 0123abc }]\n        ports:',
    ),
    'a folder beside the program': SERVED.replace('ports:', "args: ['--model=models/chat']\n        ports:"),
    'a folder': SERVED.replace('ports:', "args: ['--model=/models/chat']\n        ports:"),
  },
};
