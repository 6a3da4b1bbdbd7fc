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
    'in two namespaces': `${configMap('name: one')}---${configMap('name: one', 'other')}`,
    'each gets a name of its own': `${configMap('generateName: one-')}---${configMap('generateName: one-')}`,
  },
};
