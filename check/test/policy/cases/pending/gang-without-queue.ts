import { Severity } from '../../../../src/policy/finding';
import { gangWithoutQueue } from '../../../../src/policy/rules/pending/gang-without-queue';
import type { Flip, RuleCase } from '../../rule-case';

const gang = (labels: string, run = '{}', workers = 3): string => `
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata: { name: llm, namespace: ml, labels: ${labels} }
spec:
  runPolicy: ${run}
  pytorchReplicaSpecs:
    Worker:
      replicas: ${workers}
      template:
        spec:
          tolerations: [{ key: nvidia.com/gpu, operator: Exists }]
          containers:
          - { name: pytorch, image: 'example.com/llm:v1', resources: { limits: { nvidia.com/gpu: 8 } } }
`;
const jobSet = (annotations: string): string => `
apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: { name: llm, annotations: ${annotations} }
spec:
  replicatedJobs:
  - name: node
    template:
      spec:
        parallelism: 4
        completions: 4
        template:
          spec:
            restartPolicy: Never
            containers: [{ name: main, image: 'example.com/llm:v1', resources: { limits: { nvidia.com/gpu: 8 } } }]
`;

const WORKER = 'spec.pytorchReplicaSpecs.Worker.template';
const servers = (replicas: number): string => `
apiVersion: leaderworkerset.x-k8s.io/v1
kind: LeaderWorkerSet
metadata: { name: llm, namespace: ml }
spec:
  replicas: ${replicas}
  leaderWorkerTemplate:
    size: 2
    workerTemplate:
      spec:
        containers: [{ name: vllm, image: 'vllm/vllm-openai:v1', resources: { limits: { nvidia.com/gpu: 8 } } }]
`;
const trainJob = (name: string, kind = ''): string => `
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata: { name: llm, namespace: ml }
spec:
  runtimeRef: { name: ${name}${kind} }
  trainer: { numNodes: 4, resourcesPerNode: { limits: { nvidia.com/gpu: 8 } } }
`;
const runtime = (more: string): string => `
apiVersion: trainer.kubeflow.org/v1alpha1
kind: ClusterTrainingRuntime
metadata: { name: ours }
spec:
  ${more}
`;

export const SERVERS_WITHOUT_QUEUE: RuleCase = {
  rule: gangWithoutQueue,
  good: servers(1),
  flips: [
    {
      change: { 'spec.replicas': 2 },
      at: 'metadata.labels',
      says: /pods one by one/,
      severity: Severity.WARNING,
    },
  ],
};

export const TRAIN_JOB_WITHOUT_QUEUE: RuleCase = {
  rule: gangWithoutQueue,
  good: trainJob('ours'),
  flips: [
    {
      change: { 'spec.runtimeRef.name': 'torch-distributed' },
      at: 'metadata.labels',
      says: /starts 4 pods one by one/,
      severity: Severity.WARNING,
    },
  ],
};

export const JOB_OF_KAI_WITHOUT_GROUP: RuleCase = {
  rule: gangWithoutQueue,
  good: `
apiVersion: batch/v1
kind: Job
metadata: { name: llm, namespace: ml, annotations: { kai.scheduler/batch-min-member: '4' } }
spec:
  completionMode: Indexed
  completions: 4
  parallelism: 4
  template:
    metadata: { labels: { kai.scheduler/queue: research } }
    spec:
      schedulerName: kai-scheduler
      subdomain: llm
      restartPolicy: Never
      containers: [{ name: main, image: 'example.com/llm:v1', resources: { limits: { nvidia.com/gpu: 8 } } }]
`,
  flips: [
    {
      change: { 'metadata.annotations': undefined },
      at: 'metadata.labels',
      says: /starts 4 pods one by one/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a JobSet, of which KAI knows how many pods it needs': jobSet('{}').replace(
      'restartPolicy: Never',
      'schedulerName: kai-scheduler',
    ),
  },
};

export const GANG_WITHOUT_QUEUE: RuleCase = {
  rule: gangWithoutQueue,
  good: gang('{ kueue.x-k8s.io/queue-name: research }'),
  flips: [
    {
      change: { 'metadata.labels': undefined },
      at: 'metadata.labels',
      says: /starts 3 pods one by one, in no queue and no pod group/,
      severity: Severity.WARNING,
    },
    ...(
      [
        { 'metadata.labels': { app: 'llm' } },
        { 'metadata.labels': undefined, 'spec.pytorchReplicaSpecs.Worker.replicas': 2 },
        { 'metadata.labels': undefined, 'spec.elasticPolicy': { minReplicas: 2 } },
        { 'metadata.labels': undefined, 'spec.elasticPolicy': { maxReplicas: 2 } },
        { 'metadata.labels': undefined, [`${WORKER}.spec.schedulerName`]: 'default-scheduler' },
      ] as Flip['change'][]
    ).map((change: Flip['change']) => ({
      change,
      at: 'metadata.labels',
      says: /starts [23] pods one by one/,
      severity: Severity.WARNING,
    })),
  ],
  silent: {
    'a pod group of Kubernetes itself': gang('{}').replace('tolerations', 'schedulingGroup: {}\n          tolerations'),
    'an object of Kubernetes that holds a group': gang('{}').replace(
      'tolerations',
      'workloadRef: {}\n          tolerations',
    ),
    'a group by an annotation of its pods': gang('{}').replace(
      '      template:\n',
      '      template:\n        metadata: { annotations: { scheduling.k8s.io/group-name: llm } }\n',
    ),
    'a group by a label of a Job of the set': jobSet('{}').replace(
      '    template:\n      spec',
      '    template:\n      metadata: { labels: { kueue.x-k8s.io/pod-group-name: llm } }\n      spec',
    ),
    'one pod with GPUs beside one without': gang('{}', '{}', 1).replace(
      'Worker:',
      `Master:
      template: { spec: { containers: [{ name: pytorch, image: 'example.com/llm:v1' }] } }
    Worker:`,
    ),
    'a Job of Volcano': `
apiVersion: batch.volcano.sh/v1alpha1
kind: Job
metadata: { name: llm }
spec:
  tasks:
  - name: worker
    replicas: 2
    template: { spec: { containers: [{ name: main, image: 'a:v1', resources: { limits: { nvidia.com/gpu: 8 } } }] } }
`,
    'a server of one group, which waits for no other': servers(1),
    'a runtime of their own, which may make a group': trainJob('ours'),
    'a runtime with a policy for groups': `${trainJob('ours')}---${runtime('podGroupPolicy: { coscheduling: {} }')}`,
    'a runtime with labels': `${trainJob('ours')}---${runtime('template: { metadata: { labels: { a: b } } }')}`,
    'one pod': gang('{}', '{}', 1),
    'a pod group of the operator': gang('{}', '{ schedulingPolicy: { minAvailable: 3 } }'),
    'one Job of a JobSet for each part of the cluster': jobSet(
      '{ alpha.jobset.sigs.k8s.io/exclusive-topology: cloud.google.com/gke-nodepool }',
    ),
    'Volcano starts all or none': jobSet('{}').replace('restartPolicy: Never', 'schedulerName: volcano'),
    'a run that goes on with one worker': gang('{}').replace('runPolicy: {}', 'elasticPolicy: { minReplicas: 1 }'),
    'no GPUs': gang('{}').replace('nvidia.com/gpu: 8', 'cpu: 8'),
  },
};
