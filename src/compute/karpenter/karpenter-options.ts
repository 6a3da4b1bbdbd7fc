import { taintShape } from '../../kinds/toleration';
import { CapacityType } from '../../cluster/settings';
import { labelKeyProblem, labelValueProblem } from '../../core/names';
import type { Shape } from '../../core/shape';
import { enumOf, instanceOf, integer, listOf, mapOf, optional, record, text } from '../../core/shape';
import { parseQuantity } from '../../kinds/parse-quantity';
import type { Taint } from '../../kinds/toleration';
import { DisruptionBudget } from './disruption-budget';
import { NodeClass } from './node-class';
import { NodeRequirement } from './node-requirement';
import { NodeTimer } from './node-timer';

/** Which nodes Karpenter may take away to save money. */
export enum ConsolidationPolicy {
  /** Those on which only pods of DaemonSets run. */
  WHEN_EMPTY = 'WhenEmpty',
  /** Those as well whose pods would fit elsewhere or on a cheaper node: the pods are moved. */
  WHEN_EMPTY_OR_UNDERUTILIZED = 'WhenEmptyOrUnderutilized',
}

/** Processor that programs are built for. */
export enum Architecture {
  /** x86-64. */
  AMD64 = 'amd64',
  /** 64-bit Arm. */
  ARM64 = 'arm64',
}

/**
 * How Karpenter makes and takes away the nodes of a pool.
 *
 * @see https://karpenter.sh/docs/concepts/nodepools/
 */
export interface KarpenterOptions {
  /** What nodes are made from. `spec.template.spec.nodeClassRef`; GPU012 when its kind is not known. */
  readonly nodeClass: NodeClass;
  /**
   * Machine types to choose from, where the pool names none. Requirement on `node.kubernetes.io/instance-type`
   *
   * CLU007 for one that is of another GPU model, number of GPUs or provider, and beside another `instanceType` of the pool.
   *
   * @default - `instanceType` of the pool, or else those of the catalogue with exactly its GPUs; GPU014 when there are none and
   * no requirement on labels of the provider stands in for them
   */
  readonly instanceTypes?: string[];
  /**
   * Ways to pay for nodes, from which Karpenter takes reserved ones first and spot ones next. Requirement on
   * `karpenter.sh/capacity-type`
   *
   * Give more than one only where nodes of all of them may run parts of one job. GPU017 when `capacityType` of the pool is not
   * among them, when spot is and the pool does not say so, and for reserved ones on Azure.
   *
   * @default - `capacityType` of the pool alone
   */
  readonly capacityTypes?: CapacityType[];
  /**
   * Zones of the nodes. Requirement on `topology.kubernetes.io/zone`
   *
   * One zone keeps the nodes of a job near each other, and near volumes of that zone.
   *
   * @default - every zone of the node class
   */
  readonly zones?: string[];
  /**
   * Processor of the nodes. Requirement on `kubernetes.io/arch`
   *
   * @default - Architecture.ARM64 for GPUs that sit beside an Arm processor, such as the GB200, otherwise Architecture.AMD64
   */
  readonly arch?: Architecture;
  /**
   * What else must hold for machines. GPU015 for labels that Karpenter refuses or that another property says.
   *
   * @default - nothing else
   */
  readonly requirements?: NodeRequirement[];
  /**
   * Labels of the nodes, beside `cdk8s-ml.dev/pool` and those of `nodeSelector`. `spec.template.metadata.labels`
   *
   * GPU015 for labels that Karpenter refuses, that are facts of machines, or that the pool says otherwise.
   *
   * @default - no others
   */
  readonly labels?: { readonly [label: string]: string };
  /**
   * Taints that an agent removes when the node is ready for pods; workloads need not tolerate them. GPU016 for one of key and
   * effect of another.
   *
   * @default - nothing holds pods back
   */
  readonly startupTaints?: Taint[];
  /**
   * Which nodes may be taken away to save money. `spec.disruption.consolidationPolicy`
   *
   * @default ConsolidationPolicy.WHEN_EMPTY
   */
  readonly consolidationPolicy?: ConsolidationPolicy;
  /**
   * Time that a node must have been so before it is taken away. `spec.disruption.consolidateAfter`; GPU019 (unsafe) for never.
   *
   * @default - 10 minutes, within which the next run finds the node still there
   */
  readonly consolidateAfter?: NodeTimer;
  /**
   * How many nodes may be taken away at a time. `spec.disruption.budgets`; GPU019 (unsafe) when empty nodes always stay.
   *
   * @default - with ConsolidationPolicy.WHEN_EMPTY all empty nodes, and none because it drifted: what changed comes with the next
   * nodes; otherwise one node, whatever the reason
   */
  readonly budgets?: DisruptionBudget[];
  /**
   * Age from which a node is drained, whatever the budgets say. `spec.template.spec.expireAfter`
   *
   * Pods that ask not to be disrupted, as our training runs do, end first, unless `terminationGracePeriod` of the pool is over.
   *
   * @default - 720 hours (30 days); 336 hours in EKS Auto Mode, which ends nodes after 21 days whatever is said here
   */
  readonly expireAfter?: NodeTimer;
  /**
   * Most that the nodes of the pool may have together: resource -> quantity, or `nodes` -> count. `spec.limits`
   *
   * Karpenter may overshoot when it makes many nodes at once. GPU018 (unsafe) when neither nodes nor GPUs have a limit, GPU025
   * when it is less than what `maxNodes` nodes have.
   *
   * @default - what `maxNodes` nodes of the machine types have
   */
  readonly limits?: { readonly [resource: string]: string };
  /**
   * Order among pools that a pod fits in, from 1 to 100; the greatest is tried first. `spec.weight`
   *
   * @default - after every pool that has one
   */
  readonly weight?: number;
}

const label = text({ max: 63, grammar: labelValueProblem });
const timer = instanceOf(NodeTimer, 'NodeTimer.after(Duration.hours(720)) or NodeTimer.never()');

const quantity = text({
  max: 30,
  grammar: (amount) => {
    const nano = parseQuantity(amount);
    return nano !== undefined && nano >= 0n ? undefined : 'is no quantity';
  },
  fix: "Write a Kubernetes quantity, such as '64' or '2Ti'.",
});

/** Checks of the options. */
export const karpenterShape: Shape<KarpenterOptions> = {
  nodeClass: instanceOf(NodeClass, "NodeClass.named('gpu')"),
  instanceTypes: optional(listOf(label, { min: 1, max: 100 })),
  capacityTypes: optional(listOf(enumOf('CapacityType', CapacityType), { min: 1, max: 3 })),
  zones: optional(listOf(label, { min: 1, max: 20 })),
  arch: optional(enumOf('Architecture', Architecture)),
  requirements: optional(listOf(instanceOf(NodeRequirement, 'NodeRequirement.oneOf(...) or the like'), { max: 50 })),
  labels: optional(mapOf(text({ min: 0, max: 63, grammar: labelValueProblem }), labelKeyProblem, 50)),
  startupTaints: optional(listOf(record('Taint', taintShape), { max: 20 })),
  consolidationPolicy: optional(enumOf('ConsolidationPolicy', ConsolidationPolicy)),
  consolidateAfter: optional(timer),
  budgets: optional(
    listOf(instanceOf(DisruptionBudget, 'DisruptionBudget.nodes(...) or the like'), { min: 1, max: 50 }),
  ),
  expireAfter: optional(timer),
  limits: optional(mapOf(quantity, labelKeyProblem, 20)),
  weight: optional(integer({ min: 1, max: 100 })),
};
