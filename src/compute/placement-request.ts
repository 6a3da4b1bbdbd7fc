import type { Duration, Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-28';
import type { IGpuPool } from '../cluster/gpu-pool';
import type { Queue } from '../cluster/queue';
import type { Gpu } from '../kinds/gpu';
import type { Toleration } from '../kinds/toleration';

/** What a workload asks of the nodes. */
export interface PlacementRequest {
  /** GPUs of one pod; undefined for a pod that runs on CPUs. */
  readonly gpu?: Gpu;
  /** Pods of a gang, each on a node of its own; 1 for anything else. */
  readonly nodes: number;
  readonly pool?: IGpuPool;
  readonly queue?: Queue;
  readonly tolerations?: readonly Toleration[];
  readonly cpu?: Cpu;
  readonly memory?: Size;
  /** Longest that it can take; undefined for what has no end. */
  readonly activeDeadline?: Duration;
}
