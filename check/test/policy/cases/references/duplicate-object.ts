import { Severity } from '../../../../src/policy/finding';
import { duplicateObject } from '../../../../src/policy/rules/references/duplicate-object';
import type { RuleCase } from '../../rule-case';

const configMap = (name: string, namespace = 'ml'): string => `
apiVersion: v1
kind: ConfigMap
metadata: { ${name}, namespace: ${namespace} }
data: { a: b }
`;

export const DUPLICATE_OBJECT: RuleCase = {
  rule: duplicateObject,
  good: `${configMap('name: one')}---${configMap('name: two')}`,
  flips: [
    {
      object: 1,
      change: { 'metadata.name': 'one' },
      at: 'metadata.name',
      says: /is there twice: also in manifest.yaml, line \d/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    once: configMap('name: one'),
    'the step of a workflow that makes it': `${configMap('name: one')}---
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: make-, namespace: ml }
spec:
  entrypoint: main
  templates:
  - name: main
    resource:
      action: apply
      manifest: |${configMap('name: one').replace(/\n/g, '\n        ')}
`,
    'in two namespaces': `${configMap('name: one')}---${configMap('name: one', 'other')}`,
    'each gets a name of its own': `${configMap('generateName: one-')}---${configMap('generateName: one-')}`,
  },
};
