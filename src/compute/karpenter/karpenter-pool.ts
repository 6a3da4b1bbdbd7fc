import { gpuModel, instanceType, instanceTypesWith } from '../../catalog/catalog';
import type { InstanceTypeEntry } from '../../catalog/instance-types';
import type { GpuPoolProps, PoolPlacement } from '../../cluster/gpu-pool';
import type { ClusterProfile } from '../../cluster/profile';
import type { CapacityType } from '../../cluster/settings';
import { kibibyteQuantity } from '../../kinds/quantity';
import { wholeResourceName } from '../../cluster/pool-placement';
import type { KarpenterOptions } from './karpenter-options';
import { Architecture, ConsolidationPolicy } from './karpenter-options';
import { DisruptionBudget, DisruptionReason } from './disruption-budget';
import { providerOf } from './node-class';

/** A pool whose nodes Karpenter makes: all that its NodePool follows from. */
export interface KarpenterPool {
  readonly name: string;
  readonly props: GpuPoolProps;
  readonly options: KarpenterOptions;
  readonly placement: PoolPlacement;
  readonly profile: ClusterProfile;
}

/** Machine types that the nodes may be of; none when neither the pool nor the catalogue knows any. */
export function machineTypes({ props, options, placement, profile }: KarpenterPool): string[] {
  if (options.instanceTypes) return [...new Set(options.instanceTypes)];
  if (props.instanceType !== undefined) return [props.instanceType];
  const provider = providerOf(options.nodeClass, profile.provider);
  const { gpusPerNode } = placement;
  return instanceTypesWith(props.gpu.key, gpusPerNode)
    .filter((machine) => machine.gpus === gpusPerNode && machine.provider === provider)
    .map((machine) => machine.name);
}

/** Ways to pay for the nodes. */
export function capacityTypes({ options, placement }: KarpenterPool): CapacityType[] {
  return [...new Set(options.capacityTypes ?? [placement.capacityType])];
}

/** Processor of the nodes. */
export function architecture({ props, options }: KarpenterPool): Architecture {
  return options.arch ?? (gpuModel(props.gpu.key)?.arm64Host ? Architecture.ARM64 : Architecture.AMD64);
}

/**
 * What `maxNodes` nodes have together; CPU and memory only where the catalogue knows all machine types.
 *
 * Of machines their nominal size, not what pods can have of it: Karpenter makes a node only when the whole machine fits below
 * the limit.
 */
export function limitsOfNodes(pool: KarpenterPool): { [resource: string]: string } {
  const { maxNodes, sharing, gpusPerNode, devicesPerNode, resourceName } = pool.placement;
  if (maxNodes === undefined) return {};
  const whole = wholeResourceName(pool.props.gpu);
  // a device plugin that shares GPUs under their own name lets a node report more of them
  const devices = sharing.strategy !== 'whole' && resourceName === whole ? devicesPerNode : gpusPerNode;
  return {
    ...machineLimits(pool, maxNodes),
    nodes: String(maxNodes),
    ...(devices > 0 ? { [whole]: String(maxNodes * devices) } : {}),
  };
}

function machineLimits(pool: KarpenterPool, maxNodes: number): { [resource: string]: string } {
  const machines = machineTypes(pool).map((name) => instanceType(name));
  if (machines.length === 0 || !machines.every((machine) => machine !== undefined)) return {};
  const most = (size: (machine: InstanceTypeEntry) => number): number => Math.max(...machines.map(size));
  return {
    cpu: String(maxNodes * most(({ vcpu }) => vcpu)),
    memory: kibibyteQuantity(maxNodes * most(({ memoryGib }) => memoryGib) * 1024 * 1024),
  };
}

/** How many nodes may be taken away at a time. */
export function disruptionBudgets({ options }: KarpenterPool): DisruptionBudget[] {
  if (options.budgets) return [...options.budgets];
  if (consolidationPolicy(options) !== ConsolidationPolicy.WHEN_EMPTY) return [DisruptionBudget.nodes(1)];
  return [
    DisruptionBudget.percent(100, { reasons: [DisruptionReason.EMPTY] }),
    DisruptionBudget.nodes(0, { reasons: [DisruptionReason.DRIFTED] }),
  ];
}

/** Which nodes may be taken away to save money. */
export function consolidationPolicy(options: KarpenterOptions): ConsolidationPolicy {
  return options.consolidationPolicy ?? ConsolidationPolicy.WHEN_EMPTY;
}
