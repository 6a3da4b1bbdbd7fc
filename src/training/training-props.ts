import type { Duration } from 'cdk8s';
import type { IGpuPool } from '../cluster/gpu-pool';
import { poolCheck } from '../cluster/pool-reference';
import { Queue } from '../cluster/queue';
import { duration } from '../core/amounts';
import { dnsSubdomainProblem } from '../core/names';
import type { Shape } from '../core/shape';
import { bool, instanceOf, integer, listOf, optional, text } from '../core/shape';
import { Gpu } from '../kinds/gpu';
import type { PodProps } from '../render/pod-props';
import { podShape } from '../render/pod-props';
import { Checkpoints } from '../storage/checkpoints';
import { Dataset } from '../storage/dataset';
import { ModelStore } from '../storage/model-store';
import { Egress } from './network/egress';
import { FaultModel } from './faults/fault-model';
import { Preflight } from './preflight/preflight';

/** What every training run says, on one node or many. */
export interface TrainingProps extends PodProps {
  /**
   * Time after which Kubernetes stops the run, retries and waiting for a node included. `spec.activeDeadlineSeconds`
   *
   * Required, since a run that hangs is paid until someone notices. With a queue the clock starts at each admission. TRN003
   * (unsafe) above 30 days, GPU026 (unsafe) when a drain of the pool's nodes leaves less.
   */
  readonly activeDeadline: Duration;
  /**
   * Nodes to run on.
   *
   * The pod gets exactly the selector, tolerations and resource that fit. GPU001 to GPU009 when it can never run there.
   *
   * @default - any node that has the GPU model, or the nodes that the queue gives
   */
  readonly pool?: IGpuPool;
  /**
   * Kueue queue that admits the run when there is quota.
   *
   * The queue says where the run goes: without `pool` no node is selected. CLU003 when the profile has no Kueue, TRN037 when the queue does
   * not cover what the run asks for.
   *
   * @default - the run starts at once
   */
  readonly queue?: Queue;
  /**
   * Kueue's WorkloadPriorityClass, at most 63 characters: the order within queues, independent of the priority of pods. TRN007 without `queue`.
   *
   * @default - the priority of the pods
   */
  readonly workloadPriorityClassName?: string;
  /**
   * Data to read, at `DATASET_DIR`.
   *
   * @default - the program finds its data by itself
   */
  readonly dataset?: Dataset;
  /**
   * Where the run saves its state, at `CHECKPOINT_DIR`.
   *
   * @default - nowhere; a run that fails is lost
   */
  readonly checkpoints?: Checkpoints;
  /**
   * Where the finished model goes, at `MODEL_DIR`.
   *
   * @default - the program keeps its model where it likes
   */
  readonly output?: ModelStore;
  /**
   * Times a failed run is started again before it counts as failed.
   *
   * A disruption (node gone, preemption, drain) is retried either way and not counted. TRN001 (unsafe) when above 0 while
   * `checkpoints` is not set.
   *
   * @default - 2 with checkpoints, 0 without
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy
   */
  readonly backoffLimit?: number;
  /**
   * Exit codes of the program that end the run at once, since a retry cannot help: bugs, wrong arguments.
   *
   * From 1 to 255, each once (TRN004). Of the first process of the container: `torchrun` ends with 1 whatever its program ended with
   * (TRN063).
   *
   * @default - every exit code is retried as often as backoffLimit says
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy
   */
  readonly failOnExitCodes?: number[];
  /**
   * Whether a run that was killed for its memory (exit code 137) is started again.
   *
   * TRN016 for false with a backend that retries every failure alike.
   *
   * @default - no, where the backend can tell: the same run needs the same memory. An eviction by the node is retried either way
   */
  readonly retryOutOfMemory?: boolean;
  /**
   * How nodes go away under the run: decides the default of `terminationGracePeriod` and what must be there to survive it.
   *
   * @default - as the pool says: spot nodes or nodes that are kept
   */
  readonly faultModel?: FaultModel;
  /**
   * All that the pods may reach, beside names (port 53 anywhere), each other, and the endpoints from which the provider of the profile gives
   * pods their identity. An empty list allows nothing else. NetworkPolicy called as the run without its version, for all of its versions.
   *
   * Volumes need nothing here: the node mounts them. EFA, InfiniBand and RoCE do not pass network policies.
   *
   * @default - anything, as far as other policies of the namespace let them
   */
  readonly egress?: Egress[];
  /**
   * What is looked at in each pod before `command` starts.
   *
   * @default - nothing
   */
  readonly preflight?: Preflight;
}

const DAY = 24 * 3600;

/** Checks of the props above. */
export const trainingShape: Shape<TrainingProps> = {
  ...podShape,
  activeDeadline: duration({ min: 1, max: 3650 * DAY }),
  pool: optional(poolCheck),
  queue: optional(instanceOf(Queue, "Queue.named('research')")),
  workloadPriorityClassName: optional(text({ max: 63, grammar: (name) => dnsSubdomainProblem(name, 63) })),
  dataset: optional(instanceOf(Dataset, "Dataset.claim('dataset')")),
  checkpoints: optional(instanceOf(Checkpoints, "Checkpoints.claim('checkpoints')")),
  output: optional(instanceOf(ModelStore, "ModelStore.claim('models')")),
  backoffLimit: optional(integer({ max: 1000 })),
  failOnExitCodes: optional(listOf(integer({ min: 1, max: 255 }), { max: 255 })),
  retryOutOfMemory: optional(bool),
  egress: optional(listOf(instanceOf(Egress, "Egress.cidr('10.0.0.0/8')"), { max: 200 })),
  preflight: optional(instanceOf(Preflight, 'Preflight.devices() or Preflight.rendezvous()')),
  faultModel: optional(instanceOf(FaultModel, 'FaultModel.spot() or FaultModel.maintenance()')),
};

/** Checks of the GPUs of a pod. */
export const gpuCheck = instanceOf(Gpu, 'Gpu.h100(8) or the like');
