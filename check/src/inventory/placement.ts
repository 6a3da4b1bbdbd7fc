import { migProfiles } from 'cdk8s-ml/floor/catalog/mig-profiles';
import { karpenterLabel } from 'cdk8s-ml/floor/kinds/node-labels';
import { isMig } from './device';
import type { NodeDemand, PodFacts } from './pod';
import { demandsOf } from './pod';
import type { Pool } from './pool';
import { untolerated } from './pool';

// Where pods can go, as far as the pools that are known tell. What is not known of a pool is taken to fit.

/** What keeps a pod off every pool: the first thing after which none is left. */
export type Obstacle = 'resource' | 'labels' | 'size' | 'taints';

/** Why a pod fits on no pool. */
export interface Misfit {
  readonly obstacle: Obstacle;
  /** Pools that fit in everything that comes before. */
  readonly pools: readonly Pool[];
}

const STAGES: readonly (readonly [Obstacle, (pool: Pool, pod: PodFacts) => boolean])[] = [
  ['resource', (pool, { devices }) => devices.every(({ resource }) => offers(pool, resource))],
  ['labels', hasLabels],
  ['size', isLargeEnough],
  ['taints', (pool, pod) => isQueued(pod) || untolerated(pool, pod.tolerations).length === 0],
];

/** Why a pod with devices fits on no pool; undefined when it may fit on one. */
export function misfitOf(pod: PodFacts, pools: readonly Pool[]): Misfit | undefined {
  if (pools.some((pool) => STAGES.every(([, fits]) => fits(pool, pod)))) return undefined;
  let left = pools;
  for (const [obstacle, fits] of STAGES) {
    const fitting = left.filter((pool) => fits(pool, pod));
    if (fitting.length === 0) return { obstacle, pools: left };
    left = fitting;
  }
  return undefined;
}

/** Whether a queue adds the tolerations of its nodes. */
function isQueued({ workload }: PodFacts): boolean {
  return workload.queueName !== undefined;
}

/** Whether nodes of a pool may have devices of a resource. */
export function offers(pool: Pool, resource: string): boolean {
  if (pool.resourceName === resource) return true;
  if (pool.sharing === 'mig-mixed') {
    const known = pool.model === undefined ? [] : migProfiles(pool.model.key);
    if (!isMig(resource)) return false;
    return known.length === 0 || known.some((profile) => resource === `nvidia.com/mig-${profile.replaceAll('+', '.')}`);
  }
  if (pool.resourceName === undefined) return pool.hasUnknownLabels || pool.cpuMillis === undefined;
  if (pool.sharing !== undefined || !pool.hasUnknownLabels) return false;
  return domainOf(pool.resourceName) === domainOf(resource); // its device plugin may rename them
}

function domainOf(resource: string): string {
  return resource.slice(0, resource.indexOf('/'));
}

/** Pools whose nodes may have the labels that a pod asks for. */
export function poolsWithLabels(pools: readonly Pool[], pod: PodFacts): Pool[] {
  return pools.filter((pool) => hasLabels(pool, pod));
}

function hasLabels(pool: Pool, pod: PodFacts): boolean {
  if (!pod.nodeDemands.every((demand) => meets(pool, demand))) return false;
  const terms = pod.nodeTerms;
  return terms.length < 2 || terms.some((term) => demandsOf(term).every((demand) => meets(pool, demand)));
}

/** Whether nodes of a pool may have what a demand asks for. */
export function meets(pool: Pool, { key, operator, values }: NodeDemand): boolean {
  const known = valuesOf(pool, key);
  if (known === undefined) return true;
  switch (operator) {
    case 'In':
      return known.some((value) => values.includes(value));
    case 'NotIn':
      return known.length === 0 || known.some((value) => !values.includes(value));
    case 'Exists':
      return known.length > 0;
    case 'DoesNotExist':
      return known.length === 0;
    case 'Gt':
      return known.some((value) => Number(value) > Number(values[0]));
    case 'Lt':
      return known.some((value) => Number(value) < Number(values[0]));
    default:
      return true;
  }
}

/** Values that nodes of a pool can have of a label, none when they have no such label; undefined when it is not known. */
function valuesOf(
  { labels, openLabels, hasUnknownLabels, isKarpenter }: Pool,
  key: string,
): readonly string[] | undefined {
  if (Object.hasOwn(labels, key)) return [labels[key]];
  if (Object.hasOwn(openLabels, key)) return openLabels[key].length === 0 ? undefined : openLabels[key];
  // Karpenter makes no node for a label that neither it knows nor the NodePool sets.
  if (isKarpenter) return karpenterLabel(key) === 'own' ? [] : undefined;
  return hasUnknownLabels ? undefined : [];
}

const MIB = 1024n * 1024n * 1_000_000_000n;
const MILLI = 1_000_000n;

/** Whether one node has as many devices, and as much CPU and memory, as the pod asks for. */
function isLargeEnough(pool: Pool, pod: PodFacts): boolean {
  return excessOf(pool, pod) === undefined;
}

/** What a pod asks for beyond what a node of a pool has. */
export interface Excess {
  readonly resource: string;
  readonly asked: string;
  readonly has: string;
}

/** What a pod asks for beyond what a node of a pool has; undefined when it fits. */
export function excessOf(pool: Pool, pod: PodFacts): Excess | undefined {
  const { devices, deviceCount } = pod;
  if (pool.devicesPerNode !== undefined && devices.length > 0 && deviceCount > pool.devicesPerNode) {
    const { resource } = devices[0];
    return { resource, asked: String(deviceCount), has: String(pool.devicesPerNode) };
  }
  const cpu = requestOf(pod, 'cpu') / MILLI;
  if (pool.cpuMillis !== undefined && cpu > BigInt(pool.cpuMillis)) {
    return { resource: 'cpu', asked: `${cpu}m`, has: `${pool.cpuMillis}m` };
  }
  const memory = requestOf(pod, 'memory') / MIB;
  if (pool.memoryMib !== undefined && memory > BigInt(pool.memoryMib)) {
    return { resource: 'memory', asked: `${memory}Mi`, has: `${pool.memoryMib}Mi` };
  }
  return undefined;
}

/** What a pod asks for of a resource, as the scheduler counts it: main containers and sidecars together, or the greatest init container. */
export function requestOf({ sized, initContainers }: PodFacts, resource: string): bigint {
  const sidecars = initContainers.filter(({ part }) => part === 'sidecar');
  const asked = [...sized, ...sidecars].reduce((sum, each) => sum + (each.amounts(resource).request ?? 0n), 0n);
  return initContainers.reduce((most, each) => {
    const own = each.amounts(resource).request ?? 0n;
    return own > most ? own : most;
  }, asked);
}
