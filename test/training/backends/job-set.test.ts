import { Checkpoints, Component, Delivery, Queue, TrainingBackend } from 'cdk8s-ml';
import type { ClusterProfileProps, DistributedTrainingProps } from 'cdk8s-ml';
import { gangOn, only, synth } from '../fixtures';

const OPERATOR: Partial<ClusterProfileProps> = {
  components: [Component.JOBSET, Component.KUEUE],
  trainingBackend: TrainingBackend.JOB_SET,
};
const chartOf = (props: Partial<DistributedTrainingProps> = {}, profile: Partial<ClusterProfileProps> = OPERATOR) =>
  gangOn(profile, { run: 'v3', ...props });
const jobSetOf = (...given: Parameters<typeof chartOf>) => only(chartOf(...given), 'JobSet');
const jobOf = (...given: Parameters<typeof chartOf>) => jobSetOf(...given).spec.replicatedJobs[0].template.spec;

test('minimal', () => {
  expect(synth(chartOf())).toMatchSnapshot();
});

test('tells every process how many there are and where the first one is, without the name of the run in the template', () => {
  const { template } = jobOf();
  const { env } = template.spec.containers[0];
  expect(env).toEqual(
    expect.arrayContaining([
      { name: 'PET_NNODES', value: '3' },
      { name: 'PET_NPROC_PER_NODE', value: '8' },
      { name: 'PET_MASTER_ADDR', value: '$(RUN)-node-0-0.$(RUN)' },
    ]),
  );
  expect(JSON.stringify(template.spec)).not.toContain('llm-v3');
});

test('starts the gang again as a whole, as often as backoffLimit says', () => {
  const { spec } = jobSetOf({ checkpoints: Checkpoints.claim('fsx'), backoffLimit: 4 });
  expect(spec.failurePolicy).toMatchObject({ maxRestarts: 4, restartStrategy: 'BlockingRecreate' });
  expect(spec.replicatedJobs[0].template.spec).toMatchObject({ backoffLimit: 0, completions: 3, parallelism: 3 });
});

test('ends the run for exit codes that are bugs, and does not count disruptions', () => {
  const props = { failOnExitCodes: [3] };
  const actions = jobSetOf(props).spec.failurePolicy.rules.map(({ name, action }: { [field: string]: string }) => [
    name,
    action,
  ]);
  expect(actions).toEqual([
    ['exitCodeOfABug', 'FailJobSet'],
    ['deadline', 'FailJobSet'],
    ['disruption', 'RestartJobSetAndIgnoreMaxRestarts'],
  ]);
  expect(jobOf(props).podFailurePolicy.rules).toEqual([
    { action: 'FailJob', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
    { action: 'FailJob', onExitCodes: { containerName: 'trainer', operator: 'In', values: [3, 137] } },
  ]);
});

test('lets Kueue stop all starts together at the deadline, and asks for an apply that keeps what Kueue wrote', () => {
  const queued = jobSetOf({ queue: Queue.named('research') }).metadata;
  expect(queued.labels['kueue.x-k8s.io/max-exec-time-seconds']).toBe(String(60 * 3600 + 60));
  expect(queued.annotations['argocd.argoproj.io/sync-options']).toBe('Prune=confirm,ServerSideApply=true');
  const alone = jobSetOf().metadata;
  expect(alone.labels).not.toHaveProperty(['kueue.x-k8s.io/max-exec-time-seconds']);
  expect(alone.annotations['argocd.argoproj.io/sync-options']).toBe('Prune=confirm');
});

test('has a TTL where manifests are applied once', () => {
  expect(jobSetOf({}, { ...OPERATOR, delivery: Delivery.CREATE_ONCE }).spec.ttlSecondsAfterFinished).toBe(86400);
  expect(jobSetOf().spec).not.toHaveProperty('ttlSecondsAfterFinished');
});

test('counts what the operator and the Job controller add to the names of pods', () => {
  const fits = 'x'.repeat(63 - '-v3-node-0-2-abcde'.length);
  expect(() => synth(chartOf({ name: fits }))).not.toThrow();
  expect(() => synth(chartOf({ name: `${fits}x` }))).toThrow(/KUB021.*node-0-2-abcde/);
});
