import type { Cpu } from 'cdk8s-plus-28';
import type { Duration, Size } from 'cdk8s';
import { cpu, duration, size } from '../core/amounts';
import { labelKeyProblem, labelValueProblem } from '../core/names';
import type { Shape } from '../core/shape';
import { enumOf, instanceOf, integer, listOf, mapOf, optional, record, text } from '../core/shape';
import { GpuModel } from '../kinds/gpu';
import type { Taint, Toleration } from '../kinds/toleration';
import { taintShape } from '../kinds/toleration';
import { GpuSharing } from './gpu-sharing';
import { CapacityType, Provisioner } from './settings';

/** What a platform team knows of a group of GPU nodes. */
export interface GpuPoolProps {
  /** Model of the GPUs. */
  readonly gpu: GpuModel;
  /**
   * Machine type, such as `p5.48xlarge`; the catalogue knows the shape of the common ones.
   *
   * @default - nodes may be of any type; `gpusPerNode` must be given
   */
  readonly instanceType?: string;
  /**
   * GPUs of one node.
   *
   * CLU007 when neither it nor a machine type of the catalogue is given.
   *
   * @default - as the catalogue says of `instanceType`
   */
  readonly gpusPerNode?: number;
  /**
   * CPU that pods of one node can have together, DaemonSets not yet subtracted.
   *
   * @default - as the catalogue says of `instanceType`; unknown otherwise
   */
  readonly nodeCpu?: Cpu;
  /**
   * Memory that pods of one node can have together, DaemonSets not yet subtracted.
   *
   * @default - as the catalogue says of `instanceType`; unknown otherwise
   */
  readonly nodeMemory?: Size;
  /**
   * What makes the nodes.
   *
   * @default Provisioner.STATIC
   */
  readonly provisioner?: Provisioner;
  /**
   * Whether nodes may be taken away at short notice.
   *
   * @default CapacityType.ON_DEMAND
   */
  readonly capacityType?: CapacityType;
  /**
   * Labels that the nodes really have and no other nodes have.
   *
   * CLU008 when none can be derived, when it is empty, or when another pool of the profile selects by the same labels; KUB028
   * (unsafe) in workloads for labels that Kubernetes deprecates.
   *
   * @default - `cdk8s-ml.dev/pool` with Karpenter; otherwise the labels that the provider sets for the machine type or GPU model
   */
  readonly nodeSelector?: { readonly [label: string]: string };
  /**
   * Taints of the nodes. Workloads in the pool tolerate exactly these.
   *
   * @default - `nvidia.com/gpu:NoSchedule` with any value (or the resource of another vendor), and the taint of the provider's
   * spot nodes
   */
  readonly taints?: Taint[];
  /**
   * Nodes that are always there. CLU014 when more than `maxNodes`.
   *
   * @default 0
   */
  readonly minNodes?: number;
  /**
   * Nodes that there can be at most. A gang that needs more is refused (GPU003).
   *
   * @default - unknown; nothing is checked against it
   */
  readonly maxNodes?: number;
  /**
   * Time from the start of a drain of a node to the end of its pods, also of those that ask not to be disrupted. Karpenter:
   * `spec.template.spec.terminationGracePeriod`
   *
   * GPU020 (unsafe) when drift may begin a drain, GPU026 (unsafe) on runs that may take longer.
   *
   * @default - a drain waits until pods have ended
   */
  readonly terminationGracePeriod?: Duration;
  /**
   * How the GPUs are handed out.
   *
   * @default GpuSharing.whole()
   */
  readonly sharing?: GpuSharing;
}

/** Least memory that a GPU node can have; less is a mistaken unit. */
export const LEAST_NODE_MEMORY_MIB = 1024;

/** Longest that a drain can take, which is longer than any node lives. */
const LONGEST_DRAIN_SECONDS = 3650 * 24 * 3600;

/** Check of the time that a drain takes. */
export const drainTime = duration({ min: 1, max: LONGEST_DRAIN_SECONDS });

/** Checks of a pool. */
export const gpuPoolShape: Shape<GpuPoolProps> = {
  gpu: instanceOf(GpuModel, 'GpuModel.H100 or the like'),
  instanceType: optional(text({ max: 63, grammar: labelValueProblem })),
  gpusPerNode: optional(integer({ min: 1, max: 16 })),
  nodeCpu: optional(cpu),
  nodeMemory: optional(size({ minMib: LEAST_NODE_MEMORY_MIB })),
  provisioner: optional(enumOf('Provisioner', Provisioner)),
  capacityType: optional(enumOf('CapacityType', CapacityType)),
  nodeSelector: optional(mapOf(text({ min: 0, max: 63, grammar: labelValueProblem }), labelKeyProblem, 20)),
  taints: optional(listOf(record('Taint', taintShape), { max: 20 })),
  minNodes: optional(integer({ max: 100000 })),
  maxNodes: optional(integer({ min: 1, max: 100000 })),
  terminationGracePeriod: optional(drainTime),
  sharing: optional(instanceOf(GpuSharing, 'GpuSharing.whole() or the like')),
};

/** What a workload must carry to run in a pool, and what it can have there. */
export interface PoolPlacement {
  /** Labels of the pool's nodes. `spec.nodeSelector` */
  readonly nodeSelector: { readonly [label: string]: string };
  /** Tolerations of the pool's taints. `spec.tolerations` */
  readonly tolerations: Toleration[];
  /** Model of the GPUs. */
  readonly gpu: GpuModel;
  /** Resource that the nodes offer. */
  readonly resourceName: string;
  /** Devices of that resource on one node. */
  readonly devicesPerNode: number;
  /** Whole GPUs of one node. */
  readonly gpusPerNode: number;
  /** How the GPUs are handed out. */
  readonly sharing: GpuSharing;
  /** Whether nodes may be taken away at short notice. */
  readonly capacityType: CapacityType;
  /**
   * Nodes at most.
   *
   * @default - unknown
   */
  readonly maxNodes?: number;
  /**
   * Time that a drain leaves pods.
   *
   * @default - as long as they take
   */
  readonly terminationGracePeriod?: Duration;
  /**
   * CPU of one node in milli-cores, the share of DaemonSets subtracted.
   *
   * @default - unknown
   */
  readonly usableCpuMillis?: number;
  /**
   * Memory of one node in MiB, the share of DaemonSets subtracted.
   *
   * @default - unknown
   */
  readonly usableMemoryMib?: number;
  /**
   * Interfaces of EFA of one node; 0 when its machine type has none.
   *
   * @default - unknown
   */
  readonly efaInterfaces?: number;
}

/** A pool of GPU nodes, made here or known to the profile. */
export interface IGpuPool {
  /** Name of the pool. */
  readonly poolName: string;
  /** What workloads in it must carry. */
  readonly placement: PoolPlacement;
}
