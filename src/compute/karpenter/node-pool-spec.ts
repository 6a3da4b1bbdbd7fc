import type {
  NodePoolSpec,
  NodePoolSpecTemplateSpecNodeClassRef,
  NodePoolSpecTemplateSpecTaints,
} from '../../../imports/karpenter.sh';
import { secondsOf } from '../../core/amounts';
import { goDuration } from '../../kinds/go-duration';
import { POOL_LABEL } from '../../kinds/labels';
import {
  ARCH_LABEL,
  CAPACITY_TYPE_LABEL,
  INSTANCE_TYPE_LABEL,
  karpenterLabel,
  OS_LABEL,
  ZONE_LABEL,
} from '../../kinds/node-labels';
import type { Taint } from '../../kinds/toleration';
import type { Spelled } from '../../render/spelled';
import { poolTaints } from '../../cluster/pool-placement';
import type { KarpenterPool } from './karpenter-pool';
import {
  architecture,
  capacityTypes,
  consolidationPolicy,
  disruptionBudgets,
  limitsOfNodes,
  machineTypes,
} from './karpenter-pool';
import { isEksAuto, nodeClassKind } from './node-class';
import type { Requirement } from './node-requirement';

// A run that follows within this time finds the node still there: https://karpenter.sh/docs/concepts/disruption/#consolidation
const CONSOLIDATE_AFTER = '10m';
// Karpenter's own default, said here because workloads depend on it; EKS Auto Mode has another, and ends nodes after 21 days
// whatever a NodePool says: https://docs.aws.amazon.com/eks/latest/userguide/create-node-pool.html
const EXPIRE_AFTER = '720h';
const EXPIRE_AFTER_EKS_AUTO = '336h';

/** The spec of the NodePool of a pool that has no problems. */
export function nodePoolSpec(pool: KarpenterPool): Spelled<NodePoolSpec> {
  const { options, props } = pool;
  const { terminationGracePeriod } = props;
  const { startupTaints, weight } = options;
  const limits = { ...limitsOfNodes(pool), ...options.limits };
  return {
    template: {
      metadata: { labels: nodeLabels(pool) },
      spec: {
        nodeClassRef: nodeClassRef(pool),
        requirements: requirements(pool),
        taints: taintsOf(poolTaints(props)),
        startupTaints: taintsOf(startupTaints),
        expireAfter:
          options.expireAfter?.expression ?? (isEksAuto(options.nodeClass) ? EXPIRE_AFTER_EKS_AUTO : EXPIRE_AFTER),
        terminationGracePeriod: terminationGracePeriod && goDuration(secondsOf(terminationGracePeriod)),
      },
    },
    disruption: {
      consolidationPolicy: consolidationPolicy(options),
      consolidateAfter: options.consolidateAfter?.expression ?? CONSOLIDATE_AFTER,
      budgets: disruptionBudgets(pool).map((budget) => budget._toBudget()),
    },
    limits: Object.keys(limits).length === 0 ? undefined : limits,
    weight,
  };
}

/** Labels that the NodePool gives to its nodes: the name of the pool, and what workloads select that no machine has by itself. */
export function nodeLabels({ name, options, placement }: KarpenterPool): { [label: string]: string } {
  const selected = Object.entries(placement.nodeSelector).filter(([key]) => karpenterLabel(key) === 'own');
  return { [POOL_LABEL]: name, ...Object.fromEntries(selected), ...options.labels };
}

/** What machines must be, that of properties first. */
export function requirements(pool: KarpenterPool): Requirement[] {
  const own = propertyRequirements(pool);
  const ofMachines = Object.entries(pool.placement.nodeSelector).filter(
    ([key]) => karpenterLabel(key) === 'requirement' && !own.some((one) => one.key === key),
  );
  return [
    ...own,
    ...ofMachines.map(([key, value]) => oneOf(key, [value])),
    ...(pool.options.requirements ?? []).map((requirement) => requirement._requirement),
  ];
}

/** Requirements that properties of their own say. */
function propertyRequirements(pool: KarpenterPool): Requirement[] {
  const { zones = [] } = pool.options;
  const types = machineTypes(pool);
  return [
    ...(types.length > 0 ? [oneOf(INSTANCE_TYPE_LABEL, types)] : []),
    oneOf(CAPACITY_TYPE_LABEL, capacityTypes(pool)),
    ...(zones.length > 0 ? [oneOf(ZONE_LABEL, [...new Set(zones)])] : []),
    oneOf(ARCH_LABEL, [architecture(pool)]),
    oneOf(OS_LABEL, ['linux']),
  ];
}

function oneOf(key: string, values: readonly string[]): Requirement {
  return { key, operator: 'In', values: [...values] };
}

function nodeClassRef({ options, profile }: KarpenterPool): NodePoolSpecTemplateSpecNodeClassRef {
  const { nodeClass } = options;
  const { group, kind } = nodeClassKind(nodeClass, profile.provider) ?? { group: '', kind: '' }; // GPU012 says it
  return { group, kind, name: nodeClass.nodeClassName };
}

/** A taint of no value is written without one: the schema of a NodePool refuses an empty text. */
function taintsOf(taints: readonly Taint[] | undefined): Spelled<NodePoolSpecTemplateSpecTaints>[] | undefined {
  if (taints === undefined || taints.length === 0) return undefined;
  return taints.map(({ key, value, effect }) => ({ key, value: value || undefined, effect }));
}
