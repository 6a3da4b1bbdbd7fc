import { Severity } from '../../../../src/policy/finding';
import { modelWithoutRevision } from '../../../../src/policy/rules/security/model-without-revision';
import type { RuleCase } from '../../rule-case';
import { SERVED, WEB } from '../serving/served';

const SERVER = 'spec.template.spec.containers[0]';

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
      change: { [`${SERVER}.args[1]`]: '--revision=main' },
      at: `${SERVER}.args[0]`,
      says: /loads org\/model without a revision/,
      severity: Severity.WARNING,
    },
    {
      change: {
        'spec.template.spec.initContainers': [
          {
            name: 'get',
            image: 'a:v1',
            command: ['sh', '-c', 'huggingface-cli download org/other --local-dir /models'],
          },
        ],
      },
      at: 'spec.template.spec.initContainers[0].command[2]',
      says: /loads org\/other without a revision/,
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
    ...['$NAME', '${NAME}'].map((name) => ({
      change: {
        [`${SERVER}.args`]: undefined,
        [`${SERVER}.command`]: ['sh', '-c', `exec vllm serve ${name}`],
        [`${SERVER}.env`]: [
          { name: 'PORT', value: '8000' },
          { name: 'NAME', value: 'org/model' },
        ],
      },
      at: `${SERVER}.env[1].value`,
      says: /loads org\/model without a revision/,
      severity: Severity.WARNING,
    })),
    {
      change: { [`${SERVER}.args`]: undefined, [`${SERVER}.env`]: [{ name: 'HF_MODEL_ID', value: 'org/model' }] },
      at: `${SERVER}.env[0].value`,
      says: /loads org\/model without a revision/,
      severity: Severity.WARNING,
    },
    {
      change: {
        [`${SERVER}.args[1]`]: '--port=8000',
        [`${SERVER}.env`]: [{ name: 'REVISION_HISTORY', value: '3' }],
      },
      at: `${SERVER}.args[0]`,
      says: /loads org\/model without a revision/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a variable that is not known': SERVED.replace('ports:', "args: ['--model=$(NAME)']\n        ports:"),
    'a variable as part of a name': SERVED.replace(
      'ports:',
      "args: ['--model=$(OWNER)/model']\n        env: [{ name: OWNER, value: org }]\n        ports:",
    ),
    'another program that serves': SERVED.replace('ports:', 'command: [litserve, serve, org/model]\n        ports:'),
    'a container that runs first': SERVED.replace(
      '      containers:',
      "      initContainers: [{ name: fetch, image: 'a/b:1', args: ['--model=org/model'] }]\n      containers:",
    ),
    'a program without models': WEB.replace('livenessProbe', "args: ['--model-id=org/model'], livenessProbe"),
    'a revision in a variable': SERVED.replace(
      'ports:',
      'env: [{ name: MODEL_ID, value: org/model }, { name: REVISION, value: 0123abc }]\n        ports:',
    ),
    'a folder beside the program': SERVED.replace('ports:', "args: ['--model=models/chat']\n        ports:"),
    'a folder': SERVED.replace('ports:', "args: ['--model=/models/chat']\n        ports:"),
  },
};
