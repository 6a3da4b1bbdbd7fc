import { Severity } from '../../../../src/policy/finding';
import { manyRetries } from '../../../../src/policy/rules/runaway/many-retries';
import { deadlineAbovePeriod } from '../../../../src/policy/rules/runaway/deadline-above-period';
import { queuedDeadline } from '../../../../src/policy/rules/runaway/queued-deadline';
import type { RuleCase } from '../../rule-case';

const JOB = `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml }
spec:
  activeDeadlineSeconds: 3600
  backoffLimit: 3
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: main
        image: registry.example.com/trainer:v1
        resources: { limits: { nvidia.com/gpu: 1 } }
`;

export const MANY_RETRIES: RuleCase = {
  rule: manyRetries,
  good: JOB,
  flips: [
    {
      change: { 'spec.backoffLimit': 11 },
      at: 'spec.backoffLimit',
      says: /holds GPUs and has 11 retries/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'ten retries': JOB.replace('backoffLimit: 3', 'backoffLimit: 10'),
    'without GPUs': JOB.replace('backoffLimit: 3', 'backoffLimit: 30').replace(/ {8}resources.*\n/, ''),
    'a limit that counts the pods of a gang': JOB.replace(
      'backoffLimit: 3',
      'backoffLimit: 24\n  completionMode: Indexed\n  completions: 8\n  parallelism: 8',
    ).replace('restartPolicy', 'subdomain: train\n      restartPolicy'),
  },
};

const JOB_SET = `
apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: { name: train, namespace: ml }
spec:
  failurePolicy: { maxRestarts: 20 }
  replicatedJobs:
  - name: node
    template:
      spec:
        activeDeadlineSeconds: 3600
        backoffLimit: 0
        template:
          spec:
            restartPolicy: Never
            containers:
            - name: main
              image: registry.example.com/trainer:v1
              resources: { limits: { nvidia.com/gpu: 1 } }
`;

export const MANY_RETRIES_OF_JOB_SET: RuleCase = {
  rule: manyRetries,
  good: JOB_SET,
  flips: [
    {
      change: { 'spec.failurePolicy.maxRestarts': 21 },
      at: 'spec.failurePolicy.maxRestarts',
      says: /holds GPUs and has 21 restarts/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.replicatedJobs[0].template.spec.backoffLimit': 11 },
      at: 'spec.replicatedJobs[0].template.spec.backoffLimit',
      says: /holds GPUs and has 11 retries/,
      severity: Severity.WARNING,
    },
  ],
};

export const MANY_RETRIES_OF_ELASTIC_RUN: RuleCase = {
  rule: manyRetries,
  good: `
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata: { name: train, namespace: ml }
spec:
  elasticPolicy: { minReplicas: 1, maxReplicas: 2, maxRestarts: 3 }
  runPolicy: { activeDeadlineSeconds: 3600 }
  pytorchReplicaSpecs:
    Worker:
      replicas: 1
      template:
        spec:
          containers:
          - name: pytorch
            image: registry.example.com/trainer:v1
            resources: { limits: { nvidia.com/gpu: 1 } }
`,
  flips: [
    {
      change: { 'spec.elasticPolicy.maxRestarts': 100 },
      at: 'spec.elasticPolicy.maxRestarts',
      says: /holds GPUs and has 100 restarts/,
      severity: Severity.WARNING,
    },
  ],
};

const CRON_JOB = `
apiVersion: batch/v1
kind: CronJob
metadata: { name: retrain, namespace: ml }
spec:
  schedule: "0 2 * * *"
  timeZone: Europe/Paris
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      activeDeadlineSeconds: 172800
      template:
        spec:
          restartPolicy: Never
          containers:
          - name: main
            image: registry.example.com/trainer:v1
            resources: { limits: { nvidia.com/gpu: 1 } }
`;

export const DEADLINE_ABOVE_PERIOD: RuleCase = {
  rule: deadlineAbovePeriod,
  good: CRON_JOB,
  flips: [
    {
      change: { 'spec.concurrencyPolicy': 'Allow' },
      at: 'spec.jobTemplate.spec.activeDeadlineSeconds',
      says: /may run for 172800 seconds and starts again after 86400, beside itself/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.concurrencyPolicy': undefined },
      at: 'spec.jobTemplate.spec.activeDeadlineSeconds',
      says: /beside itself/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'an end before the next start': CRON_JOB.replace('Forbid', 'Allow').replace('172800', '3600'),
    'the older run is replaced': CRON_JOB.replace('Forbid', 'Replace'),
    'a schedule that cannot be read is another finding': CRON_JOB.replace('Forbid', 'Allow').replace(
      '0 2 * * *',
      'daily',
    ),
  },
};

const QUEUED = JOB.replace(
  'namespace: ml }',
  'namespace: ml, labels: { kueue.x-k8s.io/queue-name: research, kueue.x-k8s.io/max-exec-time-seconds: "3600" } }',
);

export const QUEUED_DEADLINE: RuleCase = {
  rule: queuedDeadline,
  good: QUEUED,
  flips: [
    {
      change: { "metadata.labels['kueue.x-k8s.io/max-exec-time-seconds']": undefined },
      at: 'spec.activeDeadlineSeconds',
      says: /starts anew each time Kueue admits the run/,
      severity: Severity.INFO,
    },
  ],
  silent: { 'a run without a queue': JOB },
};

export const MANY_RETRIES_OF_MPI_JOB: RuleCase = {
  rule: manyRetries,
  good: `
apiVersion: kubeflow.org/v2beta1
kind: MPIJob
metadata: { name: train, namespace: ml }
spec:
  slotsPerWorker: 1
  runPolicy: { activeDeadlineSeconds: 3600, backoffLimit: 3, cleanPodPolicy: Running }
  mpiReplicaSpecs:
    Launcher:
      template:
        spec: { containers: [{ name: launcher, image: 'registry.example.com/trainer:v1', command: [mpirun, -np, "4", ./train] }] }
    Worker:
      replicas: 4
      template:
        spec:
          containers:
          - name: worker
            image: registry.example.com/trainer:v1
            resources: { limits: { nvidia.com/gpu: 1 } }
`,
  flips: [
    {
      change: { 'spec.runPolicy.backoffLimit': 20 },
      at: 'spec.runPolicy.backoffLimit',
      says: /holds GPUs and has 20 retries/,
      severity: Severity.WARNING,
    },
  ],
};
