import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { cpu, size } from '../../core/amounts';
import type { Toleration } from '../../kinds/toleration';
import type { Shape } from '../../core/shape';
import { checkOptions, instanceOf, optional, record } from '../../core/shape';
import { Affinity } from '../../render/affinity';
import { tolerationsCheck } from '../../render/pod-props';

/** The head of a Ray cluster, which gets no GPU and no work but the program itself. */
export interface RayHeadProps {
  /** CPU request. */
  readonly cpu: Cpu;
  /** Memory request and limit. Ray keeps its own records in it, and the program runs there. */
  readonly memory: Size;
  /**
   * Nodes it must or should have.
   *
   * @default - rather nodes without GPUs
   */
  readonly affinity?: Affinity;
  /**
   * Taints that it may stand.
   *
   * @default - those of the nodes of the gang, so that it starts where no others are; with a queue those of the queue
   */
  readonly tolerations?: Toleration[];
}

/** How a run is started on Ray. */
export interface RayOptions {
  /**
   * The head of the cluster.
   *
   * @default - 2 CPUs and 8 GiB
   * @see https://docs.ray.io/en/latest/cluster/vms/user-guides/large-cluster-best-practices.html#configuring-the-head-node
   */
  readonly head?: RayHeadProps;
}

const rayShape: Shape<RayOptions> = {
  head: optional(
    record<RayHeadProps>('RayHeadProps', {
      cpu,
      memory: size({ minMib: 1024 }),
      affinity: optional(instanceOf(Affinity, 'Affinity.requireNodes(...)')),
      tolerations: optional(tolerationsCheck),
    }),
  ),
};

const HEAD: RayHeadProps = { cpu: Cpu.units(2), memory: Size.gibibytes(8) };

/** Checks options and gives the head of the cluster. */
export function rayHead(options: RayOptions): RayHeadProps {
  return checkOptions('RayOptions', options, rayShape).head ?? HEAD;
}
