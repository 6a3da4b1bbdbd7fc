import { readFileSync } from 'node:fs';
import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Checkpoints, Component, DistributedTraining, Framework, Queue, TrainingBackend } from 'cdk8s-ml';
import type { ClusterProfileProps, DistributedTrainingProps } from 'cdk8s-ml';
import { chartWith, GANG, gangOn, only, synth } from '../fixtures';

const OPERATOR: Partial<ClusterProfileProps> = {
  components: [Component.TRAINING_OPERATOR, Component.JOBSET],
  trainingBackend: TrainingBackend.XGBOOST_JOB,
};
/** The same with Kueue, which manages the kind. */
const QUEUED: Partial<ClusterProfileProps> = {
  ...OPERATOR,
  components: [Component.TRAINING_OPERATOR, Component.KUEUE],
  kueueFrameworks: ['kubeflow.org/xgboostjob'],
};
const CPUS: Partial<DistributedTrainingProps> = {
  gpuPerNode: undefined,
  cpu: Cpu.units(15),
  memory: Size.gibibytes(60),
};
const chartOf = (props: Partial<DistributedTrainingProps> = {}, profile = OPERATOR) =>
  gangOn(profile, { run: 'v3', framework: Framework.xgboost(), command: ['python3', 'train.py'], ...CPUS, ...props });
const specOf = (...given: Parameters<typeof chartOf>) => only(chartOf(...given), 'XGBoostJob').spec;
const containerOf = (...given: Parameters<typeof chartOf>) =>
  specOf(...given).xgbReplicaSpecs.Master.template.spec.containers[0];

test('minimal', () => {
  expect(synth(chartOf())).toMatchSnapshot();
});

test('is a Master and Workers of one shape, and a Master alone for one node', () => {
  const { Master, Worker } = specOf().xgbReplicaSpecs;
  expect([Master.replicas, Worker.replicas]).toEqual([1, 2]);
  expect(Master.template).toEqual(Worker.template);
  expect(Object.keys(specOf({ numNodes: 1 }).xgbReplicaSpecs)).toEqual(['Master']);
});

test('starts the program by the script, which stands in a ConfigMap of all runs', () => {
  const chart = chartOf({ args: ['--rounds=100'] });
  const { command, args, volumeMounts } = only(chart, 'XGBoostJob').spec.xgbReplicaSpecs.Master.template.spec
    .containers[0];
  expect(command).toEqual(['python3', '/opt/cdk8s-ml/xgboost_launch.py', 'python3', 'train.py']);
  expect(args).toEqual(['--rounds=100']);
  expect(volumeMounts).toContainEqual({ name: 'start', mountPath: '/opt/cdk8s-ml', readOnly: true });
  const { metadata, data } = only(chart, 'ConfigMap');
  expect(metadata.name).toBe('llm-start');
  expect(data['xgboost_launch.py']).toBe(readFileSync('src/training/scripts/xgboost_launch.py', 'utf8'));
});

/** What each backend says of the node, and where the tracker is. */
const MEETINGS: [TrainingBackend, kind: string, rank: string | undefined, address: string, port: string][] = [
  [TrainingBackend.XGBOOST_JOB, 'XGBoostJob', undefined, '$(RUN)-master-0', '9999'],
  [TrainingBackend.JOB_SET, 'JobSet', 'batch.kubernetes.io/job-completion-index', '$(RUN)-node-0-0.$(RUN)', '29500'],
  [TrainingBackend.INDEXED_JOB, 'Job', 'batch.kubernetes.io/job-completion-index', '$(RUN)-0.llm', '29500'],
];

test.each(MEETINGS)('%s tells the script where all workers meet', (backend, kind, rank, address, port) => {
  const yaml = JSON.stringify(only(chartOf({ backend }), kind));
  const variables = [
    ...(rank ? [{ name: 'NODE_RANK', valueFrom: { fieldRef: { fieldPath: `metadata.labels['${rank}']` } } }] : []),
    { name: 'NUM_PROC_PER_NODE', value: '1' },
    { name: 'DMLC_TRACKER_URI', value: address },
    { name: 'DMLC_TRACKER_PORT', value: port },
    { name: 'DMLC_NUM_WORKER', value: '3' },
    { name: 'XGBOOST_START_TIMEOUT', value: '1800' },
  ];
  for (const variable of variables) expect(yaml).toContain(JSON.stringify(variable));
});

test('is one process per GPU, and one for a node without any', () => {
  const numbers = (props: Partial<DistributedTrainingProps>) => {
    const framework = Framework.xgboost();
    const training = new DistributedTraining(chartWith(OPERATOR), 'llm', {
      ...GANG,
      framework,
      command: ['x'],
      ...props,
    });
    return [training.gpuPerNode?.count, training.numProcPerNode, training.worldSize];
  };
  expect(numbers({})).toEqual([8, 8, 24]);
  expect(numbers(CPUS)).toEqual([undefined, 1, 3]);
  expect(numbers({ ...CPUS, numProcPerNode: 4 })).toEqual([undefined, 4, 12]);
});

test('asks for no GPUs on CPU nodes, and stands none of their taints', () => {
  const { template } = specOf().xgbReplicaSpecs.Master;
  expect(template.spec.containers[0].resources).toEqual({
    limits: { memory: '60Gi' },
    requests: { cpu: '15', memory: '60Gi' },
  });
  expect(template.spec).not.toHaveProperty('tolerations');
});

test('lets the user say how long the start may take', () => {
  const { env } = containerOf({ framework: Framework.xgboost({ startTimeout: Duration.hours(2) }) });
  expect(env).toContainEqual({ name: 'XGBOOST_START_TIMEOUT', value: '7200' });
  expect(() => Framework.xgboost({ startTimeout: Duration.seconds(1) })).toThrow(/startTimeout/);
});

test('waits for the last pod as long as Kueue does', () => {
  const queued = { queue: Queue.named('research') };
  const timeout = (props: object, kueueWaitForPodsReady?: Duration): string =>
    containerOf(props, { ...QUEUED, kueueWaitForPodsReady }).env.find(
      ({ name }: { name: string }) => name === 'XGBOOST_START_TIMEOUT',
    ).value;
  expect(timeout(queued, Duration.hours(1))).toBe('3600');
  expect(timeout(queued, Duration.minutes(5))).toBe('1800');
  expect(timeout({}, Duration.hours(1))).toBe('1800');
});

test('TRN038 fails when nodes give up before Kueue does', () => {
  const framework = Framework.xgboost({ startTimeout: Duration.minutes(20) });
  const queue = Queue.named('research');
  expect(() => specOf({ framework, queue }, QUEUED)).toThrow(
    /TRN038: startTimeout is 20m, and Kueue waits 30m for the last pod of the run[^]*give at least 30m/,
  );
  expect(() => specOf({ framework })).not.toThrow();
  expect(() => specOf({ framework, queue }, { ...QUEUED, kueueWaitForPodsReady: Duration.minutes(20) })).not.toThrow();
});

test('ends, and takes its pods with it', () => {
  const { runPolicy } = specOf({ checkpoints: Checkpoints.claim('fsx'), backoffLimit: 4 });
  expect(runPolicy).toEqual({ activeDeadlineSeconds: 216000, backoffLimit: 13, cleanPodPolicy: 'Running' });
});
