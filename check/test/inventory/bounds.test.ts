import type { Bound, Workload } from '../../src/inventory/workload';
import { inventoryOf } from './inventory-of';

// What ends, repeats and removes runs, and where it stands or would stand.

const TEMPLATE = '{ spec: { containers: [{ name: main, image: a }] } }';
const workloadOf = (apiVersion: string, kind: string, spec: string): Workload =>
  inventoryOf(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a, namespace: ml }, spec: { ${spec} } }`)
    .workloads[0];
const said = (bound: Bound | undefined): string | undefined => bound && `${bound.field.place} ${bound.value}`;
const bounds = ({ bounds: { deadline, retries, defaultRetries, ttl, cleanPodPolicy } }: Workload) => ({
  deadline: said(deadline),
  retries: said(retries),
  defaultRetries,
  ttl: said(ttl),
  ...(cleanPodPolicy ? { cleanPodPolicy: `${cleanPodPolicy.place} ${cleanPodPolicy.text}` } : {}),
});

test.each([
  ['Job', `template: ${TEMPLATE}`, { deadline: undefined, retries: undefined }],
  [
    'Job',
    `backoffLimit: 2, backoffLimitPerIndex: 3, template: ${TEMPLATE}`,
    { retries: 'spec.backoffLimitPerIndex 3' },
  ],
  ['Job', `backoffLimit: 2, template: ${TEMPLATE}`, { retries: 'spec.backoffLimit 2' }],
  ['Job', `backoffLimit: many, template: ${TEMPLATE}`, { retries: 'spec.backoffLimit undefined' }],
])('a %s that says %s', (kind, spec, expected) => {
  expect(bounds(workloadOf('batch/v1', kind, spec))).toEqual({
    deadline: 'spec.activeDeadlineSeconds undefined',
    defaultRetries: 6,
    ttl: 'spec.ttlSecondsAfterFinished undefined',
    retries: 'spec.backoffLimit undefined',
    ...Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== undefined)),
  });
});

test.each<[string, string, object]>([
  [
    'a deadline in each',
    `{ name: a, template: { spec: { activeDeadlineSeconds: 5, template: ${TEMPLATE} } } }, { name: b, template: { spec: { activeDeadlineSeconds: 6, template: ${TEMPLATE} } } }`,
    { deadline: 'spec.replicatedJobs[0].template.spec.activeDeadlineSeconds 5' },
  ],
  [
    'one without a deadline',
    `{ name: a, template: { spec: { activeDeadlineSeconds: 5, template: ${TEMPLATE} } } }, { name: b, template: { spec: { template: ${TEMPLATE} } } }`,
    { deadline: 'spec.replicatedJobs[1].template.spec.activeDeadlineSeconds undefined' },
  ],
  ['no Job at all', '', { deadline: 'spec.replicatedJobs[0].template.spec.activeDeadlineSeconds undefined' }],
])('a JobSet has the deadline of its Jobs: %s', (_, jobs, expected) => {
  const spec = `ttlSecondsAfterFinished: 7, failurePolicy: { maxRestarts: 4 }, replicatedJobs: [${jobs}]`;
  expect(bounds(workloadOf('jobset.x-k8s.io/v1alpha2', 'JobSet', spec))).toEqual({
    ...expected,
    retries: 'spec.failurePolicy.maxRestarts 4',
    defaultRetries: 0,
    ttl: 'spec.ttlSecondsAfterFinished 7',
  });
});

test.each<[string, string, object]>([
  [
    'a deadline in each',
    `{ name: a, template: { spec: { activeDeadlineSeconds: 5, containers: [] } } }, { name: b, template: { spec: { activeDeadlineSeconds: 6, containers: [] } } }`,
    { deadline: 'spec.tasks[0].template.spec.activeDeadlineSeconds 5' },
  ],
  [
    'one without a deadline',
    `{ name: a, template: { spec: { activeDeadlineSeconds: 5, containers: [] } } }, { name: b, template: ${TEMPLATE} }`,
    { deadline: 'spec.tasks[1].template.spec.activeDeadlineSeconds undefined' },
  ],
  ['no task at all', '', { deadline: 'spec.tasks[0].template.spec.activeDeadlineSeconds undefined' }],
])('a Job of Volcano has the deadline of its pods: %s', (_, tasks, expected) => {
  const spec = `ttlSecondsAfterFinished: 7, maxRetry: 4, tasks: [${tasks}]`;
  expect(bounds(workloadOf('batch.volcano.sh/v1alpha1', 'Job', spec))).toEqual({
    ...expected,
    retries: 'spec.maxRetry 4',
    defaultRetries: 3,
    ttl: 'spec.ttlSecondsAfterFinished 7',
  });
});

test.each([
  ['PyTorchJob', 'pytorchReplicaSpecs'],
  ['TFJob', 'tfReplicaSpecs'],
  ['XGBoostJob', 'xgbReplicaSpecs'],
  ['MXJob', 'mxReplicaSpecs'],
  ['PaddleJob', 'paddleReplicaSpecs'],
  ['JAXJob', 'jaxReplicaSpecs'],
  ['MPIJob', 'mpiReplicaSpecs'],
])('a %s is bounded by its run policy', (kind, replicas) => {
  const policy = 'backoffLimit: 2, activeDeadlineSeconds: 9, ttlSecondsAfterFinished: 5, cleanPodPolicy: Running';
  const spec = `runPolicy: { ${policy} }, ${replicas}: { Worker: { replicas: 3, template: ${TEMPLATE} } }`;
  const workload = workloadOf('kubeflow.org/v1', kind, spec);
  expect(workload.roles.map(({ name, count }) => [name, count])).toEqual([['Worker', 3]]);
  expect(bounds(workload)).toEqual({
    deadline: 'spec.runPolicy.activeDeadlineSeconds 9',
    retries: 'spec.runPolicy.backoffLimit 2',
    defaultRetries: undefined,
    ttl: 'spec.runPolicy.ttlSecondsAfterFinished 5',
    cleanPodPolicy: 'spec.runPolicy.cleanPodPolicy Running',
  });
});

test('a RayJob is not repeated unless it says so', () => {
  const spec = 'activeDeadlineSeconds: 7, ttlSecondsAfterFinished: 8, rayClusterSpec: {}';
  expect(bounds(workloadOf('ray.io/v1', 'RayJob', spec))).toEqual({
    deadline: 'spec.activeDeadlineSeconds 7',
    retries: 'spec.backoffLimit undefined',
    defaultRetries: 0,
    ttl: 'spec.ttlSecondsAfterFinished 8',
  });
});

test('a pod has a deadline, and nothing repeats or removes it', () => {
  const pod = workloadOf('v1', 'Pod', 'activeDeadlineSeconds: 7, containers: []');
  expect(bounds(pod)).toEqual({ deadline: 'spec.activeDeadlineSeconds 7' });
});

const runtime = (kind: string, namespace: string, seconds: string): string => `
apiVersion: trainer.kubeflow.org/v1alpha1
kind: ${kind}
metadata: { name: torch${namespace} }
spec: { mlPolicy: { numNodes: 3 }, template: { spec: { ttlSecondsAfterFinished: 60, replicatedJobs: [{ name: init, template: { spec: { activeDeadlineSeconds: 1 } } }, { name: node, template: { spec: { ${seconds} template: { metadata: { labels: { team: nlp } }, spec: { nodeSelector: { pool: h100 } } } } } }] } } }
`;

test.each<[string, string, string, object]>([
  [
    'its own deadline',
    'activeDeadlineSeconds: 9, runtimeRef: { name: torch }',
    runtime('ClusterTrainingRuntime', '', 'activeDeadlineSeconds: 5,'),
    { deadline: 'spec.activeDeadlineSeconds 9', count: 3, pool: 'h100', ttl: 60 },
  ],
  [
    'the deadline of its runtime',
    'runtimeRef: { name: torch }',
    runtime('ClusterTrainingRuntime', '', 'activeDeadlineSeconds: 5,'),
    {
      deadline: 'spec.template.spec.replicatedJobs[1].template.spec.activeDeadlineSeconds 5',
      count: 3,
      pool: 'h100',
      ttl: 60,
    },
  ],
  [
    'no deadline',
    'runtimeRef: { name: torch }',
    runtime('ClusterTrainingRuntime', '', ''),
    { deadline: 'spec.activeDeadlineSeconds undefined', count: 3, pool: 'h100', ttl: 60 },
  ],
  [
    'a runtime of its own namespace',
    'runtimeRef: { kind: TrainingRuntime, name: torch }, trainer: { numNodes: 2 }',
    runtime('TrainingRuntime', ', namespace: ml', ''),
    { deadline: 'spec.activeDeadlineSeconds undefined', count: 2, pool: 'h100', ttl: 60 },
  ],
  [
    'a runtime of another namespace, which is not its own',
    'runtimeRef: { kind: TrainingRuntime, name: torch }',
    runtime('TrainingRuntime', ', namespace: test', ''),
    { deadline: 'spec.activeDeadlineSeconds undefined', count: 1 },
  ],
  [
    'a runtime of another kind, which is not its own',
    'runtimeRef: { name: torch }',
    runtime('TrainingRuntime', ', namespace: ml', ''),
    { deadline: 'spec.activeDeadlineSeconds undefined', count: 1 },
  ],
])('a TrainJob with %s', (_, spec, manifest, expected) => {
  const job = `{ apiVersion: trainer.kubeflow.org/v1alpha1, kind: TrainJob, metadata: { name: a, namespace: ml, labels: { of: job } }, spec: { ${spec} } }`;
  const [workload] = inventoryOf(job, manifest).workloads;
  const { bounds: found, roles, isGang, pods } = workload;
  const [{ count }] = roles;
  expect({
    deadline: said(found.deadline),
    count,
    ...(pods[0].nodeSelector.pool ? { pool: pods[0].nodeSelector.pool } : {}),
    ...(found.ttl ? { ttl: found.ttl.value } : {}),
  }).toEqual(expected);
  expect(isGang).toBe(count > 1);
  expect(pods[0].labels).toEqual('pool' in expected ? { team: 'nlp' } : {});
});
