import { Checkpoints, Component, Delivery, Framework, TrainingBackend } from 'cdk8s-ml';
import type { ClusterProfileProps, DistributedTrainingProps } from 'cdk8s-ml';
import { gangOn, only, synth } from '../fixtures';

const OPERATOR: Partial<ClusterProfileProps> = {
  components: [Component.VOLCANO],
  trainingBackend: TrainingBackend.VOLCANO_JOB,
};
const chartOf = (props: Partial<DistributedTrainingProps> = {}, profile = OPERATOR) =>
  gangOn(profile, { run: 'v3', ...props });
const specOf = (...given: Parameters<typeof chartOf>) => only(chartOf(...given), 'Job').spec;

test('minimal', () => {
  expect(synth(chartOf())).toMatchSnapshot();
});

test('starts all pods or none, in the queue that is asked for', () => {
  const { schedulerName, queue, minAvailable, tasks } = specOf();
  expect({ schedulerName, queue, minAvailable }).toEqual({
    schedulerName: 'volcano',
    queue: 'default',
    minAvailable: 3,
  });
  expect(tasks).toHaveLength(1);
  expect(tasks[0]).toMatchObject({ replicas: 3, minAvailable: 3 });
  expect(specOf({ volcanoQueue: 'research' }).queue).toBe('research');
});

test('starts the gang again as a whole, and ends it at once for bugs, which are looked at first', () => {
  const checkpoints = Checkpoints.claim('fsx');
  const { policies, maxRetry } = specOf({ checkpoints, backoffLimit: 4, failOnExitCodes: [3] });
  expect(maxRetry).toBe(5);
  expect(policies).toEqual([
    { exitCode: 3, action: 'TerminateJob' },
    { exitCode: 137, action: 'TerminateJob' },
    { events: ['PodFailed', 'PodEvicted'], action: 'RestartJob' },
  ]);
  expect(specOf({ checkpoints, retryOutOfMemory: true }).policies).toHaveLength(1);
});

test('bounds the pods, since the kind has no deadline', () => {
  expect(specOf().tasks[0].template.spec).toMatchObject({ activeDeadlineSeconds: 60 * 3600, restartPolicy: 'Never' });
  expect(specOf()).not.toHaveProperty('ttlSecondsAfterFinished');
  expect(specOf({}, { ...OPERATOR, delivery: Delivery.CREATE_ONCE }).ttlSecondsAfterFinished).toBe(86400);
});

test('tells torchrun its number from the label of the controller, and the address that the plugin gives', () => {
  const [{ env }] = specOf().tasks[0].template.spec.containers;
  expect(env).toContainEqual({
    name: 'PET_NODE_RANK',
    valueFrom: { fieldRef: { fieldPath: "metadata.labels['volcano.sh/task-index']" } },
  });
  expect(env).toContainEqual({ name: 'PET_MASTER_ADDR', value: '$(RUN)-node-0.$(RUN)' });
  expect(specOf().plugins).toEqual({ svc: ['--publish-not-ready-addresses=true', '--disable-network-policy=true'] });
});

test('runs XGBoost by the script, which reads the same number', () => {
  const [{ env }] = specOf({ framework: Framework.xgboost(), command: ['python3', 'train.py'] }).tasks[0].template.spec
    .containers;
  expect(env).toContainEqual({ name: 'DMLC_TRACKER_URI', value: '$(RUN)-node-0.$(RUN)' });
});
