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
    'Kueue ends it': `
apiVersion: batch/v1
kind: Job
metadata: { name: train, labels: { kueue.x-k8s.io/queue-name: a, kueue.x-k8s.io/max-exec-time-seconds: "3600" } }
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: main, image: 'example.com/t:v1', resources: { limits: { nvidia.com/gpu: 1 } } }]
`,
    'every step with GPUs has an end of its own': `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: train- }
spec:
  entrypoint: train
  templates:
  - name: train
    activeDeadlineSeconds: 3600
    container: { image: 'example.com/t:v1', resources: { limits: { nvidia.com/gpu: 1 } } }
`,
    'the runtime of a TrainJob ends it': `
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata: { name: train, namespace: ml }
spec:
  runtimeRef: { kind: TrainingRuntime, name: torch }
  trainer: { resourcesPerNode: { limits: { nvidia.com/gpu: 1 } } }
---
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainingRuntime
metadata: { name: torch, namespace: ml }
spec:
  template:
    spec:
      replicatedJobs:
      - name: node
        template: { spec: { activeDeadlineSeconds: 3600, template: { spec: { containers: [] } } } }
`,
  },
};
