import { Severity } from '../../../../src/policy/finding';
import { elasticNodeCount } from '../../../../src/policy/rules/slow-gang/elastic-node-count';
import { launcherCounts } from '../../../../src/policy/rules/slow-gang/launcher-counts';
import { processesPerPod } from '../../../../src/policy/rules/slow-gang/processes-per-pod';
import { reservedVariable } from '../../../../src/policy/rules/slow-gang/reserved-variable';
import type { RuleCase } from '../../rule-case';
import { INDEXED_JOB, MASTER, MPI_JOB, POD, PYTORCH_JOB, WORKER } from './manifests';

const COMMAND = `${POD}.containers[0].command`;
const MPI_WORKER = 'spec.mpiReplicaSpecs.Worker.template.spec.containers[0]';
const LAUNCHER = 'spec.mpiReplicaSpecs.Launcher.template.spec.containers[0]';

export const PROCESSES_PER_POD: RuleCase = {
  rule: processesPerPod,
  good: INDEXED_JOB,
  flips: [
    {
      change: { [`${COMMAND}[2]`]: '--nproc_per_node=4' },
      at: `${COMMAND}[2]`,
      says: /starts 4 processes in each pod, which has 8 GPUs/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${COMMAND}[2]`]: '--log-dir=/logs' },
      at: `${COMMAND}[0]`,
      says: /has 8 GPUs in each pod and starts one process/,
      severity: Severity.WARNING,
    },
    {
      change: {
        [`${COMMAND}[2]`]: '--nproc-per-node=$(GPUS)',
        [`${POD}.containers[0].env`]: [{ name: 'GPUS', value: '2' }],
      },
      at: `${COMMAND}[2]`,
      says: /starts 2 processes/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'a variable that a shell fills in': INDEXED_JOB.replace('--nproc-per-node=8', '--nproc-per-node=$GPUS'),
    'all GPUs, by name': INDEXED_JOB.replace('--nproc-per-node=8', '--nproc-per-node=gpu'),
    'a variable of torchrun': INDEXED_JOB.replace(', --nproc-per-node=8', '').replace(
      '        resources',
      '        env: [{ name: PET_NPROC_PER_NODE, value: "8" }]\n        resources',
    ),
    'accelerate decides by itself': PYTORCH_JOB.replace('  nprocPerNode: "2"\n', '').replaceAll(
      '[torchrun, train.py]',
      '[accelerate, launch, train.py]',
    ),
    'processes of CPUs': PYTORCH_JOB.replaceAll('nvidia.com/gpu: 2, ', ''),
    'a runtime that counts by itself': `
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata: { name: train }
spec:
  runtimeRef: { name: torch-distributed }
  trainer: { numNodes: 2, command: [torchrun, train.py], resourcesPerNode: { limits: { nvidia.com/gpu: 4 } } }
`,
    'two launchers in one script': INDEXED_JOB.replace(
      /command: .*/,
      'command: [sh, -c, "if $ONE; then torchrun --nproc-per-node=1 a.py; else torchrun --nproc-per-node=8 a.py; fi"]',
    ),
  },
};

export const PROCESSES_PER_POD_OF_PYTORCH_JOB: RuleCase = {
  rule: processesPerPod,
  good: PYTORCH_JOB,
  flips: [
    {
      change: { 'spec.nprocPerNode': '4' },
      at: 'spec.nprocPerNode',
      says: /starts 4 processes in each pod, which has 2 GPUs/,
      severity: Severity.ERROR,
    },
    {
      change: {
        'spec.nprocPerNode': undefined,
        [`${WORKER}.containers[0].command`]: ['python', 'train.py'],
        [`${MASTER}.containers[0].command`]: ['python', 'train.py'],
      },
      at: 'spec.nprocPerNode',
      says: /has 2 GPUs in each pod and starts one process/,
      severity: Severity.WARNING,
    },
  ],
};

export const PROCESSES_PER_POD_OF_MPI_JOB: RuleCase = {
  rule: processesPerPod,
  good: MPI_JOB,
  flips: [
    {
      change: { 'spec.slotsPerWorker': 2 },
      at: 'spec.slotsPerWorker',
      says: /starts 2 processes in each pod, which has 4 GPUs/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.slotsPerWorker': undefined },
      at: 'spec.slotsPerWorker',
      says: /has 4 GPUs in each pod and starts one process/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'mpirun places the processes': MPI_JOB.replace('  slotsPerWorker: 4\n', '').replace('-np, "8"', '-npernode, "4"'),
  },
};

export const LAUNCHER_COUNTS: RuleCase = {
  rule: launcherCounts,
  good: INDEXED_JOB,
  flips: [
    {
      change: { [`${COMMAND}[1]`]: '--nnodes=4' },
      at: `${COMMAND}[1]`,
      says: /waits for 4 nodes, and there are 2 pods/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${COMMAND}[1]`]: '--nnodes=3:8' },
      at: `${COMMAND}[1]`,
      says: /waits for 3:8 nodes/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${COMMAND}[1]`]: '--nnodes=10:64' },
      at: `${COMMAND}[1]`,
      says: /waits for 10:64 nodes, and there are 2 pods/,
      severity: Severity.WARNING,
    },
    {
      change: {
        [`${COMMAND}[1]`]: '--log-dir=/logs',
        [`${POD}.containers[0].env`]: [{ name: 'NNODES', value: '1' }],
      },
      at: `${POD}.containers[0].env[0].value`,
      says: /waits for 1 nodes/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a range that holds the pods': INDEXED_JOB.replace('--nnodes=2', '--nnodes=1:4'),
    'a range that begins with all of them': INDEXED_JOB.replace('--nnodes=2', '--nnodes=2:4'),
    'one launcher or another': INDEXED_JOB.replace(
      /command: .*/,
      'command: [sh, -c, "if $ONE; then torchrun --nnodes=1 a.py; else torchrun --nnodes=7 a.py; fi"]',
    ),
    'one pod of somebody who starts many': `
apiVersion: batch/v1
kind: Job
metadata: { name: rank-0 }
spec: { template: { spec: { containers: [{ name: main, image: 'a/b:1', command: [torchrun, --nnodes=4, a.py] }] } } }
`,
    'a variable of the shell': INDEXED_JOB.replace('--nnodes=2', '--nnodes=$NNODES'),
    'replicas that are not known': PYTORCH_JOB.replaceAll('[torchrun, ', '[torchrun, --nnodes=7, ').replaceAll(
      'replicas: 1',
      'replicas: "{{workers}}"',
    ),
    'each of two Jobs of a set by itself': `
apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: { name: two }
spec:
  replicatedJobs:
  - name: a
    replicas: 2
    template:
      spec:
        parallelism: 4
        template:
          spec: { containers: [{ name: main, image: 'a/b:1', command: [torchrun, --nnodes=4, a.py] }] }
`,
  },
};

export const LAUNCHER_COUNTS_OF_MPI_JOB: RuleCase = {
  rule: launcherCounts,
  good: MPI_JOB,
  flips: [
    {
      change: { [`${LAUNCHER}.command[2]`]: '16' },
      at: `${LAUNCHER}.command[2]`,
      says: /starts 16 processes, and its 2 workers have 4 slots each/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.mpiReplicaSpecs.Worker.replicas': 3 },
      at: `${LAUNCHER}.command[2]`,
      says: /starts 8 processes, and its 3 workers/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.slotsPerWorker': undefined, [`${LAUNCHER}.command[2]`]: '16' },
      at: `${LAUNCHER}.command[2]`,
      says: /workers have 4 slots each/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.slotsPerWorker': undefined, [`${MPI_WORKER}.resources`]: undefined },
      at: `${LAUNCHER}.command[2]`,
      says: /workers have 1 slots each/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'one process on each worker': MPI_JOB.replace('"8"', '"2"'),
    'a slot for each GPU when nobody says': MPI_JOB.replace('  slotsPerWorker: 4\n', ''),
    'slots that are not known': MPI_JOB.replace('slotsPerWorker: 4', 'slotsPerWorker: "{{slots}}"'),
    'a number that mpirun works out': MPI_JOB.replace('-np, "8", ', ''),
    'a number that the launcher is not told': MPI_JOB.replace('"8"', '"6", --npernode, "3"'),
    'no workers': MPI_JOB.replace(/ {4}Worker:[^]*/, ''),
    'mpirun within the pods of a Job': INDEXED_JOB.replace(
      /command: .*/,
      'command: [mpirun, -np, "3", python, train.py]',
    ),
    'a launcher that works as well': MPI_JOB.replace('"8"', '"12"').replace(
      'slotsPerWorker',
      'runLauncherAsWorker: true\n  slotsPerWorker',
    ),
  },
};

const ELASTIC = PYTORCH_JOB.replace('  runPolicy', '  elasticPolicy: { minReplicas: 1, maxReplicas: 4 }\n  runPolicy')
  .replace(/ {4}Master:[^]* {4}Worker:/, '    Worker:')
  .replace('  nprocPerNode: "2"\n', '  nprocPerNode: "2"\n');

export const ELASTIC_NODE_COUNT: RuleCase = {
  rule: elasticNodeCount,
  good: ELASTIC,
  flips: [
    {
      change: { [`${WORKER}.containers[0].command`]: ['torchrun', '--nnodes=3', 'train.py'] },
      at: `${WORKER}.containers[0].command[1]`,
      says: /has an elastic policy and a fixed number of 3 nodes/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a range': ELASTIC.replace('[torchrun, ', '[torchrun, "--nnodes=1:4", '),
    'no elastic policy': PYTORCH_JOB.replaceAll('[torchrun, ', '[torchrun, --nnodes=2, '),
  },
};

export const RESERVED_VARIABLE: RuleCase = {
  rule: reservedVariable,
  good: PYTORCH_JOB.replaceAll('command:', 'env: [{ name: MODE, value: "x" }]\n            command:'),
  flips: [
    {
      change: { [`${WORKER}.containers[0].env[0].name`]: 'PET_NODE_RANK' },
      at: `${WORKER}.containers[0].env[0]`,
      says: /sets PET_NODE_RANK/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${WORKER}.containers[0].env[0].name`]: 'WORLD_SIZE' },
      at: `${WORKER}.containers[0].env[0]`,
      says: /sets WORLD_SIZE/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${WORKER}.containers[0].env[0].name`]: 'PET_NNODES' },
      at: `${WORKER}.containers[0].env[0]`,
      says: /sets PET_NNODES/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'the number of processes, which the user may say': PYTORCH_JOB.replaceAll(
      'command:',
      'env: [{ name: PET_NPROC_PER_NODE, value: "2" }]\n            command:',
    ),
    'what only looks like one of them': PYTORCH_JOB.replaceAll(
      'command:',
      'env: [{ name: MY_WORLD_SIZE, value: "2" }, { name: RANKING, value: "2" }]\n            command:',
    ),
    'a container that runs first': PYTORCH_JOB.replaceAll(
      '          containers:',
      '          initContainers: [{ name: fetch, image: "a/b:1", env: [{ name: RANK, value: "0" }] }]\n          containers:',
    ),
    'an object of Kubeflow that trains nothing': `
apiVersion: kubeflow.org/v1
kind: Notebook
metadata: { name: lab }
spec: { template: { spec: { containers: [{ name: lab, image: 'a/b:1', env: [{ name: RANK, value: "0" }] }] } } }
`,
    'workers without a master, which must say their own rank': `
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata: { name: train }
spec:
  pytorchReplicaSpecs:
    Worker:
      replicas: 2
      template:
        spec: { containers: [{ name: pytorch, image: 'a/b:1', env: [{ name: PET_NODE_RANK, value: "0" }] }] }
`,
    'a Job without an operator': INDEXED_JOB.replace(
      '        resources',
      '        env: [{ name: WORLD_SIZE, value: "16" }]\n        resources',
    ),
  },
};

export const RESERVED_VARIABLE_OF_TRAIN_JOB: RuleCase = {
  rule: reservedVariable,
  good: `
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata: { name: train }
spec:
  runtimeRef: { name: torch-distributed }
  activeDeadlineSeconds: 3600
  trainer: { image: 'registry.example.com/trainer:v1', env: [{ name: MODE, value: "x" }] }
`,
  flips: [
    {
      change: { 'spec.trainer.env[0].name': 'PET_NNODES' },
      at: 'spec.trainer.env[0]',
      says: /sets PET_NNODES/,
      severity: Severity.ERROR,
    },
  ],
};

/** A TrainJob whose launcher is none of its nodes, with the runtime that says so. */
const LAUNCHED = `
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata: { name: train, namespace: ml }
spec:
  runtimeRef: { kind: TrainingRuntime, name: train }
  activeDeadlineSeconds: 3600
  trainer: { image: 'registry.example.com/trainer:v1', numNodes: 2, numProcPerNode: 4, command: [mpirun, -np, "8", python, train.py], env: [{ name: MODE, value: "x" }] }
---
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainingRuntime
metadata: { name: train, namespace: ml }
spec:
  mlPolicy: { numNodes: 1, mpi: { numProcPerNode: 4, mpiImplementation: OpenMPI, runLauncherAsNode: false } }
  template:
    spec:
      replicatedJobs:
      - name: node
        template: { spec: { parallelism: 2, template: { spec: { containers: [{ name: node, image: 'registry.example.com/trainer:v1', resources: { limits: { nvidia.com/gpu: 4 } } }] } } } }
      - name: launcher
        template: { spec: { template: { spec: { containers: [{ name: node, image: 'registry.example.com/trainer:v1' }] } } } }
`;

export const RESERVED_VARIABLE_OF_LAUNCHER: RuleCase = {
  rule: reservedVariable,
  good: LAUNCHED,
  flips: [
    {
      change: { 'spec.trainer.env[0].name': 'OMPI_MCA_plm_rsh_args' },
      at: 'spec.trainer.env[0]',
      says: /sets OMPI_MCA_plm_rsh_args/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'another parameter of Open MPI': LAUNCHED.replace('name: MODE', 'name: OMPI_MCA_btl'),
    'a variable of a launcher that is not there': LAUNCHED.replace('name: MODE', 'name: PET_NNODES'),
  },
};

export const LAUNCHER_COUNTS_OF_TRAIN_JOB: RuleCase = {
  rule: launcherCounts,
  good: LAUNCHED,
  flips: [
    {
      change: { 'spec.trainer.command[2]': '6' },
      at: 'spec.trainer.command[2]',
      says: /starts 6 processes, and its 2 workers have 4 slots each/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a launcher that is a node, whose slots count too': LAUNCHED.replace(
      'runLauncherAsNode: false',
      'runLauncherAsNode: true',
    ).replace('"8"', '"6"'),
    'one process on each node': LAUNCHED.replace('"8"', '"2"'),
  },
};

export const PROCESSES_PER_POD_OF_TRAIN_JOB: RuleCase = {
  rule: processesPerPod,
  good: LAUNCHED,
  flips: [
    {
      change: { 'spec.trainer.numProcPerNode': 2 },
      at: 'spec.trainer.numProcPerNode',
      says: /starts 2 processes in each pod, which has 4 GPUs/,
      severity: Severity.ERROR,
    },
  ],
};

const REPLICAS = { PyTorchJob: 'pytorch', TFJob: 'tf', XGBoostJob: 'xgb', JAXJob: 'jax' };
const CONTAINERS = { PyTorchJob: 'pytorch', TFJob: 'tensorflow', XGBoostJob: 'xgboost', JAXJob: 'jax' };

/** Workers of a kind of the training operator, without a master, with one variable. */
const workers = (kind: keyof typeof REPLICAS, variable: string, more = ''): string => `
apiVersion: kubeflow.org/v1
kind: ${kind}
metadata: { name: train, namespace: ml }
spec:
  runPolicy: { cleanPodPolicy: Running, activeDeadlineSeconds: 3600 }${more}
  ${REPLICAS[kind]}ReplicaSpecs:
    Worker:
      replicas: 2
      template:
        spec:
          containers:
          - name: ${CONTAINERS[kind]}
            image: registry.example.com/trainer:v1
            env: [{ name: ${variable}, value: "0" }]
`;

const reservedOf = (
  kind: keyof typeof REPLICAS,
  variables: { readonly [name: string]: Severity },
  left: readonly string[],
  more?: string,
): RuleCase => {
  const place = `spec.${REPLICAS[kind]}ReplicaSpecs.Worker.template.spec.containers[0].env[0]`;
  return {
    rule: reservedVariable,
    good: workers(kind, 'MODE', more),
    flips: Object.entries(variables).map(([name, severity]) => ({
      change: { [`${place}.name`]: name },
      at: place,
      says: new RegExp(`sets ${name}, which is the operator's own`),
      severity,
    })),
    silent: Object.fromEntries(left.map((name) => [`${name} is left to the user`, workers(kind, name, more)])),
  };
};

export const RESERVED_VARIABLE_OF_TF_JOB = reservedOf('TFJob', { TF_CONFIG: Severity.ERROR }, ['WORLD_SIZE', 'RANK']);
export const RESERVED_VARIABLE_OF_XGBOOST_JOB = reservedOf(
  'XGBoostJob',
  { WORKER_ADDRS: Severity.WARNING, MASTER_ADDR: Severity.WARNING },
  ['MY_MASTER_ADDR', 'MASTER_ADDRESS', 'TF_CONFIG'],
);
export const RESERVED_VARIABLE_OF_JAX_JOB = reservedOf(
  'JAXJob',
  { PROCESS_ID: Severity.WARNING, COORDINATOR_ADDRESS: Severity.WARNING },
  ['MY_PROCESS_ID', 'PROCESS_IDS', 'MASTER_ADDR'],
);
export const RESERVED_VARIABLE_OF_ELASTIC_JOB = reservedOf(
  'PyTorchJob',
  { PET_RDZV_ENDPOINT: Severity.ERROR, PET_NNODES: Severity.ERROR },
  ['PET_NODE_RANK', 'MASTER_ADDR'],
  '\n  elasticPolicy: { minReplicas: 1, maxReplicas: 4 }',
);
export const RESERVED_VARIABLE_WITHOUT_MASTER = reservedOf('PyTorchJob', { PET_NNODES: Severity.ERROR }, [
  'PET_RDZV_ENDPOINT',
]);
