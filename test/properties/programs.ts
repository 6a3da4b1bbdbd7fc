import type { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import * as fc from 'fast-check';
import {
  Claim,
  DistributedTraining,
  GpuNodePool,
  GpuTrainingJob,
  ModelServer,
  ProfileConfigMap,
  ScheduledRetrain,
  TrainingBackend,
} from '../../src';
import { type Cluster, claimProps, clusters, withOperator } from './arbitrary-cluster';
import { nodePoolProps } from './arbitrary-node-pool';
import { serverProps } from './arbitrary-server';
import { distributedProps, jobProps, scheduleProps } from './arbitrary-training';

/** A construct in a cluster, as a user would write it down. */
export interface Program {
  readonly cluster: Cluster;
  readonly props: object;
  /** Whether everything that is unsafe is acknowledged. */
  readonly isAcknowledged: boolean;
}

type PropsIn = (cluster: Cluster) => fc.Arbitrary<object>;
type Make = (chart: Chart, props: never) => Construct;

const server: Make = (chart, props) => new ModelServer(chart, 'x', props);
const gang: Make = (chart, props) => new DistributedTraining(chart, 'x', props);

/** Every construct with random props, and how it is made. */
export const CONSTRUCTS: [title: string, programs: fc.Arbitrary<Program>, make: Make][] = [
  construct('GpuTrainingJob', jobProps, (chart, props) => new GpuTrainingJob(chart, 'x', props)),
  construct(
    'DistributedTraining as Indexed Job',
    (cluster) => distributedProps(cluster, TrainingBackend.INDEXED_JOB),
    gang,
  ),
  construct(
    'DistributedTraining as PyTorchJob',
    (cluster) => distributedProps(cluster, TrainingBackend.PYTORCH_JOB),
    gang,
    clusters.map((cluster) => withOperator(cluster, TrainingBackend.PYTORCH_JOB)),
  ),
  construct(
    'DistributedTraining as TFJob',
    (cluster) => distributedProps(cluster, TrainingBackend.TF_JOB),
    gang,
    clusters.map((cluster) => withOperator(cluster, TrainingBackend.TF_JOB)),
  ),
  construct(
    'DistributedTraining as JAXJob',
    (cluster) => distributedProps(cluster, TrainingBackend.JAX_JOB),
    gang,
    clusters.map((cluster) => withOperator(cluster, TrainingBackend.JAX_JOB)),
  ),
  construct(
    'DistributedTraining as MPIJob',
    (cluster) => distributedProps(cluster, TrainingBackend.MPI_JOB),
    gang,
    clusters.map((cluster) => withOperator(cluster, TrainingBackend.MPI_JOB)),
  ),
  construct(
    'DistributedTraining as RayJob',
    (cluster) => distributedProps(cluster, TrainingBackend.RAY_JOB),
    gang,
    clusters.map((cluster) => withOperator(cluster, TrainingBackend.RAY_JOB)),
  ),
  construct(
    'DistributedTraining as Volcano Job',
    (cluster) => distributedProps(cluster, TrainingBackend.VOLCANO_JOB),
    gang,
    clusters.map((cluster) => withOperator(cluster, TrainingBackend.VOLCANO_JOB)),
  ),
  construct(
    'DistributedTraining as JobSet',
    (cluster) => distributedProps(cluster, TrainingBackend.JOB_SET),
    gang,
    clusters.map((cluster) => withOperator(cluster, TrainingBackend.JOB_SET)),
  ),
  construct(
    'DistributedTraining as TrainJob',
    (cluster) => distributedProps(cluster, TrainingBackend.TRAIN_JOB),
    gang,
    clusters.map((cluster) => withOperator(cluster, TrainingBackend.TRAIN_JOB)),
  ),
  construct(
    'DistributedTraining as TrainJob with a launcher',
    (cluster) => distributedProps(cluster, TrainingBackend.TRAIN_JOB, true),
    gang,
    clusters.map((cluster) => withOperator(cluster, TrainingBackend.TRAIN_JOB)),
  ),
  construct('ScheduledRetrain', scheduleProps, (chart, props) => new ScheduledRetrain(chart, 'x', props)),
  construct('ModelServer with vLLM', (cluster) => serverProps(cluster, 'vllm'), server),
  construct('ModelServer with Triton', (cluster) => serverProps(cluster, 'triton'), server),
  construct('ModelServer of its own', (cluster) => serverProps(cluster, 'custom'), server),
  construct('Claim', claimProps, (chart, props) => new Claim(chart, 'x', props)),
  construct('GpuNodePool', nodePoolProps, (chart, props) => new GpuNodePool(chart, 'x', props)),
  construct(
    'ProfileConfigMap',
    () => fc.constant({}),
    (chart, props) => new ProfileConfigMap(chart, 'x', props),
  ),
];

function construct(title: string, propsIn: PropsIn, make: Make, within = clusters): (typeof CONSTRUCTS)[number] {
  const programs = within.chain((cluster) =>
    fc.record(
      {
        cluster: fc.constant(cluster),
        props: propsIn(cluster),
        isAcknowledged: fc.constantFrom(true, true, true, true, false),
      },
      { noNullPrototype: true },
    ),
  );
  return [title, programs, make];
}
