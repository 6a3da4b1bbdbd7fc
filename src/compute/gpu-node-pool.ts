import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { BAD_POOL_SHARING, POOL_BOUNDS, UNKNOWN_POOL } from '../cluster/diagnostics';
import type { GpuPoolProps, IGpuPool, PoolPlacement } from '../cluster/gpu-pool';
import { gpuPoolShape } from '../cluster/gpu-pool';
import { ClusterProfile } from '../cluster/profile';
import { Delivery, Provisioner } from '../cluster/settings';
import type { Problem } from '../core/diagnostics';
import { DiagnosticError } from '../core/diagnostics';
import { dnsLabelProblem } from '../core/names';
import { didYouMean } from '../core/nearest';
import { report } from '../core/report';
import type { Shape } from '../core/shape';
import { checkArgument, checkShape, optional, record, text } from '../core/shape';
import { gpuModel } from '../catalog/catalog';
import { migProfiles } from '../catalog/mig-profiles';
import { ARGO_SYNC_OPTIONS_ANNOTATION } from '../kinds/labels';
import { apiObject } from '../render/api-object';
import { objectName } from '../render/object-name';
import { KARPENTER_UNUSED, NO_NODE_CLASS } from './diagnostics';
import { karpenterProblems } from './karpenter/karpenter-checks';
import type { KarpenterOptions } from './karpenter/karpenter-options';
import { karpenterShape } from './karpenter/karpenter-options';
import { nodePoolSpec } from './karpenter/node-pool-spec';
import { agreementProblems } from './pool-agreement';
import { resolvePool } from '../cluster/pool-placement';

/** Properties of a pool of GPU nodes. */
export interface GpuNodePoolProps extends GpuPoolProps {
  /**
   * How Karpenter makes the nodes, and takes them away.
   *
   * GPU012 without it where `provisioner` is Provisioner.KARPENTER, GPU013 with it where that is Provisioner.STATIC.
   *
   * @default - the nodes are there, or something else makes them
   */
  readonly karpenter?: KarpenterOptions;
  /**
   * Name of the pool.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
}

const gpuNodePoolShape: Shape<GpuNodePoolProps> = {
  ...gpuPoolShape,
  karpenter: optional(record('KarpenterOptions', karpenterShape)),
  name: optional(text({ max: 63 })),
};

/**
 * A group of GPU nodes: what they have, and what workloads must carry to run there.
 *
 * Renders: with Karpenter as its provisioner a NodePool of the name of the pool, whose nodes carry the label
 * `cdk8s-ml.dev/pool`; nothing for nodes that exist or that a node group of the provider makes.
 *
 * GPU022 when the profile has a pool of that name that is not like it.
 *
 * @see https://karpenter.sh/docs/concepts/nodepools/
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
  /** What makes the nodes. */
  public readonly provisioner: Provisioner;
  /** What workloads in it must carry. */
  public readonly placement: PoolPlacement;
  /** The NodePool; undefined where nothing is rendered. */
  public readonly resource?: ApiObject;

  constructor(scope: Construct, id: string, props: GpuNodePoolProps) {
    super(scope, id);
    const { karpenter, name, ...given } = checkShape(this, 'GpuNodePoolProps', props, gpuNodePoolShape);
    this.poolName = objectName(this, name, undefined, (text) => dnsLabelProblem(text));
    this.provisioner = given.provisioner ?? (karpenter ? Provisioner.KARPENTER : Provisioner.STATIC);
    const pool = { ...given, provisioner: this.provisioner };
    const profile = ClusterProfile.of(this);
    const { placement, problems } = resolvePool(this.poolName, pool, profile);
    this.placement = placement;
    report(this, () => [
      ...problems,
      ...sharingProblems(pool),
      ...boundProblems(pool),
      ...agreementProblems(this.poolName, pool, placement, profile),
      ...provisionerProblems(this.poolName, this.provisioner, karpenter),
    ]);
    if (!karpenter || this.provisioner !== Provisioner.KARPENTER) return;
    const described = { name: this.poolName, props: pool, options: karpenter, placement, profile };
    report(this, () => karpenterProblems(described));
    this.resource = apiObject(this, 'Resource', {
      apiVersion: 'karpenter.sh/v1',
      kind: 'NodePool',
      metadata: {
        name: this.poolName,
        annotations: profile.delivery === Delivery.DECLARED ? KEPT_FROM_PRUNING : {},
      },
      clusterScoped: true,
      spec: () => nodePoolSpec(described),
    });
  }
}

/** With its NodePool all nodes go: Argo CD asks before it removes one. */
const KEPT_FROM_PRUNING = { [ARGO_SYNC_OPTIONS_ANNOTATION]: 'Prune=confirm,Delete=confirm' };

function provisionerProblems(
  name: string,
  provisioner: Provisioner,
  karpenter: KarpenterOptions | undefined,
): Problem[] {
  const property = 'karpenter';
  if (provisioner === Provisioner.KARPENTER && !karpenter) {
    const message = `Karpenter makes the nodes of pool ${name}, and no node class is named.`;
    const fix = "Set karpenter: { nodeClass: NodeClass.named('gpu') }, or take the pool with GpuNodePool.fromProfile.";
    return [{ rule: NO_NODE_CLASS, property, message, fix }];
  }
  if (provisioner === Provisioner.KARPENTER || !karpenter) return [];
  const message = `karpenter is set, and provisioner of pool ${name} is ${provisioner}.`;
  return [
    {
      rule: KARPENTER_UNUSED,
      property,
      message,
      fix: 'Remove karpenter, or set provisioner to Provisioner.KARPENTER.',
    },
  ];
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
