import { Severity } from '../../../../src/policy/finding';
import { plainSecret } from '../../../../src/policy/rules/security/plain-secret';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from './trained';

export const PLAIN_SECRET: RuleCase = {
  rule: plainSecret,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].env[0].name': 'DB_PASSWORD' },
      at: 'spec.template.spec.containers[0].env[0].value',
      says: /in the variable DB_PASSWORD/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].env[0].value': 'hf_' + 'a1B2'.repeat(9) },
      at: 'spec.template.spec.containers[0].env[0].value',
      says: /in the variable NAME/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].env[0].value': 'AccountName=a;AccountKey=' + 'a1B+'.repeat(9) },
      at: 'spec.template.spec.containers[0].env[0].value',
      says: /in the variable NAME/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].args[0]': '--url=https://bob:secret@example.com' },
      at: 'spec.template.spec.containers[0].args[0]',
      says: /plain text in args\[0\]/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].args': ['--api-key', 'hunter2'] },
      at: 'spec.template.spec.containers[0].args[1]',
      says: /plain text in args\[1\]/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].args': ['--redis-password=hunter2'] },
      at: 'spec.template.spec.containers[0].args[0]',
      says: /plain text in args\[0\]/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].command': ['sh', '-c', 'export HF_TOKEN=hunter2\npython train.py'] },
      at: 'spec.template.spec.containers[0].command[2]',
      says: /plain text in command\[2\]/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].command': ['sh', '-c', 'HF_TOKEN="hunter2" python train.py'] },
      at: 'spec.template.spec.containers[0].command[2]',
      says: /plain text in command\[2\]/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].command': ['sh', '-c', "python train.py --api-key='hunter2'"] },
      at: 'spec.template.spec.containers[0].command[2]',
      says: /plain text in command\[2\]/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'a variable in an address': TRAINED.replace(
      '[python, train.py]',
      '[sh, -c, "git clone https://bob:$TOKEN@example.com/x"]',
    ),
    'a secret of a variable': TRAINED.replace('--lr=0.1', '--api-key=$(NAME)'),
    'what a shell reads elsewhere': TRAINED.replace(
      '[python, train.py]',
      '[sh, -c, "export TOKEN=$(cat /t); PASSWORD=`cat /p` a"]',
    ),
    'a secret of a variable in quotes': TRAINED.replace(
      '[python, train.py]',
      '[sh, -c, \'python train.py --api-key="$KEY"\']',
    ),
    'a number of a token': TRAINED.replace('name: NAME', 'name: API_TOKEN_FAILURE_RATE'),
    'the name of a Secret': TRAINED.replace('--lr=0.1', '--secret=registry'),
    'where it is kept': TRAINED.replace(
      '{ name: NAME, value: first }',
      '{ name: HF_TOKEN, value: "vault:secret/data/hf#token" }',
    ),
    'a token of a text': TRAINED.replace('--lr=0.1', '--initializer_token=toy'),
    'a file, a size and a name are none': TRAINED.replace('name: NAME', 'name: MAX_TOKENS'),
    'a placeholder': TRAINED.replace('{ name: NAME, value: first }', '{ name: HF_TOKEN, value: "<your token>" }'),
  },
};
