import { Severity } from '../../../../src/policy/finding';
import { missingKey } from '../../../../src/policy/rules/references/missing-key';
import type { RuleCase } from '../../rule-case';

const pod = (from: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: main, namespace: ml }
spec:
  restartPolicy: Never
  containers:
  - { name: main, image: 'registry.example.com/main:v1', env: [{ name: LEVEL, valueFrom: ${from} }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: conf, namespace: ml }
data: { level: debug, mode: fast }
---
apiVersion: v1
kind: Secret
metadata: { name: empty, namespace: ml }
`;
const at = 'spec.containers[0].env[0].valueFrom.configMapKeyRef.key';

export const MISSING_KEY: RuleCase = {
  rule: missingKey,
  good: pod('{ configMapKeyRef: { name: conf, key: level } }'),
  flips: [
    {
      change: { [at]: 'levels' },
      at,
      says: /takes levels of ConfigMap conf, which has level, mode/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'it may be missing': pod('{ configMapKeyRef: { name: conf, key: other, optional: true } }'),
    'a Secret that is filled in later': pod('{ secretKeyRef: { name: empty, key: token } }'),
    'it is elsewhere': pod('{ configMapKeyRef: { name: other, key: other } }'),
  },
};
