import { Severity } from '../../../../src/policy/finding';
import { gpuRunDeadline } from '../../../../src/policy/rules/runaway/gpu-run-deadline';
import type { RuleCase } from '../../rule-case';

export const GPU_RUN_DEADLINE: RuleCase = {
  rule: gpuRunDeadline,
  good: `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml }
spec:
  activeDeadlineSeconds: 3600
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: main
        image: registry.example.com/trainer:v1
        resources: { limits: { nvidia.com/gpu: 1 } }
`,
  flips: [
    {
      change: { 'spec.activeDeadlineSeconds': undefined },
      at: 'spec.activeDeadlineSeconds',
      says: /holds GPUs and has no deadline/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'without GPUs': `
apiVersion: batch/v1
kind: Job
metadata: { name: copy }
spec: { template: { spec: { restartPolicy: Never, containers: [{ name: main, image: 'example.com/copy:v1' }] } } }
`,
    'a deadline that cannot be read is another finding': `
apiVersion: batch/v1
kind: Job
metadata: { name: train }
spec:
  activeDeadlineSeconds: 24h
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: main, image: 'example.com/t:v1', resources: { limits: { nvidia.com/gpu: 1 } } }]
`,
  },
};
