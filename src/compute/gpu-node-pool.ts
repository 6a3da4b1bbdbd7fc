import { Construct } from 'constructs';
import { BAD_POOL_SHARING, POOL_BOUNDS, UNKNOWN_POOL } from '../cluster/diagnostics';
import type { GpuPoolProps, IGpuPool, PoolPlacement } from '../cluster/gpu-pool';
import { gpuPoolShape } from '../cluster/gpu-pool';
import { ClusterProfile } from '../cluster/profile';
import type { Problem } from '../core/diagnostics';
import { DiagnosticError } from '../core/diagnostics';
import { dnsLabelProblem } from '../core/names';
import { didYouMean } from '../core/nearest';
import { report } from '../core/report';
import type { Shape } from '../core/shape';
import { checkArgument, checkShape, optional, text } from '../core/shape';
import { gpuModel } from '../catalog/catalog';
import { migProfiles } from '../catalog/mig-profiles';
import { objectName } from '../render/object-name';
import { resolvePool } from './pool-placement';

/** Properties of a pool of GPU nodes. */
export interface GpuNodePoolProps extends GpuPoolProps {
  /**
   * Name of the pool.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
}

const gpuNodePoolShape: Shape<GpuNodePoolProps> = { ...gpuPoolShape, name: optional(text({ max: 63 })) };

/**
 * A group of GPU nodes: what they have, and what workloads must carry to run there.
 *
 * Renders: nothing, for nodes that exist or that a node group of the provider makes.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export class GpuNodePool extends Construct implements IGpuPool {
  /**
   * A pool of the cluster profile that holds at `scope`.
   *
   * CLU001 when the profile has no pool of that name.
   */
  public static fromProfile(scope: Construct, poolName: string): IGpuPool {
    checkArgument('poolName', poolName, text({ max: 63, grammar: (name) => dnsLabelProblem(name) }));
    const profile = ClusterProfile.of(scope);
    const pools = profile.pools;
    if (!Object.hasOwn(pools, poolName)) {
      const names = Object.keys(pools);
      const message = `the profile ${profile.name} has no pool ${poolName}${didYouMean(poolName, names)}.`;
      const fix = names.length === 0 ? 'Attach a profile that has it.' : `Take one of ${names.join(', ')}.`;
      throw new DiagnosticError(
        [{ rule: UNKNOWN_POOL, property: 'poolName', value: poolName, message, fix }],
        scope.node.path,
      );
    }
    const { placement, problems } = resolvePool(poolName, pools[poolName], profile);
    if (problems.length > 0) throw new DiagnosticError(problems, scope.node.path);
    return { poolName, placement };
  }

  /** Name of the pool. */
  public readonly poolName: string;
  /** What workloads in it must carry. */
  public readonly placement: PoolPlacement;

  constructor(scope: Construct, id: string, props: GpuNodePoolProps) {
    super(scope, id);
    const pool = checkShape(this, 'GpuNodePoolProps', props, gpuNodePoolShape);
    this.poolName = objectName(this, pool.name, undefined, (name) => dnsLabelProblem(name));
    const { placement, problems } = resolvePool(this.poolName, pool, ClusterProfile.of(this));
    this.placement = placement;
    report(this, () => [...problems, ...sharingProblems(pool), ...boundProblems(pool)]);
  }
}

function sharingProblems({ gpu, sharing }: GpuPoolProps): Problem[] {
  const profile = sharing?.migProfile;
  if (profile === undefined) return [];
  const known = migProfiles(gpu.key);
  if (known.includes(profile) || gpuModel(gpu.key) === undefined) return [];
  const message = `${gpu.key} has no MIG profile ${profile}${didYouMean(profile, known)}.`;
  return [
    {
      rule: BAD_POOL_SHARING,
      property: 'sharing',
      value: profile,
      message,
      fix: known.length === 0 ? 'Share it another way.' : `Take one of ${known.join(', ')}.`,
    },
  ];
}

function boundProblems({ minNodes = 0, maxNodes }: GpuPoolProps): Problem[] {
  if (maxNodes === undefined || minNodes <= maxNodes) return [];
  const message = `minNodes is ${minNodes}, and maxNodes is ${maxNodes}.`;
  return [
    {
      rule: POOL_BOUNDS,
      property: 'minNodes',
      value: String(minNodes),
      message,
      fix: 'Make minNodes at most maxNodes.',
    },
  ];
}
