import { Duration } from 'cdk8s';
import { Checkpoints, Component, Delivery, Env, Framework, Queue, TrainingBackend } from 'cdk8s-ml';
import type { ClusterProfileProps, DistributedTrainingProps } from 'cdk8s-ml';
import { gangOn, only, synth } from '../fixtures';

const OPERATOR: Partial<ClusterProfileProps> = {
  components: [Component.TRAINER, Component.KUEUE],
  trainingBackend: TrainingBackend.TRAIN_JOB,
};
const chartOf = (props: Partial<DistributedTrainingProps> = {}, profile: Partial<ClusterProfileProps> = OPERATOR) =>
  gangOn(profile, { run: 'v3', ...props });
const trainJobOf = (...given: Parameters<typeof chartOf>) => only(chartOf(...given), 'TrainJob');
const runtimeOf = (...given: Parameters<typeof chartOf>) => only(chartOf(...given), 'TrainingRuntime');
const jobOf = (...given: Parameters<typeof chartOf>) =>
  runtimeOf(...given).spec.template.spec.replicatedJobs[0].template;

test('minimal', () => {
  expect(synth(chartOf())).toMatchSnapshot();
});

test('says in the run what is trained, so that changing it is refused', () => {
  const { runtimeRef, trainer, activeDeadlineSeconds } = trainJobOf({ command: ['torchrun', 'train.py'] }).spec;
  expect(runtimeRef).toEqual({ apiGroup: 'trainer.kubeflow.org', kind: 'TrainingRuntime', name: 'llm-v3' });
  expect(trainer).toMatchObject({
    image: 'registry.example.com/llm:v2',
    command: ['torchrun', 'train.py'],
    numNodes: 3,
    numProcPerNode: 8,
    resourcesPerNode: { limits: { memory: '900Gi', 'nvidia.com/gpu': '8' } },
  });
  expect(activeDeadlineSeconds).toBe(60 * 3600);
});

test('says in the runtime what a TrainJob cannot', () => {
  const job = jobOf({ checkpoints: Checkpoints.claim('fsx'), backoffLimit: 4 });
  expect(job.metadata.labels['trainer.kubeflow.org/trainjob-ancestor-step']).toBe('trainer');
  expect(job.spec).toMatchObject({ backoffLimit: 0, podReplacementPolicy: 'Failed', completions: 3 });
  expect(job.spec).not.toHaveProperty('activeDeadlineSeconds');
  expect(job.spec.template.spec.containers[0].name).toBe('node');
  const { failurePolicy } = runtimeOf({ checkpoints: Checkpoints.claim('fsx'), backoffLimit: 4 }).spec.template.spec;
  expect(failurePolicy).toMatchObject({ maxRestarts: 4, restartStrategy: 'BlockingRecreate' });
  expect(failurePolicy.rules.map(({ name }: { name: string }) => name)).toEqual(['exitCodeOfABug', 'disruption']);
});

test('leaves the variables of torchrun and JAX to the operator, and brings those of a program of its own', () => {
  const namesOf = (framework: Framework) =>
    jobOf({ framework }).spec.template.spec.containers[0].env.map(({ name }: { name: string }) => name);
  expect(runtimeOf().spec.mlPolicy).toEqual({ numNodes: 3, torch: {} });
  expect(namesOf(Framework.pytorch()).filter((name: string) => name.startsWith('PET_'))).toEqual([]);
  expect(runtimeOf({ framework: Framework.jax() }).spec.mlPolicy).toEqual({ numNodes: 3, jax: {} });
  expect(namesOf(Framework.jax()).filter((name: string) => name.startsWith('JAX_'))).toEqual([]);
  expect(trainJobOf({ framework: Framework.jax() }).spec.trainer.numProcPerNode).toBe(1);
  expect(runtimeOf({ framework: Framework.plain() }).spec.mlPolicy).toEqual({ numNodes: 3 });
  expect(namesOf(Framework.plain())).toEqual(expect.arrayContaining(['NUM_NODES', 'NODE_RANK', 'MASTER_ADDR']));
});

test('KUB008 fails for a variable that the operator refuses', () => {
  expect(() => synth(chartOf({ env: { PET_NNODES: Env.value('2') } }))).toThrow(/KUB008.*PET_NNODES/);
  expect(() => synth(chartOf({ env: { PET_LOG_DIR: Env.value('/tmp') } }))).not.toThrow();
});

test('TRN016 fails for more variables than a TrainJob takes', () => {
  const many = (count: number) => ({
    env: Object.fromEntries(Array.from({ length: count }, (_, i) => [`LAYER_${i}`, Env.value('wide')])),
  });
  const ours = trainJobOf().spec.trainer.env.length;
  expect(() => synth(chartOf(many(128 - ours)))).not.toThrow();
  expect(() => synth(chartOf(many(129 - ours)))).toThrow(/TRN016.*129 variables/);
});

test('comes after its runtime, which Argo CD applies first and does not remove unasked', () => {
  const kinds = synth(chartOf()).map(({ kind }) => kind as string);
  expect(kinds.indexOf('TrainingRuntime')).toBeLessThan(kinds.indexOf('TrainJob'));
  expect(runtimeOf().metadata.annotations).toMatchObject({
    'argocd.argoproj.io/sync-options': 'Prune=confirm',
    'argocd.argoproj.io/sync-wave': '-1',
  });
});

test('is queued by its own label, which its runtime has not', () => {
  const queued = { queue: Queue.named('research') };
  expect(trainJobOf(queued).metadata.labels['kueue.x-k8s.io/queue-name']).toBe('research');
  expect(JSON.stringify(runtimeOf(queued))).not.toContain('kueue.x-k8s.io');
});

test('has no TTL: TRN016 fails for one, and where manifests are applied once the JobSet has it', () => {
  const once = { ...OPERATOR, delivery: Delivery.CREATE_ONCE };
  expect(() => synth(chartOf({ ttl: Duration.hours(2) }, once))).toThrow(/TRN016.*ttl is set.*JOB_SET|TRN016/);
  expect(runtimeOf({}, once).spec.template.spec.ttlSecondsAfterFinished).toBe(86400);
  expect(runtimeOf().spec.template.spec).not.toHaveProperty('ttlSecondsAfterFinished');
});

test('counts what the operator and the Job controller add to the names of pods', () => {
  const fits = 'x'.repeat(63 - '-v3-node-0-2-abcde'.length);
  expect(() => synth(chartOf({ name: fits }))).not.toThrow();
  expect(() => synth(chartOf({ name: `${fits}x` }))).toThrow(/KUB021.*node-0-2-abcde/);
});
