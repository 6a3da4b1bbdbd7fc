import { Severity } from '../../../../src/policy/finding';
import { commandInOneText } from '../../../../src/policy/rules/pending/command-in-one-text';
import type { RuleCase } from '../../rule-case';
import { TRAINED } from '../security/trained';

export const COMMAND_IN_ONE_TEXT: RuleCase = {
  rule: commandInOneText,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].command': ['python train.py'] },
      at: 'spec.template.spec.containers[0].command[0]',
      says: /a program of the name 'python train.py'/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'KubeRay gives it to a shell': `
apiVersion: ray.io/v1
kind: RayCluster
metadata: { name: ray }
spec:
  headGroupSpec:
    template: { spec: { containers: [{ name: head, image: 'example.com/ray:v1', command: ['echo ready'] }] } }
`,
  },
};
