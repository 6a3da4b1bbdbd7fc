import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import type {
  ClusterProfileProps,
  DistributedTrainingProps,
  GpuTrainingJobProps,
  ScheduledRetrainProps,
  SingleRunProps,
} from 'cdk8s-ml';
import {
  Acknowledge,
  Affinity,
  CapacityType,
  Checkpoints,
  ClusterProfile,
  Component,
  Dataset,
  DistributedTraining,
  Egress,
  Env,
  FaultModel,
  Framework,
  Gpu,
  GpuModel,
  ImagePullPolicy,
  ModelStore,
  Preflight,
  Provider,
  SecurityProfile,
  SharedMemory,
  TaintEffect,
  TrainingRun,
  Volume,
} from 'cdk8s-ml';
import { expectValidManifest } from '../schema';

/** A chart in the namespace of the tests, with a profile when one is given. */
export function chartWith(profile?: Partial<ClusterProfileProps>): Chart {
  const chart = new Chart(new App(), 'team', { namespace: 'ml-training' });
  if (profile) ClusterProfile.attach(chart, new ClusterProfile({ name: 'lab', ...profile }));
  return chart;
}

/** The objects of a chart, each checked against the schema of its kind. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function synth(chart: Chart): any[] {
  const objects = Testing.synth(chart) as object[];
  for (const object of objects) expectValidManifest(object);
  return objects;
}

/** The only object of a kind. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function only(chart: Chart, kind: string, name?: string): any {
  const objects = synth(chart).filter(
    (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
  );
  expect(objects).toHaveLength(1);
  return objects[0];
}

/** A profile with one on-demand and one spot pool, for tests of places. */
export const POOLS: Partial<ClusterProfileProps> = {
  provider: Provider.AWS,
  components: [Component.KUEUE, Component.TRAINING_OPERATOR],
  pools: {
    h100: { gpu: GpuModel.H100, instanceType: 'p5.48xlarge', maxNodes: 3 },
    spot: { gpu: GpuModel.L4, instanceType: 'g6.12xlarge', capacityType: CapacityType.SPOT },
  },
  queues: [{ name: 'research', tolerations: [{ key: 'nvidia.com/gpu', effect: TaintEffect.NO_SCHEDULE }] }],
};

export const SINGLE: SingleRunProps = {
  image: 'registry.example.com/trainer:v1.7',
  cpu: Cpu.units(7),
  memory: Size.gibibytes(40),
  activeDeadline: Duration.hours(5),
};

export const GANG: DistributedTrainingProps = {
  framework: Framework.pytorch(),
  numNodes: 3,
  gpuPerNode: Gpu.h100(8),
  image: 'registry.example.com/llm:v2',
  cpu: Cpu.units(90),
  memory: Size.gibibytes(900),
  activeDeadline: Duration.hours(60),
};

/** A chart with one gang in a cluster. */
export function gangOn(profile: Partial<ClusterProfileProps>, props: Partial<DistributedTrainingProps>): Chart {
  const chart = chartWith(profile);
  // Of MPIJobs alone: profiles of these tests have every operator, and any backend.
  Acknowledge.of(chart).add('TRN060', 'The namespace enforces baseline.');
  Acknowledge.of(chart).add('TRN061', 'The training operator runs without MPIJob.');
  new DistributedTraining(chart, 'llm', { ...GANG, ...props });
  return chart;
}

const shared = Volume.scratch({ mountPath: '/handover', sizeLimit: Size.gibibytes(3) });

/** Every property of a run except those that exclude another. */
const everything = {
  image: 'registry.example.com/trainer@sha256:0f0e0d0c0b0a09080706050403020100ffeeddccbbaa99887766554433221100',
  command: ['python', 'train.py'],
  args: ['--data=$(DATASET_DIR)', '--out=$(MODEL_DIR)'],
  env: {
    LEARNING_RATE: Env.value('3e-4'),
    HF_TOKEN: Env.secret('hugging-face', 'token'),
    NODE: Env.field('spec.nodeName'),
  },
  cpu: Cpu.millis(7500),
  memory: Size.gibibytes(44),
  ephemeralStorage: Size.gibibytes(9),
  workingDir: '/app',
  volumes: [Volume.configMap('settings', { mountPath: '/settings', readOnly: true }), shared],
  initContainers: [{ name: 'warm-up', image: 'busybox:1.37', command: ['true'], volumes: [shared] }],
  sidecars: [{ name: 'logs', image: 'fluent/fluent-bit:4.0.3', cpu: Cpu.millis(50), memory: Size.mebibytes(64) }],
  sharedMemory: SharedMemory.of(Size.gibibytes(11)),
  security: SecurityProfile.restricted(1234),
  serviceAccountName: 'trainer',
  automountServiceAccountToken: true,
  imagePullSecrets: ['registry'],
  imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
  labels: { team: 'nlp' },
  annotations: { 'example.com/ticket': 'ML-12' },
  affinity: Affinity.requireNodes('topology.kubernetes.io/zone', 'eu-1a').plus(
    Affinity.preferNodes(30, 'disk', 'nvme'),
  ),
  runtimeClassName: 'nvidia',
  priorityClassName: 'ml-train',
  schedulerName: 'my-scheduler',
  terminationGracePeriod: Duration.seconds(75),
  activeDeadline: Duration.hours(13),
  workloadPriorityClassName: 'high',
  dataset: Dataset.claim('corpus', { mountPath: '/corpus' }),
  checkpoints: Checkpoints.claim('state', {
    mountPath: '/state',
    resumeFrom: 'bert-v2',
    saveTime: Duration.seconds(45),
    saveInterval: Duration.minutes(20),
  }),
  output: ModelStore.claim('models', { mountPath: '/finished' }),
  backoffLimit: 4,
  failOnExitCodes: [3, 2],
  retryOutOfMemory: true,
  egress: [Egress.cidr('192.0.2.0/24', { ports: [443] })],
  preflight: Preflight.devices(),
  faultModel: FaultModel.maintenance({ notice: Duration.minutes(5), meanTimeBetweenInterruptions: Duration.hours(9) }),
};

type Everything<T> = Required<Omit<T, 'queue' | 'pool' | 'tolerations' | 'gpu' | 'run' | 'name' | 'ttl'>>;
export const EVERY_RUN: Everything<GpuTrainingJobProps> = everything;

export type { ScheduledRetrainProps };
export const RUN = TrainingRun.single(SINGLE);
