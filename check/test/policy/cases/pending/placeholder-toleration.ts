import { Severity } from '../../../../src/policy/finding';
import { placeholderToleration } from '../../../../src/policy/rules/pending/placeholder-toleration';
import type { RuleCase } from '../../rule-case';
import { podWith } from './manifests';

const at = 'spec.tolerations[0].key';

export const PLACEHOLDER_TOLERATION: RuleCase = {
  rule: placeholderToleration,
  good: podWith('{}', 'tolerations: [{ key: team, operator: Equal, value: nlp, effect: NoSchedule }]'),
  flips: ['key', 'key1', 'example-key'].map((key) => ({
    change: { [at]: key },
    at,
    says: new RegExp(`tolerates ${key}, a name from documentation`),
    severity: Severity.WARNING,
  })),
  silent: {
    'nodes that really have it': `${podWith('{}', 'tolerations: [{ key: key1, operator: Exists }]')}---
apiVersion: v1
kind: Node
metadata: { name: one }
spec: { taints: [{ key: key1, effect: NoSchedule }] }
`,
  },
};
