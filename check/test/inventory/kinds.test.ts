import { Inventory } from '../../src/inventory/inventory';
import { sourceOf } from '../../src/inventory/source';
import type { Workload } from '../../src/inventory/workload';

// Every kind that carries pods becomes the same facts.

const inventoryOf = (text: string): Inventory => new Inventory(sourceOf('f.yaml', text).documents);

function factsOf({ nature, roles, isGang, podCount, deviceCount, bounds, queueName, timetable }: Workload): object {
  return {
    nature,
    roles: roles.map(({ name, count, pod, processes }) => ({
      name,
      count,
      images: pod.everyContainer.map(({ image, part }) => (part === 'main' ? image : `${part} ${image}`)),
      ...(processes?.exists ? { processes: processes.value } : {}),
      ...(pod.partial ? { partial: true } : {}),
    })),
    ...(isGang ? { gang: true } : {}),
    podCount,
    deviceCount,
    deadline: bounds.deadline?.value,
    retries: bounds.retries?.value,
    ttl: bounds.ttl?.value,
    queue: queueName,
    schedules: timetable?.schedules.map(({ text }) => text),
  };
}

const container = (image: string, gpus = 0): string =>
  `{ name: main, image: ${image}${gpus === 0 ? '' : `, resources: { limits: { nvidia.com/gpu: ${gpus} } }`} }`;
const template = (image: string, gpus = 0): string => `{ spec: { containers: [${container(image, gpus)}] } }`;
const QUEUED = 'metadata: { name: x, namespace: ml, labels: { kueue.x-k8s.io/queue-name: research } }';

test.each([
  [
    'Job',
    `apiVersion: batch/v1
kind: Job
${QUEUED}
spec:
  parallelism: 2
  backoffLimit: 3
  ttlSecondsAfterFinished: 60
  activeDeadlineSeconds: 100
  template: ${template('a', 4)}`,
    {
      nature: 'run',
      roles: [{ name: 'pod', count: 2, images: ['a'] }],
      podCount: 2,
      deviceCount: 8,
      deadline: 100,
      retries: 3,
      ttl: 60,
      queue: 'research',
    },
  ],
  [
    'Indexed Job whose pods find each other',
    `apiVersion: batch/v1
kind: Job
metadata: { name: x }
spec:
  parallelism: 3
  completionMode: Indexed
  backoffLimitPerIndex: 1
  template: { spec: { subdomain: x, containers: [${container('a', 1)}], initContainers: [{ name: i, image: i }, { name: s, image: s, restartPolicy: Always }] } }`,
    {
      nature: 'run',
      gang: true,
      roles: [{ name: 'pod', count: 3, images: ['init i', 'sidecar s', 'a'] }],
      podCount: 3,
      deviceCount: 3,
      retries: 1,
    },
  ],
  [
    'CronJob',
    `apiVersion: batch/v1
kind: CronJob
metadata: { name: x }
spec:
  schedule: 0 2 * * 0
  jobTemplate: { metadata: { labels: { kueue.x-k8s.io/queue-name: q } }, spec: { template: ${template('a', 1)}, backoffLimit: 0 } }`,
    {
      nature: 'run',
      roles: [{ name: 'pod', count: 1, images: ['a'] }],
      podCount: 1,
      deviceCount: 1,
      retries: 0,
      queue: 'q',
      schedules: ['0 2 * * 0'],
    },
  ],
  [
    'PyTorchJob',
    `apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata: { name: x }
spec:
  nprocPerNode: "4"
  runPolicy: { backoffLimit: 2, activeDeadlineSeconds: 9, ttlSecondsAfterFinished: 5 }
  pytorchReplicaSpecs: { Master: { replicas: 1, template: ${template('m', 4)} }, Worker: { replicas: 3, template: ${template('w', 4)} } }`,
    {
      nature: 'run',
      gang: true,
      roles: [
        { name: 'Master', count: 1, images: ['m'], processes: '4' },
        { name: 'Worker', count: 3, images: ['w'], processes: '4' },
      ],
      podCount: 4,
      deviceCount: 16,
      deadline: 9,
      retries: 2,
      ttl: 5,
    },
  ],
  [
    'MPIJob',
    `apiVersion: kubeflow.org/v2beta1
kind: MPIJob
metadata: { name: x }
spec:
  slotsPerWorker: 2
  mpiReplicaSpecs: { Launcher: { template: ${template('l')} }, Worker: { replicas: 2, template: ${template('w', 2)} } }`,
    {
      nature: 'run',
      gang: true,
      roles: [
        { name: 'Launcher', count: 1, images: ['l'], processes: 2 },
        { name: 'Worker', count: 2, images: ['w'], processes: 2 },
      ],
      podCount: 3,
      deviceCount: 4,
    },
  ],
  [
    'TrainJob with its runtime',
    `apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata: { name: x }
spec:
  runtimeRef: { name: torch }
  trainer: { image: t, numNodes: 2, numProcPerNode: 8, resourcesPerNode: { limits: { nvidia.com/gpu: 8 } } }
---
apiVersion: trainer.kubeflow.org/v1alpha1
kind: ClusterTrainingRuntime
metadata: { name: torch }
spec: { template: { spec: { replicatedJobs: [{ name: node, template: { spec: { template: { spec: { nodeSelector: { pool: h100 } } } } } }] } } }`,
    {
      nature: 'run',
      gang: true,
      roles: [{ name: 'node', count: 2, images: ['t'], processes: 8, partial: true }],
      podCount: 2,
      deviceCount: 16,
    },
  ],
  [
    'TrainJob with a launcher that is no node',
    `apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata: { name: x, namespace: ml }
spec:
  runtimeRef: { kind: TrainingRuntime, name: x }
  trainer: { image: t, numNodes: 3, numProcPerNode: 8 }
---
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainingRuntime
metadata: { name: x, namespace: ml }
spec:
  mlPolicy: { numNodes: 1, mpi: { runLauncherAsNode: false } }
  template:
    spec:
      replicatedJobs:
      - { name: node, template: { spec: { parallelism: 3, template: { spec: { containers: [{ name: node, image: 'server:1', resources: { limits: { nvidia.com/gpu: 8 } } }] } } } } }
      - { name: launcher, template: { spec: { template: { spec: { containers: [] } } } } }`,
    {
      nature: 'run',
      gang: true,
      roles: [
        { name: 'launcher', count: 1, images: ['t'], partial: true },
        { name: 'node', count: 3, images: ['server:1'], processes: 8 },
      ],
      podCount: 4,
      deviceCount: 24,
    },
  ],
  [
    'TrainJob with a launcher that is a node',
    `apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata: { name: x }
spec:
  runtimeRef: { name: deepspeed }
  trainer: { image: t, numNodes: 3, numProcPerNode: 8, resourcesPerNode: { limits: { nvidia.com/gpu: 8 } } }
---
apiVersion: trainer.kubeflow.org/v1alpha1
kind: ClusterTrainingRuntime
metadata: { name: deepspeed }
spec:
  mlPolicy: { numNodes: 1, mpi: { runLauncherAsNode: true } }
  template: { spec: { replicatedJobs: [{ name: node, template: { spec: { template: { spec: {} } } } }, { name: launcher, template: { spec: { template: { spec: {} } } } }] } }`,
    {
      nature: 'run',
      gang: true,
      roles: [{ name: 'node', count: 3, images: ['t'], processes: 8, partial: true }],
      podCount: 3,
      deviceCount: 24,
    },
  ],
  [
    'JobSet',
    `apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: { name: x }
spec:
  failurePolicy: { maxRestarts: 4 }
  replicatedJobs:
  - { name: driver, template: { spec: { activeDeadlineSeconds: 5, template: ${template('d')} } } }
  - { name: workers, replicas: 2, template: { spec: { parallelism: 3, template: ${template('w', 1)} } } }`,
    {
      nature: 'run',
      gang: true,
      roles: [
        { name: 'driver', count: 1, images: ['d'] },
        { name: 'workers', count: 6, images: ['w'] },
      ],
      podCount: 7,
      deviceCount: 6,
      retries: 4,
    },
  ],
  [
    'LeaderWorkerSet',
    `apiVersion: leaderworkerset.x-k8s.io/v1
kind: LeaderWorkerSet
metadata: { name: x }
spec: { replicas: 2, leaderWorkerTemplate: { size: 3, leaderTemplate: ${template('l', 1)}, workerTemplate: ${template('w', 1)} } }`,
    {
      nature: 'server',
      gang: true,
      roles: [
        { name: 'leader', count: 2, images: ['l'] },
        { name: 'worker', count: 4, images: ['w'] },
      ],
      podCount: 6,
      deviceCount: 6,
    },
  ],
  [
    'Volcano Job',
    `apiVersion: batch.volcano.sh/v1alpha1
kind: Job
metadata: { name: x }
spec: { maxRetry: 2, tasks: [{ name: ps, replicas: 1, template: ${template('p')} }, { name: worker, replicas: 2, template: ${template('w', 1)} }] }`,
    {
      nature: 'run',
      gang: true,
      roles: [
        { name: 'ps', count: 1, images: ['p'] },
        { name: 'worker', count: 2, images: ['w'] },
      ],
      podCount: 3,
      deviceCount: 2,
      retries: 2,
    },
  ],
  [
    'RayJob',
    `apiVersion: ray.io/v1
kind: RayJob
metadata: { name: x }
spec:
  activeDeadlineSeconds: 7
  rayClusterSpec:
    headGroupSpec: { template: ${template('h')} }
    workerGroupSpecs: [{ groupName: gpu, replicas: 2, numOfHosts: 2, template: ${template('w', 8)} }]`,
    {
      nature: 'run',
      roles: [
        { name: 'head', count: 1, images: ['h'] },
        { name: 'gpu', count: 4, images: ['w'] },
      ],
      podCount: 5,
      deviceCount: 32,
      deadline: 7,
    },
  ],
  [
    'RayService',
    `apiVersion: ray.io/v1
kind: RayService
metadata: { name: x }
spec: { rayClusterConfig: { headGroupSpec: { template: ${template('h')} }, workerGroupSpecs: [] } }`,
    { nature: 'server', roles: [{ name: 'head', count: 1, images: ['h'] }], podCount: 1, deviceCount: 0 },
  ],
  [
    'InferenceService',
    `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: x }
spec: { predictor: { minReplicas: 2, model: { image: own, modelFormat: { name: huggingface }, resources: { limits: { nvidia.com/gpu: 1 } } } }, transformer: { containers: [${container('t')}] } }`,
    {
      nature: 'server',
      roles: [
        { name: 'predictor', count: 2, images: ['own'], partial: true },
        { name: 'transformer', count: 1, images: ['t'] },
      ],
      podCount: 3,
      deviceCount: 2,
    },
  ],
  [
    'LLMInferenceService',
    `apiVersion: serving.kserve.io/v1alpha1
kind: LLMInferenceService
metadata: { name: x }
spec: { replicas: 2, template: { containers: [${container('d', 1)}] }, prefill: { replicas: 1, template: { containers: [${container('p', 1)}] } } }`,
    {
      nature: 'server',
      roles: [
        { name: 'decode', count: 2, images: ['d'], partial: true },
        { name: 'prefill', count: 1, images: ['p'], partial: true },
      ],
      podCount: 3,
      deviceCount: 3,
    },
  ],
  [
    'Workflow',
    `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { name: x }
spec:
  activeDeadlineSeconds: 11
  ttlStrategy: { secondsAfterCompletion: 12 }
  podMetadata: { labels: { kueue.x-k8s.io/queue-name: q } }
  templates:
  - { name: train, container: ${container('a', 2)} }
  - { name: score, script: { image: s, source: print(1) } }
  - { name: main, dag: { tasks: [] } }`,
    {
      nature: 'run',
      roles: [
        { name: 'train', count: 1, images: ['a'] },
        { name: 'score', count: 1, images: ['s'] },
      ],
      podCount: 2,
      deviceCount: 2,
      deadline: 11,
      ttl: 12,
      queue: 'q',
    },
  ],
  [
    'CronWorkflow',
    `apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: { name: x }
spec: { schedules: [0 1 * * *], workflowSpec: { templates: [{ name: a, container: ${container('a')} }] } }`,
    {
      nature: 'run',
      roles: [{ name: 'a', count: 1, images: ['a'] }],
      podCount: 1,
      deviceCount: 0,
      schedules: ['0 1 * * *'],
    },
  ],
  [
    'ScaledJob',
    `apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata: { name: x }
spec: { jobTargetRef: { backoffLimit: 1, template: ${template('a', 1)} } }`,
    { nature: 'run', roles: [{ name: 'pod', count: 1, images: ['a'] }], podCount: 1, deviceCount: 1, retries: 1 },
  ],
  [
    'Notebook',
    `apiVersion: kubeflow.org/v1
kind: Notebook
metadata: { name: x }
spec: { template: ${template('jupyter', 1)} }`,
    { nature: 'interactive', roles: [{ name: 'pod', count: 1, images: ['jupyter'] }], podCount: 1, deviceCount: 1 },
  ],
  [
    'Deployment',
    `apiVersion: apps/v1
kind: Deployment
metadata: { name: x }
spec: { replicas: 3, template: ${template('a')} }`,
    { nature: 'server', roles: [{ name: 'pod', count: 3, images: ['a'] }], podCount: 3, deviceCount: 0 },
  ],
  [
    'DaemonSet',
    `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: x }
spec: { template: ${template('a')} }`,
    { nature: 'agent', roles: [{ name: 'pod', count: 1, images: ['a'] }], podCount: 1, deviceCount: 0 },
  ],
  [
    'Pod that ends',
    `apiVersion: v1
kind: Pod
metadata: { name: x }
spec: { restartPolicy: Never, containers: [${container('a', 1)}] }`,
    { nature: 'run', roles: [{ name: 'pod', count: 1, images: ['a'] }], podCount: 1, deviceCount: 1 },
  ],
])('%s', (_, manifest, facts) => {
  const [workload] = inventoryOf(manifest).workloads;
  const found = Object.fromEntries(Object.entries(factsOf(workload)).filter(([, value]) => value !== undefined));
  expect(found).toEqual(facts);
});

test('what the step of a workflow creates is an object of its own, with its lines', () => {
  const { resources, runs } = inventoryOf(`apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { name: flow }
spec:
  templates:
  - name: train
    resource:
      action: create
      manifest: |
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: train-{{workflow.uid}}
        spec:
          backoffLimit: 4
          template: ${template('a', 2)}
`);
  expect(resources.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['Workflow flow', 'Job train-filled-in-later']);
  const [, job] = runs;
  expect(job.deviceCount).toBe(2);
  expect(job.bounds.retries?.field.line).toBe(15);
});

test('a pod of a TrainJob has what its runtime says', () => {
  const [job] = inventoryOf(`apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata: { name: x }
spec: { runtimeRef: { name: torch } }
---
apiVersion: trainer.kubeflow.org/v1alpha1
kind: ClusterTrainingRuntime
metadata: { name: torch }
spec: { mlPolicy: { numNodes: 3 }, template: { spec: { replicatedJobs: [{ name: node, template: { spec: { template: { spec: { nodeSelector: { pool: h100 } } } } } }] } } }
`).workloads;
  expect(job.pods[0].nodeSelector).toEqual({ pool: 'h100' });
  expect(job.podCount).toBe(3);
});

test('parts of kustomizations, charts and other files are left alone, and said', () => {
  const sources = [
    sourceOf('base/kustomization.yaml', 'patches: [{ path: patch.yaml }]\n'),
    sourceOf(
      'base/patch.yaml',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: x }\nspec: { replicas: 2 }\n',
    ),
    sourceOf(
      'overlay/resources.yaml',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: x }\nspec: { template: { spec: { containers: [{ name: a, args: [b] }] } } }\n',
    ),
    sourceOf('base/delete.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: x }\n$patch: delete\n'),
    sourceOf('chart/Chart.yaml', 'apiVersion: v2\nname: x\nversion: 1.0.0\n'),
    sourceOf('values.yaml', 'replicas: 1\n'),
    sourceOf('name.yaml', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${NAME}\n'),
    sourceOf('whole.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: x }\n'),
  ];
  const { resources, unchecked } = new Inventory(sources.flatMap(({ documents }) => documents));
  expect(resources.map(({ file }) => file)).toEqual(['whole.yaml']);
  expect([...unchecked.values()].map(({ trouble, harmless = false }) => [trouble, harmless])).toEqual([
    ['not-an-object', true],
    ['not-an-object', true],
    ['not-an-object', true],
    ['not-an-object', true],
    ['not-an-object', true],
    ['not-an-object', true],
    ['unexpanded-template', false],
  ]);
});

test.each([
  ['apps/v1', 'ReplicaSet', 'server'],
  ['extensions/v1beta1', 'Deployment', 'server'],
  ['extensions/v1beta1', 'DaemonSet', 'agent'],
  ['v1', 'ReplicationController', 'server'],
  ['argoproj.io/v1alpha1', 'Rollout', 'server'],
  ['apps.openshift.io/v1', 'DeploymentConfig', 'server'],
])('the pods of %s %s are those of its template', (apiVersion, kind, nature) => {
  const text = `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: x }, spec: { template: ${template('a', 2)} } }`;
  expect(inventoryOf(text).workloads.map(factsOf)).toEqual([
    expect.objectContaining({ nature, roles: [{ name: 'pod', count: 1, images: ['a'] }], deviceCount: 2 }),
  ]);
});

test('what a Service of Knative leaves open is filled in', () => {
  const text = `{ apiVersion: serving.knative.dev/v1, kind: Service, metadata: { name: x }, spec: { template: ${template('a', 2)} } }`;
  expect(inventoryOf(text).workloads.map(factsOf)).toEqual([
    expect.objectContaining({ nature: 'server', roles: [{ name: 'pod', count: 1, images: ['a'], partial: true }] }),
  ]);
});

test('a Rollout that takes the pods of a Deployment has none of its own', () => {
  const spec = 'spec: { workloadRef: { apiVersion: apps/v1, kind: Deployment, name: x } }';
  const text = `{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: x }, ${spec} }`;
  expect(inventoryOf(text).workloads).toEqual([]);
});

test('a runtime of Trainer is what its runs have in common', () => {
  const jobs = `[{ name: node, template: { spec: { template: ${template('a', 2)} } } }]`;
  const text = `{ apiVersion: trainer.kubeflow.org/v1alpha1, kind: ClusterTrainingRuntime, metadata: { name: x }, spec: { template: { spec: { replicatedJobs: ${jobs} } } } }`;
  expect(inventoryOf(text).workloads.map(factsOf)).toEqual([
    expect.objectContaining({
      nature: 'run',
      roles: [{ name: 'node', count: 1, images: ['a'], partial: true }],
      deviceCount: 2,
    }),
  ]);
});

test.each([
  ['[torchrun, --nproc-per-node=2, main.py]', 2, 'run'],
  ['[sh, -c, "pip install x && python finetune_lora.py"]', 1, 'run'],
  ['[python, train.py]', 1, 'run'],
  ['[python, train.py]', 0, 'server'],
  ['[python, train_server.py, serve]', 1, 'server'],
  ['[sh, -c, "echo run torchrun by hand; sleep infinity"]', 1, 'server'],
  ['[vllm, serve, trained]', 1, 'server'],
])('pods that are started again and start %s with %d GPUs are a %s', (command, gpus, nature) => {
  const main = container('a', gpus).replace('image: a', `image: a, command: ${command}`);
  const pod = `{ apiVersion: v1, kind: Pod, metadata: { name: x }, spec: { containers: [${main}] } }`;
  const set = `{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: x }, spec: { template: { spec: { containers: [${main}] } } } }`;
  expect([pod, set].flatMap((text) => inventoryOf(text).workloads.map((each) => each.nature))).toEqual([
    nature,
    nature,
  ]);
});

test.each([
  ['PodTemplate', 'v1', `template: ${template('a', 1)}`],
  ['ServingRuntime', 'serving.kserve.io/v1alpha1', `spec: { containers: [${container('a', 1)}] }`],
  ['ClusterServingRuntime', 'serving.kserve.io/v1alpha1', `spec: { containers: [${container('a', 1)}] }`],
])('what others make pods from in a %s is no workload, and has pods that are looked at', (kind, apiVersion, rest) => {
  const inventory = inventoryOf(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\n${rest}\n`);
  expect(inventory.workloads).toEqual([]);
  expect(inventory.pods.map(({ partial, workload: { nature } }) => [partial, nature])).toEqual([[true, 'template']]);
  expect(inventory.pods[0].everyContainer.map(({ image }) => image)).toEqual(['a']);
});

test('the workers of a serving runtime of several nodes are looked at', () => {
  const { pods } = inventoryOf(`apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: { name: x }
spec: { containers: [${container('a')}], workerSpec: { containers: [${container('b')}] } }
`);
  expect(pods.map(({ role, containers }) => [role.name, containers[0].image])).toEqual([
    ['predictor', 'a'],
    ['worker', 'b'],
  ]);
});
