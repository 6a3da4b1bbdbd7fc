import { Severity } from '../../../../src/policy/finding';
import { gpuRunDeadline } from '../../../../src/policy/rules/runaway/gpu-run-deadline';
import type { RuleCase } from '../../rule-case';

const QUEUED = `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml, labels: { kueue.x-k8s.io/queue-name: research } }
spec:
  activeDeadlineSeconds: 3600
  template: { spec: { restartPolicy: Never, containers: [{ name: main, image: 'example.com/t:v1', resources: { limits: { nvidia.com/gpu: 1 } } }] } }
`;
const OF_VOLCANO = `
apiVersion: batch.volcano.sh/v1alpha1
kind: Job
metadata: { name: train, namespace: ml }
spec:
  tasks:
  - name: worker
    replicas: 1
    template:
      spec:
        activeDeadlineSeconds: 3600
        containers: [{ name: main, image: 'example.com/t:v1', resources: { limits: { nvidia.com/gpu: 1 } } }]
`;

/** What a queue holds back waits in view of its owner: only the end is missing. */
export const GPU_RUN_DEADLINE_IN_QUEUES: readonly RuleCase[] = (
  [
    [QUEUED, 'spec.activeDeadlineSeconds'],
    [OF_VOLCANO, 'spec.tasks[0].template.spec.activeDeadlineSeconds'],
  ] as const
).map(([good, at]) => ({
  rule: gpuRunDeadline,
  good,
  flips: [
    {
      change: { [at]: undefined },
      at,
      says: /holds GPUs and has no deadline/,
      severity: Severity.WARNING,
      facts: ['ML-COST-001'],
    },
  ],
}));

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
