import type { PoolPlacement } from '../cluster/gpu-pool';
import { queueSpec } from '../cluster/lookups';
import { modelLabels } from '../cluster/model-labels';
import type { ClusterProfile } from '../cluster/profile';
import { CapacityType } from '../cluster/settings';
import { secondsOf } from '../core/amounts';
import type { Problem } from '../core/diagnostics';
import { goDuration } from '../kinds/go-duration';
import type { Gpu } from '../kinds/gpu';
import type { Toleration } from '../kinds/toleration';
import { distinctTolerations, GPU_TOLERATION, gpuTaintKey } from '../kinds/toleration';
import type { Affinity } from '../render/affinity';
import type { Devices } from '../render/pod-description';
import {
  DRAIN_ENDS_RUN,
  MODEL_NOT_IN_POOL,
  POOL_NOT_IN_QUEUE,
  TOLERATIONS_WITH_QUEUE,
  UNKNOWN_MODEL_LABELS,
  UNKNOWN_RESOURCES,
  UNUSUALLY_MANY_GPUS,
} from './diagnostics';
import { modelAffinity } from './model-affinity';
import { nodeShare } from './node-share';
import type { PlacementRequest } from './placement-request';
import { poolProblems } from './pool-fit';

/** Where a workload goes, what it gets there, and why it can never run. */
export interface WorkloadPlacement {
  readonly nodeSelector: { readonly [label: string]: string };
  readonly tolerations: readonly Toleration[];
  readonly affinity?: Affinity;
  readonly devices?: Devices;
  /** Whether the nodes may be taken away at short notice. */
  readonly spot: boolean;
  /** CPU and memory of a pod by its share of the node, where they can be derived. */
  readonly cpuMillis?: number;
  readonly memoryKib?: number;
  readonly problems: readonly Problem[];
}

/** Finds the place of a workload: the pool gives it, or the queue, or else any node with the GPU model. */
export function resolvePlacement(
  profile: ClusterProfile,
  namespace: string | undefined,
  request: PlacementRequest,
): WorkloadPlacement {
  const { gpu, queue } = request;
  const pool = request.pool?.placement;
  const queued = queue && queueSpec(profile, namespace, queue);
  const resourceName = gpu && deviceResource(gpu, pool);
  const share = gpu && nodeShare(gpu, pool, profile.provider);
  return {
    nodeSelector: pool?.nodeSelector ?? {},
    tolerations: queue ? (queued?.tolerations ?? []) : tolerations(request, pool),
    affinity: pool || queue || !gpu ? undefined : modelAffinity(gpu, profile),
    devices: gpu && { resourceName: resourceName!, count: gpu.count },
    spot: pool?.capacityType === CapacityType.SPOT,
    cpuMillis: share?.cpuMillis,
    memoryKib: share?.memoryKib,
    problems: [
      ...(pool ? poolProblems(request, request.pool!.poolName, pool, profile) : []),
      ...(pool ? drainProblems(request, pool) : []),
      ...(queue ? queueProblems(request, profile, queued?.pools) : []),
      ...(gpu && !pool ? unplacedProblems(gpu, queue !== undefined, profile) : []),
      ...(gpu ? resourceProblems(request, share !== undefined) : []),
    ],
  };
}

/** Resource that the pod asks for: in a pool whose nodes offer slices or shares, theirs. */
function deviceResource(gpu: Gpu, pool: PoolPlacement | undefined): string {
  const own = gpu.resourceName;
  const followsPool =
    own === 'nvidia.com/gpu' || (gpu.migProfile !== undefined && gpu.migProfile === pool?.sharing.migProfile);
  return pool && followsPool ? pool.resourceName : own;
}

function tolerations(
  { gpu, tolerations: given = [] }: PlacementRequest,
  pool: PoolPlacement | undefined,
): Toleration[] {
  const ofNodes = pool?.tolerations ?? (gpu ? [{ ...GPU_TOLERATION, key: gpuTaintKey(gpu.resourceName) }] : []);
  return distinctTolerations([...ofNodes, ...given]);
}

/** A drain begins when a node expires, whatever its pods ask. */
function drainProblems(
  { activeDeadline, pool }: PlacementRequest,
  { terminationGracePeriod }: PoolPlacement,
): Problem[] {
  if (!activeDeadline || !terminationGracePeriod) return [];
  const [run, drain] = [secondsOf(activeDeadline), secondsOf(terminationGracePeriod)];
  if (run <= drain) return [];
  const message = `activeDeadline is ${goDuration(run)}, and a drain of a node of pool ${pool!.poolName} ends its pods after ${goDuration(drain)}.`;
  const fix = `Give at most ${goDuration(drain)}, or take a pool whose terminationGracePeriod is longer or not set.`;
  return [{ rule: DRAIN_ENDS_RUN, property: 'activeDeadline', value: goDuration(run), message, fix }];
}

function queueProblems(
  { gpu, pool, queue, tolerations: given = [] }: PlacementRequest,
  profile: ClusterProfile,
  pools: readonly string[] | undefined,
): Problem[] {
  const problems: Problem[] = [];
  const name = queue!.queueName;
  if (given.length > 0) {
    problems.push({
      rule: TOLERATIONS_WITH_QUEUE,
      property: 'tolerations',
      message: `tolerations are set beside queue ${name}, whose flavor says them.`,
      fix: 'Remove tolerations, and put them into the ResourceFlavor and the profile.',
    });
  }
  if (pools === undefined) return problems;
  if (pool && !pools.includes(pool.poolName)) {
    const message = `pool ${pool.poolName} is not among the pools of queue ${name} (${pools.join(', ') || 'none'}).`;
    problems.push({
      rule: POOL_NOT_IN_QUEUE,
      property: 'pool',
      value: pool.poolName,
      message,
      fix: 'Leave pool out, or take another queue.',
    });
  }
  const models = pools.flatMap((poolName) => profile.pools[poolName]?.gpu.key ?? []);
  if (!pool && gpu?.model && models.length > 0 && !models.includes(gpu.model.key)) {
    const message = `the GPU is ${gpu.model.key}, and queue ${name} gives ${models.join(', ')}.`;
    problems.push({
      rule: MODEL_NOT_IN_POOL,
      property: 'gpu',
      value: gpu.model.key,
      message,
      fix: `Ask for ${models.join(' or ')}, or take another queue.`,
    });
  }
  return problems;
}

const USUAL_GPUS = 8;

/** What nobody has confirmed of GPUs that no pool describes. */
function unplacedProblems(gpu: Gpu, queued: boolean, profile: ClusterProfile): Problem[] {
  const problems: Problem[] = [];
  if (gpu.count > USUAL_GPUS) {
    const message = `a pod asks for ${gpu.count} GPUs, and machines mostly have ${USUAL_GPUS}.`;
    const fix = `Ask for at most ${USUAL_GPUS} per pod, or set pool to one whose nodes have so many.`;
    problems.push({ rule: UNUSUALLY_MANY_GPUS, property: 'gpu', value: String(gpu.count), message, fix });
  }
  if (gpu.model && !queued && modelLabels(gpu.model.key, profile).length === 0) {
    const message = `no node label is known that tells ${gpu.model.key} apart on ${profile.provider}.`;
    const fix = 'Set pool to one with a nodeSelector of labels that your nodes have.';
    problems.push({ rule: UNKNOWN_MODEL_LABELS, property: 'gpu', value: gpu.model.key, message, fix });
  }
  return problems;
}

function resourceProblems({ cpu, memory, gpu }: PlacementRequest, derived: boolean): Problem[] {
  if (derived) return [];
  const missing = [...(cpu ? [] : ['cpu']), ...(memory ? [] : ['memory'])];
  return missing.map((property) => ({
    rule: UNKNOWN_RESOURCES,
    property,
    message: `${property} is not set, and the share of a node with ${gpu!.model?.key ?? gpu!.resourceName} is not known.`,
    fix: `Set ${property}, or set pool to a pool of known shape.`,
  }));
}
