import type { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-28';
import type { IGpuPool } from '../../cluster/gpu-pool';
import { poolCheck } from '../../cluster/pool-reference';
import { cpu, size } from '../../core/amounts';
import type { Shape } from '../../core/shape';
import { instanceOf, integer, optional } from '../../core/shape';
import { Gpu } from '../../kinds/gpu';
import type { Toleration } from '../../kinds/toleration';
import { Affinity } from '../../render/affinity';
import { tolerationsCheck } from '../../render/pod-props';

/** A pod of a gang that is not one of its nodes: what it needs and where it goes. The rest is as for the nodes. */
export interface RoleProps {
  /** CPU request. */
  readonly cpu: Cpu;
  /** Memory request and limit. */
  readonly memory: Size;
  /**
   * GPUs of the pod.
   *
   * @default - none: it runs on nodes without GPUs
   */
  readonly gpu?: Gpu;
  /**
   * GPU nodes to run on, for a role with GPUs.
   *
   * @default - any node that has the GPU model, or without GPUs any node
   */
  readonly pool?: IGpuPool;
  /**
   * Nodes it must or should have, for a role without GPUs.
   *
   * @default - any node
   */
  readonly affinity?: Affinity;
  /**
   * Taints that it may stand.
   *
   * @default - those of the nodes of its GPUs
   */
  readonly tolerations?: Toleration[];
}

/** Several pods of a gang that are not its nodes. */
export interface ReplicatedRoleProps extends RoleProps {
  /** Number of pods. */
  readonly replicas: number;
}

/** Checks of the props of a role. */
export const roleShape: Shape<RoleProps> = {
  cpu,
  memory: size({ minMib: 16 }),
  gpu: optional(instanceOf(Gpu, 'Gpu.h100(1) or the like')),
  pool: optional(poolCheck),
  affinity: optional(instanceOf(Affinity, 'Affinity.requireNodes(...)')),
  tolerations: optional(tolerationsCheck),
};

/** Checks of the props of a role with several pods. */
export const replicatedRoleShape: Shape<ReplicatedRoleProps> = {
  ...roleShape,
  replicas: integer({ min: 1, max: 10000 }),
};
