import type { Workload } from '../../src/inventory/workload';
import { inventoryOf } from './inventory-of';

// Which pods the kinds have, how many, and where their numbers, places and volumes stand.

const TEMPLATE = '{ spec: { containers: [{ name: main, image: a }] } }';
const template = (image: string): string => `{ spec: { containers: [{ name: main, image: ${image} }] } }`;
const workloadOf = (apiVersion: string, kind: string, spec: string, ...others: string[]): Workload =>
  inventoryOf(
    `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a, namespace: ml, labels: { of: object } }, spec: { ${spec} } }`,
    ...others,
  ).workloads[0];
const roles = (workload: Workload): string[] =>
  workload.roles.map(({ name, count, pod, replicas }) => {
    const images = pod.containers.map(({ image }) => image ?? '?').join('+');
    return `${name} ${count} ${images}${replicas ? ` ${replicas.place}` : ''}`;
  });

const indexed = (pod: string, more = ''): string =>
  `parallelism: 3, completionMode: Indexed, ${more} template: { spec: { ${pod} } }`;
const running = (words: string): string => indexed(`containers: [{ name: a, command: [${words}] }]`);

test.each<[string, string, boolean]>([
  ['call each other by name', indexed('subdomain: a, containers: [{ name: a }]'), true],
  ['start torchrun', running('torchrun, train.py'), true],
  ['start a module of torch', running('python, -m, torch.distributed.run'), true],
  ['start accelerate', running('sh, -c, accelerate launch a.py'), true],
  ['know the address of the first', indexed('containers: [{ name: a, env: [{ name: MASTER_ADDR, value: b }] }]'), true],
  ['coordinate JAX', indexed('containers: [{ name: a, env: [{ name: JAX_COORDINATOR_ADDRESS, value: b }] }]'), true],
  ['know how many they are', indexed('containers: [{ name: a, env: [{ name: WORLD_SIZE, value: "6" }] }]'), true],
  ['know that they are alone', indexed('containers: [{ name: a, env: [{ name: WORLD_SIZE, value: "1" }] }]'), false],
  ['start deepspeed', running('deepspeed, train.py'), true],
  ['do not know each other', running('python, sweep.py'), false],
  ['have no containers', indexed('nodeName: a'), false],
  ['are not numbered', indexed('subdomain: a').replace('completionMode: Indexed, ', ''), false],
  ['are one', indexed('subdomain: a').replace('parallelism: 3', 'parallelism: 1'), false],
  ['are one by default', indexed('subdomain: a').replace('parallelism: 3, ', ''), false],
])('the pods of a Job that %s are a gang: %s', (_, spec, expected) => {
  expect(workloadOf('batch/v1', 'Job', spec).isGang).toBe(expected);
});

test.each([
  [
    'batch/v1',
    'CronJob',
    `jobTemplate: { metadata: { name: inner }, spec: { template: ${TEMPLATE} } }`,
    'timeZone',
    'schedule',
    'jobTemplate.metadata',
  ],
  [
    'argoproj.io/v1alpha1',
    'CronWorkflow',
    'workflowSpec: { podMetadata: { labels: {} }, templates: [] }',
    'timezone',
    'schedules[0]',
    'workflowSpec.podMetadata',
  ],
])('the timetable of %s %s', (apiVersion, kind, spec, zone, schedule, queue) => {
  const schedules = kind === 'CronJob' ? 'schedule: 0 1 * * *' : 'schedules: [0 1 * * *]';
  const own = `concurrencyPolicy: Forbid, startingDeadlineSeconds: 60, successfulJobsHistoryLimit: 2, failedJobsHistoryLimit: 3, ${zone}: Etc/UTC`;
  const { timetable, queueMetadata } = workloadOf(apiVersion, kind, `${schedules}, ${own}, ${spec}`);
  expect(timetable?.schedules.map(({ place, text }) => [place, text])).toEqual([[`spec.${schedule}`, '0 1 * * *']]);
  expect(timetable?.timeZone.text).toBe('Etc/UTC');
  expect(timetable?.concurrencyPolicy.text).toBe('Forbid');
  expect(timetable?.startingDeadline.integer).toBe(60);
  expect(timetable?.successfulHistory.integer).toBe(2);
  expect(timetable?.failedHistory.integer).toBe(3);
  expect(queueMetadata.place).toBe(`spec.${queue}`);
});

test('a CronWorkflow may have one schedule', () => {
  const { timetable } = workloadOf('argoproj.io/v1alpha1', 'CronWorkflow', 'schedule: 0 1 * * *, workflowSpec: {}');
  expect(timetable?.schedules.map(({ place }) => place)).toEqual(['spec.schedule']);
});

test.each([
  ['Never', 'run'],
  ['OnFailure', 'run'],
  ['Always', 'server'],
  ['null', 'server'],
])('a pod with restartPolicy %s is a %s', (policy, nature) => {
  const pod = workloadOf('v1', 'Pod', `restartPolicy: ${policy}, containers: []`);
  expect(pod.nature).toBe(nature);
  expect(pod.pods[0].labels).toEqual({ of: 'object' });
});

test.each([
  ['Deployment', 'server', ['spec.replicas'], 0],
  ['StatefulSet', 'server', ['spec.replicas'], 1],
  ['ReplicaSet', 'server', ['spec.replicas'], 0],
])('a %s is scaled by its replicas', (kind, nature, scalable, volumes) => {
  const found = workloadOf(
    'apps/v1',
    kind,
    `replicas: 2, selector: {}, volumeClaimTemplates: [{ metadata: { name: data } }], template: ${TEMPLATE}`,
  );
  expect(found.nature).toBe(nature);
  expect([found.scalable?.place]).toEqual(scalable);
  expect(found.pods[0].volumes).toHaveLength(volumes);
});

test.each<[string, string, string, string[], boolean]>([
  [
    'jobset.x-k8s.io/v1alpha2',
    'JobSet',
    `replicatedJobs: [{ name: w, replicas: 2, template: { spec: { parallelism: 3, template: ${TEMPLATE} } } }]`,
    ['w 6 a spec.replicatedJobs[0].template.spec.parallelism'],
    true,
  ],
  [
    'jobset.x-k8s.io/v1alpha2',
    'JobSet',
    `replicatedJobs: [{ template: { spec: { template: ${TEMPLATE} } } }]`,
    [' 1 a spec.replicatedJobs[0].template.spec.parallelism'],
    false,
  ],
  [
    'jobset.x-k8s.io/v1alpha2',
    'JobSet',
    `replicatedJobs: [{ name: a, template: { spec: { template: ${TEMPLATE} } } }, { name: b, template: { spec: { template: ${TEMPLATE} } } }]`,
    [
      'a 1 a spec.replicatedJobs[0].template.spec.parallelism',
      'b 1 a spec.replicatedJobs[1].template.spec.parallelism',
    ],
    true,
  ],
  [
    'leaderworkerset.x-k8s.io/v1',
    'LeaderWorkerSet',
    `replicas: 2, leaderWorkerTemplate: { size: 3, workerTemplate: ${TEMPLATE} }`,
    ['worker 6 a spec.leaderWorkerTemplate.size'],
    true,
  ],
  [
    'leaderworkerset.x-k8s.io/v1',
    'LeaderWorkerSet',
    `leaderWorkerTemplate: { workerTemplate: ${TEMPLATE} }`,
    ['worker 1 a spec.leaderWorkerTemplate.size'],
    false,
  ],
  [
    'leaderworkerset.x-k8s.io/v1',
    'LeaderWorkerSet',
    `leaderWorkerTemplate: { size: 1, leaderTemplate: ${template('l')}, workerTemplate: ${TEMPLATE} }`,
    ['leader 1 l', 'worker 0 a spec.leaderWorkerTemplate.size'],
    false,
  ],
  ['batch.volcano.sh/v1alpha1', 'Job', `tasks: [{ template: ${TEMPLATE} }]`, [' 1 a spec.tasks[0].replicas'], false],
  [
    'batch.volcano.sh/v1alpha1',
    'Job',
    `tasks: [{ name: a, template: ${TEMPLATE} }, { name: b, template: ${TEMPLATE} }]`,
    ['a 1 a spec.tasks[0].replicas', 'b 1 a spec.tasks[1].replicas'],
    true,
  ],
  [
    'kubeflow.org/v1',
    'TFJob',
    `tfReplicaSpecs: { Chief: { template: ${template('c')} }, PS: { replicas: 2, template: ${template('p')} } }`,
    ['Chief 1 c spec.tfReplicaSpecs.Chief.replicas', 'PS 2 p spec.tfReplicaSpecs.PS.replicas'],
    true,
  ],
  [
    'kubeflow.org/v1',
    'JAXJob',
    `jaxReplicaSpecs: { Worker: { template: ${TEMPLATE} } }`,
    ['Worker 1 a spec.jaxReplicaSpecs.Worker.replicas'],
    false,
  ],
  [
    'ray.io/v1',
    'RayCluster',
    `headGroupSpec: { template: ${template('h')} }, workerGroupSpecs: [{ minReplicas: 3, template: ${TEMPLATE} }, { groupName: idle, template: ${TEMPLATE} }]`,
    ['head 1 h', 'worker 3 a spec.workerGroupSpecs[0].replicas', 'idle 0 a spec.workerGroupSpecs[1].replicas'],
    false,
  ],
  [
    'ray.io/v1',
    'RayJob',
    `rayClusterSpec: { headGroupSpec: { template: ${template('h')} } }, submitterPodTemplate: ${template('s')}`,
    ['head 1 h', 'submitter 1 s'],
    false,
  ],
  [
    'machinelearning.seldon.io/v1',
    'SeldonDeployment',
    `predictors: [{ name: p, replicas: 2, componentSpecs: [${template('m')}, ${template('q')}] }, { componentSpecs: [${template('o')}] }]`,
    [
      'p 2 m spec.predictors[0].replicas',
      'p 2 q spec.predictors[0].replicas',
      'predictor 1 o spec.predictors[1].replicas',
    ],
    false,
  ],
  [
    'serving.kserve.io/v1alpha1',
    'LLMInferenceService',
    `replicas: 2, template: { containers: [{ name: a, image: d }] }, worker: { containers: [{ name: a, image: w }] }, prefill: { worker: { containers: [{ name: a, image: v }] }, template: { containers: [{ name: a, image: p }] } }`,
    ['decode 2 d spec.replicas', 'decode-worker 1 w', 'prefill 1 p spec.prefill.replicas', 'prefill-worker 1 v'],
    false,
  ],
  [
    'argoproj.io/v1alpha1',
    'Workflow',
    `templates: [{ name: a, container: { image: c } }, { name: b, containerSet: { containers: [{ image: d }, { image: e }] } }, { script: { image: s } }, { name: main, steps: [] }]`,
    ['a 1 c', 'b 1 d+e', ' 1 s'],
    false,
  ],
])('the pods of %s %s: %s', (apiVersion, kind, spec, expected, isGang) => {
  const workload = workloadOf(apiVersion, kind, spec);
  expect(roles(workload)).toEqual(expected);
  expect(workload.isGang).toBe(isGang);
});

test.each([
  ['machinelearning.seldon.io/v1', 'SeldonDeployment', `predictors: [{ componentSpecs: [${template('o')}] }]`],
  [
    'serving.kserve.io/v1alpha1',
    'LLMInferenceService',
    'template: { containers: [] }, worker: { containers: [] }, prefill: { template: { containers: [] } }',
  ],
  ['serving.kserve.io/v1beta1', 'InferenceService', 'predictor: { model: {}, workerSpec: { containers: [] } }'],
])('the rest of the pods of %s %s is decided elsewhere', (apiVersion, kind, spec) => {
  const { pods } = workloadOf(apiVersion, kind, spec);
  expect(pods.map(({ partial }) => partial)).toEqual(pods.map(() => true));
  expect(pods).not.toEqual([]);
});

test.each([
  ['PyTorchJob', 'nprocPerNode: "4", pytorchReplicaSpecs', 'spec.nprocPerNode'],
  [
    'PyTorchJob',
    'nprocPerNode: "4", elasticPolicy: { nProcPerNode: 2 }, pytorchReplicaSpecs',
    'spec.elasticPolicy.nProcPerNode',
  ],
  ['MPIJob', 'slotsPerWorker: 2, mpiReplicaSpecs', 'spec.slotsPerWorker'],
  ['TFJob', 'tfReplicaSpecs', undefined],
])('the processes of a %s with %s', (kind, spec, place) => {
  const workload = workloadOf('kubeflow.org/v1', kind, `${spec}: { Worker: { template: ${TEMPLATE} } }`);
  expect(workload.roles[0].processes?.place).toBe(place);
});

test('volumes of the templates of claims are those of every pod', () => {
  const claims = '[{ metadata: { name: data } }]';
  const names = ({ pods }: Workload): string[][] => pods.map(({ volumes }) => volumes.map(({ name }) => name));
  const lws = `leaderWorkerTemplate: { size: 2, volumeClaimTemplates: ${claims}, leaderTemplate: ${TEMPLATE}, workerTemplate: ${TEMPLATE} }`;
  expect(names(workloadOf('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', lws))).toEqual([['data'], ['data']]);
  const set = `volumeClaimPolicies: [{ templates: ${claims} }], replicatedJobs: [{ name: a, template: { spec: { template: ${TEMPLATE} } } }]`;
  expect(names(workloadOf('jobset.x-k8s.io/v1alpha2', 'JobSet', set))).toEqual([['data']]);
  const flow = `volumeClaimTemplates: ${claims}, templates: [{ name: a, container: { image: a } }]`;
  expect(names(workloadOf('argoproj.io/v1alpha1', 'Workflow', flow))).toEqual([['data']]);
});

test('a step of a workflow has its own metadata, or that of all, and what it does not say itself', () => {
  const spec = `
    podMetadata: { labels: { of: all } }, serviceAccountName: runner, nodeSelector: { pool: cpu },
    templateDefaults: { nodeSelector: { pool: gpu } }, templates: [
      { name: a, container: { image: a } },
      { name: b, metadata: { labels: { of: b } }, nodeSelector: { pool: big }, container: { image: b } }]`;
  const { pods } = workloadOf('argoproj.io/v1alpha1', 'Workflow', spec);
  expect(pods.map(({ labels }) => labels)).toEqual([{ of: 'all' }, { of: 'b' }]);
  expect(pods.map(({ nodeSelector }) => nodeSelector)).toEqual([{ pool: 'gpu' }, { pool: 'big' }]);
  expect(pods.map((pod) => pod.at('serviceAccountName').text)).toEqual(['runner', 'runner']);
  expect(pods.map(({ partial }) => partial)).toEqual([false, false]);
  const templated = workloadOf('argoproj.io/v1alpha1', 'Workflow', `workflowTemplateRef: { name: t }, ${spec}`);
  expect(templated.pods.map(({ partial }) => partial)).toEqual([true, true]);
});

const runtime = (kind: string, namespace: string): string =>
  `{ apiVersion: serving.kserve.io/v1alpha1, kind: ${kind}, metadata: { name: vllm${namespace} }, spec: { containers: [{ name: kserve-container, image: ${kind} }], nodeSelector: { pool: gpu } } }`;

test.each<[string, string, string[], string[], boolean]>([
  ['no runtime', 'predictor: { model: { image: m } }', [], ['predictor 1 m spec.predictor.minReplicas'], true],
  [
    'a runtime that is not here',
    'predictor: { model: { image: m, runtime: vllm } }',
    [],
    ['predictor 1 m spec.predictor.minReplicas'],
    true,
  ],
  [
    'a runtime of its namespace before one of the cluster',
    'predictor: { model: { image: m, runtime: vllm } }',
    [runtime('ClusterServingRuntime', ''), runtime('ServingRuntime', ', namespace: ml')],
    ['predictor 1 ServingRuntime+m spec.predictor.minReplicas'],
    true,
  ],
  [
    'a runtime of the cluster',
    'predictor: { sklearn: { image: m, runtime: vllm }, minReplicas: 0 }',
    [runtime('ClusterServingRuntime', ''), runtime('ServingRuntime', ', namespace: x')],
    ['predictor 0 ClusterServingRuntime+m spec.predictor.minReplicas'],
    true,
  ],
  [
    'a container of its own',
    'predictor: { containers: [{ image: c }] }',
    [],
    ['predictor 1 c spec.predictor.minReplicas'],
    false,
  ],
  [
    'workers, a transformer and an explainer',
    'predictor: { model: { image: m }, workerSpec: { containers: [{ image: w }] } }, transformer: { containers: [{ image: t }] }, explainer: { containers: [{ image: e }] }',
    [],
    [
      'predictor 1 m spec.predictor.minReplicas',
      'worker 1 w',
      'transformer 1 t spec.transformer.minReplicas',
      'explainer 1 e spec.explainer.minReplicas',
    ],
    true,
  ],
])('an InferenceService with %s', (_, spec, others, expected, partial) => {
  const service = workloadOf('serving.kserve.io/v1beta1', 'InferenceService', spec, ...others);
  expect(roles(service)).toEqual(expected);
  expect(service.pods[0].partial).toBe(partial);
  expect(service.pods.map(({ labels }) => labels)).toEqual(expected.map(() => ({ of: 'object' })));
});

test.each([
  'sklearn',
  'xgboost',
  'tensorflow',
  'pytorch',
  'triton',
  'onnx',
  'huggingface',
  'pmml',
  'lightgbm',
  'paddle',
])('the model of an InferenceService may stand under %s', (key) => {
  const service = workloadOf('serving.kserve.io/v1beta1', 'InferenceService', `predictor: { ${key}: { image: m } }`);
  expect(service.pods[0].containers.map(({ field }) => field.place)).toEqual([`spec.predictor.${key}`]);
});

test('a TrainJob without its runtime has a pod of its own, of which little is known', () => {
  const job = workloadOf(
    'trainer.kubeflow.org/v1alpha1',
    'TrainJob',
    'trainer: { image: t, numProcPerNode: 4, resourcesPerNode: { limits: { nvidia.com/gpu: 2 } } }',
  );
  expect(roles(job)).toEqual(['node 1 t spec.trainer.numNodes']);
  expect(job.roles[0].processes?.integer).toBe(4);
  expect([job.deviceCount, job.isGang, job.pods[0].partial]).toEqual([2, false, true]);
  expect(job.pods[0].labels).toEqual({});
});
