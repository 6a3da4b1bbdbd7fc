import { Checkpoints, Component, Framework, RestartScope, TrainingBackend } from 'cdk8s-ml';
import type { ClusterProfileProps, DistributedTrainingProps } from 'cdk8s-ml';
import { DistributedTraining } from 'cdk8s-ml';
import { chartWith, GANG, gangOn, only, synth } from '../fixtures';

const OPERATOR: Partial<ClusterProfileProps> = {
  components: [Component.TRAINING_OPERATOR, Component.JOBSET],
  trainingBackend: TrainingBackend.JAX_JOB,
};
const chartOf = (props: Partial<DistributedTrainingProps> = {}) =>
  gangOn(OPERATOR, { run: 'v3', framework: Framework.jax(), ...props });
const jaxJobOf = (props: Partial<DistributedTrainingProps> = {}) => only(chartOf(props), 'JAXJob').spec;
const containerOf = (props: Partial<DistributedTrainingProps> = {}) =>
  jaxJobOf(props).jaxReplicaSpecs.Worker.template.spec.containers[0];

/** Where each backend says which process this is, and where the first one listens. */
const MEETINGS: [TrainingBackend, kind: string, rank: string, address: string][] = [
  [TrainingBackend.JAX_JOB, 'JAXJob', 'training.kubeflow.org/replica-index', '$(RUN)-worker-0:6666'],
  [TrainingBackend.JOB_SET, 'JobSet', 'batch.kubernetes.io/job-completion-index', '$(RUN)-node-0-0.$(RUN):29500'],
  [TrainingBackend.INDEXED_JOB, 'Job', 'batch.kubernetes.io/job-completion-index', '$(RUN)-0.llm:29500'],
];

test('minimal', () => {
  expect(synth(chartOf())).toMatchSnapshot();
});

test.each(MEETINGS)('%s gives a program the same variables as every other', (backend, kind, rank, address) => {
  const yaml = JSON.stringify(only(chartOf({ backend }), kind));
  const variables = [
    { name: 'JAX_NUM_PROCESSES', value: '3' },
    { name: 'JAX_PROCESS_ID', valueFrom: { fieldRef: { fieldPath: `metadata.labels['${rank}']` } } },
    { name: 'JAX_COORDINATOR_ADDRESS', value: address },
  ];
  for (const variable of variables) expect(yaml).toContain(JSON.stringify(variable));
  expect(yaml).not.toContain('PET_');
});

test('is one process per pod, whatever its GPUs', () => {
  const training = new DistributedTraining(chartWith(OPERATOR), 'llm', { ...GANG, framework: Framework.jax() });
  expect([training.numProcPerNode, training.worldSize]).toEqual([1, 3]);
  expect(containerOf().resources.limits['nvidia.com/gpu']).toBe('8');
});

test('has the container and the port that the operator looks for', () => {
  expect(containerOf()).toMatchObject({ name: 'jax', ports: [{ name: 'jaxjob-port', containerPort: 6666 }] });
});

test('ends, and takes its pods with it', () => {
  const { jaxReplicaSpecs, runPolicy } = jaxJobOf({ checkpoints: Checkpoints.claim('fsx'), backoffLimit: 4 });
  expect(runPolicy).toEqual({ activeDeadlineSeconds: 216000, backoffLimit: 13, cleanPodPolicy: 'Running' });
  expect(jaxReplicaSpecs.Worker).toMatchObject({ replicas: 3, restartPolicy: 'OnFailure' });
  expect(jaxReplicaSpecs.Worker.template.spec.activeDeadlineSeconds).toBe(216010);
});

test('TRN016 refuses to restart as a whole, with the backend that does', () => {
  expect(() => synth(chartOf({ restartScope: RestartScope.GANG }))).toThrow(
    /a JAXJob restarts single pods only.*\n.*JOB_SET/,
  );
});

test.each(['COORDINATOR_ADDRESS', 'JAX_PROCESS_ID', 'NUM_PROCESSES'])('%s is not for users to set', (name) => {
  expect(() => synth(chartOf({ env: { [name]: 'x' } as never }))).toThrow();
});
