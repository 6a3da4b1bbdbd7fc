import { Severity } from '../../../../src/policy/finding';
import { resultOnlyOnClaim } from '../../../../src/policy/rules/lost-work/result-only-on-claim';
import { CONTAINER } from '../job-manifests';
import type { RuleCase } from '../../rule-case';
import { CLAIM, training } from './manifests';

const to = (output: string, more = ''): string =>
  training(`args: [--output, ${output}]\nvolumeMounts: [{ name: ckpt, mountPath: /models }]\n${more}`, CLAIM);

export const RESULT_ONLY_ON_CLAIM: RuleCase = {
  rule: resultOnlyOnClaim,
  good: to('"s3://team/bert"'),
  flips: [
    {
      change: { [`${CONTAINER}.args[1]`]: '/models/bert' },
      at: `${CONTAINER}.args[1]`,
      says: /leaves its result at \/models\/bert on the claim fsx, and nothing here takes it further/,
      severity: Severity.INFO,
    },
  ],
  silent: {
    'a registry takes it': to('/models/bert', 'env: [{ name: MLFLOW_TRACKING_URI, value: "http://mlflow" }]'),
    'a server takes it from there': `${to('/models/bert')}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: server }
spec:
  template:
    spec:
      containers: [{ name: main, image: 'a:1' }]
      volumes: [{ name: models, persistentVolumeClaim: { claimName: fsx } }]
`,
  },
};
