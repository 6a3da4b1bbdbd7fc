import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Checkpoints,
  Component,
  Delivery,
  Env,
  Framework,
  Gpu,
  Provider,
  TensorflowSuccess,
  TrainingBackend,
} from 'cdk8s-ml';
import type { ClusterProfileProps, DistributedTrainingProps, TensorflowOptions } from 'cdk8s-ml';
import { gangOn, only, synth } from '../fixtures';

const OPERATOR: Partial<ClusterProfileProps> = {
  components: [Component.TRAINING_OPERATOR],
  trainingBackend: TrainingBackend.TF_JOB,
};
const SMALL = { cpu: Cpu.units(3), memory: Size.gibibytes(11) };
const ROLES: TensorflowOptions = {
  chief: { cpu: Cpu.units(6), memory: Size.gibibytes(17), gpu: Gpu.h100(1) },
  parameterServers: { cpu: Cpu.units(9), memory: Size.gibibytes(70), replicas: 2 },
  evaluator: SMALL,
};
const chartOf = (
  options?: TensorflowOptions,
  props: Partial<DistributedTrainingProps> = {},
  profile: Partial<ClusterProfileProps> = OPERATOR,
) => gangOn(profile, { framework: Framework.tensorflow(options), run: 'v3', ...props });
const tfJobOf = (...given: Parameters<typeof chartOf>) => only(chartOf(...given), 'TFJob');

test('minimal', () => {
  expect(synth(chartOf())).toMatchSnapshot();
});

test('every role', () => {
  expect(synth(chartOf(ROLES))).toMatchSnapshot();
});

test('gives each role its own resources and place', () => {
  const { tfReplicaSpecs } = tfJobOf(ROLES).spec;
  const given = Object.entries(tfReplicaSpecs).map(([role, spec]) => {
    const { replicas, template } = spec as { replicas: number; template: { spec: { [field: string]: never } } };
    const { containers, tolerations } = template.spec as never as {
      containers: { resources: { requests: object } }[];
      tolerations?: object[];
    };
    return [role, replicas, containers[0].resources.requests, tolerations?.length ?? 0];
  });
  expect(given).toEqual([
    ['Chief', 1, { cpu: '6', memory: '17Gi', 'nvidia.com/gpu': '1' }, 1],
    ['Evaluator', 1, { cpu: '3', memory: '11Gi' }, 0],
    ['PS', 2, { cpu: '9', memory: '70Gi' }, 0],
    ['Worker', 3, { cpu: '90', memory: '900Gi', 'nvidia.com/gpu': '8' }, 1],
  ]);
});

test('keeps workers apart, lets other roles share a node, and both follow the zone of the workers', () => {
  const onAws = { ...OPERATOR, provider: Provider.AWS };
  const { Worker, PS } = tfJobOf(ROLES, {}, onAws).spec.tfReplicaSpecs;
  for (const { template } of [Worker, PS]) {
    const [zone] = template.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    expect(zone.topologyKey).toBe('topology.kubernetes.io/zone');
    expect(zone.labelSelector.matchLabels).toMatchObject({ 'training.kubeflow.org/replica-type': 'worker' });
  }
  const [apart] = Worker.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
  expect(apart.labelSelector.matchLabels).toMatchObject({ 'training.kubeflow.org/replica-type': 'worker' });
  expect(PS.template.spec.affinity?.podAntiAffinity).toBeUndefined();
});

test('has succeeded with its chief, or else with every worker, or else with the first when that is asked for', () => {
  expect(tfJobOf().spec.successPolicy).toBe('AllWorkers');
  expect(tfJobOf(ROLES).spec.successPolicy).toBe('');
  expect(tfJobOf({ success: TensorflowSuccess.CHIEF }).spec.successPolicy).toBe('');
});

test('counts a failure once for every pod, since they fail together', () => {
  const props = { checkpoints: Checkpoints.claim('fsx'), backoffLimit: 2 };
  expect(tfJobOf(ROLES, props).spec.runPolicy).toMatchObject({ backoffLimit: 2 * 7 + 1, cleanPodPolicy: 'Running' });
});

test('has one process for all GPUs of a pod', () => {
  expect(() => synth(chartOf({}, { numProcPerNode: 8 }))).toThrow(/TRN023.*runs one process per pod/);
});

test('keeps TF_CONFIG for the operator', () => {
  const [{ name, env }] = tfJobOf(ROLES).spec.tfReplicaSpecs.Worker.template.spec.containers;
  expect(name).toBe('tensorflow');
  expect(env.map((variable: { name: string }) => variable.name)).not.toContain('TF_CONFIG');
  expect(() => synth(chartOf({}, { env: { TF_CONFIG: Env.value('{}') } }))).toThrow(/KUB008.*TF_CONFIG/);
});

test('finds the place of an error in a role', () => {
  const replicas = 0;
  expect(() => Framework.tensorflow({ parameterServers: { ...SMALL, replicas } })).toThrow(
    /parameterServers\.replicas.*0/,
  );
});

test('has a TTL where manifests are applied once', () => {
  const profile = { ...OPERATOR, delivery: Delivery.CREATE_ONCE };
  expect(tfJobOf({}, {}, profile).spec.runPolicy.ttlSecondsAfterFinished).toBe(86400);
  expect(tfJobOf().spec.runPolicy).not.toHaveProperty('ttlSecondsAfterFinished');
});

test('counts what the operator adds to the names of pods', () => {
  const fits = 'x'.repeat(63 - '-v3-evaluator-0'.length);
  expect(() => synth(chartOf(ROLES, { name: fits }))).not.toThrow();
  expect(() => synth(chartOf(ROLES, { name: `${fits}x` }))).toThrow(/KUB021.*evaluator-0/);
});

test('is refused with more pods than TF_CONFIG can name', () => {
  expect(() => synth(chartOf({}, { numNodes: 2000 }))).toThrow(/TRN016.*the addresses of 2000 pods/);
});

describe('without its operator', () => {
  const PLACES = [
    [TrainingBackend.INDEXED_JOB, [], '$(RUN)-0.llm:29500'],
    [TrainingBackend.JOB_SET, [Component.JOBSET], '$(RUN)-node-0-0.$(RUN):29500'],
  ] as const;

  test.each(PLACES)('%s tells TF_CONFIG to every worker', (backend, components, first) => {
    const [object] = synth(chartOf({}, { backend }, { components: [...components] }));
    const job = backend === TrainingBackend.JOB_SET ? object.spec.replicatedJobs[0].template : object;
    const { env } = job.spec.template.spec.containers[0];
    const config = env.find(({ name }: { name: string }) => name === 'TF_CONFIG').value as string;
    const { cluster, task } = JSON.parse(config.replace('$(NODE_RANK)', '2')) as {
      cluster: { worker: string[] };
      task: object;
    };
    expect(cluster.worker).toHaveLength(3);
    expect(cluster.worker[0]).toBe(first);
    expect(task).toEqual({ type: 'worker', index: 2 });
  });

  test.each(PLACES)('%s is refused what only the operator has', (backend, components) => {
    const on = { components: [...components] };
    expect(() => synth(chartOf(ROLES, { backend }, on))).toThrow(
      /TRN016: framework has chief, parameterServers, evaluator.*\n.*TF_JOB/,
    );
    expect(() => synth(chartOf({ success: TensorflowSuccess.CHIEF }, { backend }, on))).toThrow(
      /TRN016: success is chief/,
    );
  });
});
