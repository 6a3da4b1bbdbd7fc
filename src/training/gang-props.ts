import { TrainingBackend } from '../cluster/settings';
import type { Shape } from '../core/shape';
import { enumOf, instanceOf, integer, optional, record, text } from '../core/shape';
import { dnsSubdomainProblem } from '../core/names';
import type { Gpu } from '../kinds/gpu';
import { RestartScope } from './backends/backend-row';
import { Fabric } from './fabric/fabric';
import type { Elastic } from './frameworks/elastic';
import { elasticShape } from './frameworks/elastic';
import { Framework } from './frameworks/framework';
import type { Parallelism } from './frameworks/parallelism';
import { parallelismShape } from './frameworks/parallelism';
import { Topology } from './place/topology';
import type { TrainingProps } from './training-props';
import { gpuCheck, trainingShape } from './training-props';

/** A training run on several nodes. */
export interface DistributedRunProps extends TrainingProps {
  /** What the processes find each other with. */
  readonly framework: Framework;
  /** Pods of the run, each on a node of its own. */
  readonly numNodes: number;
  /**
   * GPUs of each pod.
   *
   * @default - none: the nodes train on CPUs, `cpu` and `memory` are required (GPU008), and a `pool` is not taken without a word (TRN026)
   */
  readonly gpuPerNode?: Gpu;
  /**
   * Processes of each pod. TRN017 when they do not share the GPUs of the pod evenly, TRN023 with JAX and TensorFlow above 1.
   *
   * @default - one per GPU, and one without GPUs; with JAX and TensorFlow one for all GPUs of the pod
   */
  readonly numProcPerNode?: number;
  /**
   * How the program splits the model over all processes, checked against their number (TRN040) and the nodes (TRN041, unsafe).
   *
   * @default - not known, and not checked
   */
  readonly parallelism?: Parallelism;
  /**
   * What runs the gang. TRN018 when the profile lacks its operator, TRN016 when it cannot do what is asked.
   *
   * @default - the `trainingBackend` of the profile; without a profile an Indexed Job
   */
  readonly backend?: TrainingBackend;
  /**
   * Queue of Volcano that a Volcano Job waits in, which is none of a namespace. TRN032 with another backend.
   *
   * @default 'default'
   * @see https://volcano.sh/en/docs/queue/
   */
  readonly volcanoQueue?: string;
  /**
   * Network between the GPUs of different nodes that bypasses the kernel. Take whole nodes: TRN022 (unsafe) for a part of one.
   *
   * @default - TCP, over the network of the pods
   */
  readonly fabric?: Fabric;
  /**
   * How near to each other the nodes are.
   *
   * In a queue whose flavors have a topology (`topology` of the profile's queue), Kueue gives all pods their nodes at once or starts none;
   * pods that take less than a node may then share one. Elsewhere it is an affinity between the pods, which holds no nodes back: pods start
   * one by one. TRN035 for a level that is none, TRN036 (unsafe) when several roles cannot be kept together.
   *
   * @default - one zone, except on premises. In a queue with a topology without zones its widest level, and on premises the narrowest that
   * has room
   * @see https://kueue.sigs.k8s.io/docs/concepts/topology_aware_scheduling/
   */
  readonly topology?: Topology;
  /**
   * From how many nodes on the run trains, while others are lost or have not come: `Framework.pytorch()` started by `torchrun`. TRN016 when
   * the backend has it not.
   *
   * With a queue an Indexed Job may be admitted with fewer nodes. `kueue.x-k8s.io/job-min-parallelism`
   *
   * @default - the run has all its nodes or fails
   */
  readonly elastic?: Elastic;
  /**
   * What starts again when a process fails. TRN016 when the backend has it not.
   *
   * @default - what the backend does
   */
  readonly restartScope?: RestartScope;
}

/** Checks of the props above. */
export const distributedRunShape: Shape<DistributedRunProps> = {
  ...trainingShape,
  framework: instanceOf(Framework, 'Framework.pytorch()'),
  numNodes: integer({ min: 1, max: 10000 }),
  gpuPerNode: optional(gpuCheck),
  numProcPerNode: optional(integer({ min: 1, max: 1024 })),
  parallelism: optional(record('Parallelism', parallelismShape)),
  backend: optional(enumOf('TrainingBackend', TrainingBackend)),
  elastic: optional(record('Elastic', elasticShape)),
  volcanoQueue: optional(text({ max: 253, grammar: dnsSubdomainProblem })),
  fabric: optional(instanceOf(Fabric, 'Fabric.efa() or the like')),
  topology: optional(instanceOf(Topology, "Topology.required('zone')")),
  restartScope: optional(enumOf('RestartScope', RestartScope)),
};
