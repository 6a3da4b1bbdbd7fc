import { Severity } from '../../../../src/policy/finding';
import { gangName } from '../../../../src/policy/rules/slow-gang/gang-name';
import { gangRetries } from '../../../../src/policy/rules/slow-gang/gang-retries';
import { gangSchedulerUnnamed } from '../../../../src/policy/rules/slow-gang/gang-scheduler-unnamed';
import { leftoverPods } from '../../../../src/policy/rules/slow-gang/leftover-pods';
import { masterCount } from '../../../../src/policy/rules/slow-gang/master-count';
import { mixedRoles } from '../../../../src/policy/rules/slow-gang/mixed-roles';
import { trainingContainerName } from '../../../../src/policy/rules/slow-gang/training-container-name';
import type { RuleCase } from '../../rule-case';
import { INDEXED_JOB, MASTER, MPI_JOB, POD, PYTORCH_JOB, WORKER } from './manifests';

const GROUPED = INDEXED_JOB.replace(
  'labels: { app: train }',
  'labels: { app: train }, annotations: { scheduling.k8s.io/group-name: train }',
).replace('subdomain', 'schedulerName: volcano\n      subdomain');

export const GANG_SCHEDULER_UNNAMED: RuleCase = {
  rule: gangSchedulerUnnamed,
  good: GROUPED,
  flips: [
    {
      change: { [`${POD}.schedulerName`]: undefined },
      at: `${POD}.schedulerName`,
      says: /asks for a gang by scheduling.k8s.io\/group-name and does not name its scheduler, volcano/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${POD}.schedulerName`]: 'default-scheduler' },
      at: `${POD}.schedulerName`,
      says: /does not name its scheduler/,
      severity: Severity.WARNING,
    },
  ],
  silent: { 'no group': INDEXED_JOB },
};

export const GANG_NAME: RuleCase = {
  rule: gangName,
  good: PYTORCH_JOB,
  flips: [
    {
      change: { 'metadata.name': '7b-train' },
      at: 'metadata.name',
      says: /has a name that must start with a letter/,
      severity: Severity.ERROR,
    },
    {
      change: { 'metadata.name': `t${'x'.repeat(54)}` },
      at: 'metadata.name',
      says: /-master-0, which has 64 characters of at most 63/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'no name is another finding': PYTORCH_JOB.replace('name: train', "name: ''"),
    'a name that no object may have': PYTORCH_JOB.replace('name: train', 'name: Train_1'),
    'a kind that makes no host names': MPI_JOB.replace('kind: MPIJob', 'kind: Notebook').replace(
      'name: train',
      `name: ${'x'.repeat(63)}`,
    ),
    'a name that just fits': PYTORCH_JOB.replace('name: train', `name: t${'x'.repeat(53)}`),
    'a name that is made later': PYTORCH_JOB.replace('name: train', 'generateName: train-'),
    'a Job whose pods have no index': INDEXED_JOB.replace('completionMode: Indexed\n', 'suspend: false\n').replace(
      'name: train',
      'name: a.b',
    ),
  },
};

export const GANG_NAME_OF_JOB_SET: RuleCase = {
  rule: gangName,
  good: `
apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: { name: train, namespace: ml }
spec:
  replicatedJobs:
  - name: a
    replicas: 10
    template: { spec: { backoffLimit: 0, template: { spec: { restartPolicy: Never, containers: [{ name: a, image: 'registry.example.com/a:v1' }] } } } }
  - name: workers
    template: { spec: { backoffLimit: 0, template: { spec: { restartPolicy: Never, containers: [{ name: a, image: 'registry.example.com/a:v1' }] } } } }
`,
  flips: [
    {
      change: { 'metadata.name': 'x'.repeat(46) },
      at: 'metadata.name',
      says: /-workers-0-0-abcde, which has 64 characters/,
      severity: Severity.ERROR,
    },
    {
      change: { 'metadata.name': 'x'.repeat(45), 'spec.replicatedJobs[1].replicas': 11 },
      at: 'metadata.name',
      says: /-workers-10-0-abcde, which has 64 characters/,
      severity: Severity.ERROR,
    },
    {
      change: { 'metadata.name': 'x'.repeat(45), 'spec.replicatedJobs[1].template.spec.parallelism': 11 },
      at: 'metadata.name',
      says: /-workers-0-10-abcde, which has 64 characters/,
      severity: Severity.ERROR,
    },
    {
      change: { 'metadata.name': 'x'.repeat(51), 'spec.replicatedJobs[1].name': 'bc' },
      at: 'metadata.name',
      says: /-bc-0-0-abcde, which has 64 characters/,
      severity: Severity.ERROR,
    },
  ],
};

export const GANG_NAME_OF_INDEXED_JOB: RuleCase = {
  rule: gangName,
  good: INDEXED_JOB,
  flips: [
    {
      change: { 'metadata.name': 'x'.repeat(62) },
      at: 'metadata.name',
      says: /which has 64 characters/,
      severity: Severity.ERROR,
    },
    {
      change: { 'metadata.name': 'a.b' },
      at: 'metadata.name',
      says: /has a name that must consist/,
      severity: Severity.ERROR,
    },
  ],
  cluster: 'rejects',
};

export const GANG_RETRIES: RuleCase = {
  rule: gangRetries,
  good: INDEXED_JOB,
  flips: [
    {
      change: { 'spec.backoffLimit': 1 },
      at: 'spec.backoffLimit',
      says: /has a backoffLimit of 1, which the first fault of its 2 pods uses up/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.backoffLimit': undefined, 'spec.parallelism': 16, 'spec.completions': 16 },
      at: 'spec.backoffLimit',
      says: /the default backoffLimit of 6, which the first fault of its 16 pods/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'as many as pods': INDEXED_JOB.replace('backoffLimit: 4', 'backoffLimit: 2'),
    'each index has its own': INDEXED_JOB.replace('backoffLimit: 4', 'backoffLimitPerIndex: 1'),
    'a kind whose operator counts otherwise': MPI_JOB.replace('runPolicy: {', 'runPolicy: { backoffLimit: 1,'),
    'a gang without GPUs, which its operator starts again as a whole': PYTORCH_JOB.replaceAll(
      'nvidia.com/gpu: 2, ',
      '',
    ).replace('runPolicy: {', 'runPolicy: { backoffLimit: 1,'),
    'never tried again': INDEXED_JOB.replace('backoffLimit: 4', 'backoffLimit: 0'),
    'the default, for few pods': INDEXED_JOB.replace('backoffLimit: 4', 'suspend: false'),
    'no limit at all': PYTORCH_JOB,
    'a gang of another kind': `
apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: { name: train }
spec:
  failurePolicy: { maxRestarts: 1 }
  replicatedJobs:
  - name: node
    template: { spec: { parallelism: 4, completions: 4, template: { spec: { containers: [{ name: a, image: 'a:1', resources: { limits: { nvidia.com/gpu: 1 } } }] } } } }
`,
  },
};

export const TRAINING_CONTAINER_NAME: RuleCase = {
  rule: trainingContainerName,
  good: PYTORCH_JOB,
  flips: [
    {
      change: { [`${WORKER}.containers[0].name`]: 'trainer' },
      at: `${WORKER}.containers[0].name`,
      says: /has no container named pytorch in Worker/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'the name is behind a sidecar': PYTORCH_JOB.replaceAll(
      '          containers:\n',
      "          containers:\n          - { name: logs, image: 'a/b:1' }\n",
    ),
    'any name will do': MPI_JOB,
  },
};

export const MASTER_COUNT: RuleCase = {
  rule: masterCount,
  good: PYTORCH_JOB,
  flips: [
    {
      change: { 'spec.pytorchReplicaSpecs.Master.replicas': 2 },
      at: 'spec.pytorchReplicaSpecs.Master.replicas',
      says: /has 2 replicas of Master/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'more workers': PYTORCH_JOB.replace(/(Worker:\n\s+replicas:) 1/, '$1 3') },
};

export const MIXED_ROLES: RuleCase = {
  rule: mixedRoles,
  good: PYTORCH_JOB,
  flips: [
    {
      change: { [`${WORKER}.containers[0].image`]: 'registry.example.com/trainer:v2' },
      at: `${WORKER}.containers[0].image`,
      says: /has a master of registry.example.com\/trainer:v1 and workers of registry.example.com\/trainer:v2/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${WORKER}.containers[0].resources.limits['nvidia.com/gpu']`]: 1 },
      at: `${WORKER}.containers[0].resources.limits['nvidia.com/gpu']`,
      says: /has a master with 2 and workers with 1 of nvidia.com\/gpu/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${WORKER}.containers[0].resources.limits.memory`]: undefined },
      at: `${WORKER}.containers[0].resources.requests.memory`,
      says: /has a master with 64Gi and workers with none of memory/,
      severity: Severity.WARNING,
    },
    {
      change: {
        [`${WORKER}.containers[0].resources.limits`]: { memory: '32Gi', 'nvidia.com/gpu': 1 },
        [`${MASTER}.containers[0].resources.limits`]: { memory: '64Gi', 'nvidia.com/gpu': 2 },
      },
      at: `${WORKER}.containers[0].resources.limits['nvidia.com/gpu']`,
      says: /of nvidia.com\/gpu/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a launcher that trains nothing': MPI_JOB,
    'a kind whose roles differ in what they do': PYTORCH_JOB.replace('kind: PyTorchJob', 'kind: TFJob')
      .replace('pytorchReplicaSpecs', 'tfReplicaSpecs')
      .replace('trainer:v1', 'trainer:v2'),
    'a master alone': PYTORCH_JOB.replace(/ {4}Worker:[^]*/, ''),
    'workers alone': PYTORCH_JOB.replace(/ {4}Master:[^]* {4}Worker:/, '    Worker:'),
    'a container that the workers do not have': PYTORCH_JOB.replace('name: pytorch', 'name: main').replace(
      'trainer:v1',
      'trainer:v2',
    ),
    'an image that is not given is another finding': PYTORCH_JOB.replace(
      '            image: registry.example.com/trainer:v1\n',
      '',
    ),
    'the same amount, written otherwise': PYTORCH_JOB.replace('memory: 64Gi', 'memory: 65536Mi'),
  },
};

export const LEFTOVER_PODS: RuleCase = {
  rule: leftoverPods,
  good: MPI_JOB,
  flips: [
    {
      change: { 'spec.runPolicy.cleanPodPolicy': undefined },
      at: 'spec.runPolicy.cleanPodPolicy',
      says: /has no cleanPodPolicy/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.runPolicy.cleanPodPolicy': 'None' },
      at: 'spec.runPolicy.cleanPodPolicy',
      says: /has cleanPodPolicy None/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'all pods end by themselves': PYTORCH_JOB.replace('cleanPodPolicy: Running, ', ''),
    'a single pod': `
apiVersion: kubeflow.org/v1
kind: TFJob
metadata: { name: train }
spec: { tfReplicaSpecs: { Worker: { replicas: 1, template: { spec: { containers: [{ name: tensorflow, image: 'a/b:1' }] } } } } }
`,
    'where MPIJob v1 has it': MPI_JOB.replace('v2beta1', 'v1').replace(
      'runPolicy: { cleanPodPolicy: Running, activeDeadlineSeconds: 3600 }',
      'cleanPodPolicy: Running',
    ),
  },
};
