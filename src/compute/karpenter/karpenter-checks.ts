import { instanceType } from '../../catalog/catalog';
import { MISSING_COMPONENT, POOL_SHAPE } from '../../cluster/diagnostics';
import { CapacityType, Component, Provider } from '../../cluster/settings';
import type { Problem, Rule } from '../../core/diagnostics';
import { parseQuantity } from '../../kinds/parse-quantity';
import {
  CAPACITY_TYPES,
  DRIFT_ENDS_RUNS,
  IDLE_NODES,
  LOW_LIMIT,
  NO_LIMIT,
  NO_NODE_CLASS,
  NO_STANDING_NODES,
  UNKNOWN_MACHINES,
  UNKNOWN_TO_KARPENTER,
} from '../diagnostics';
import { wholeResourceName } from '../../cluster/pool-placement';
import { DisruptionReason } from './disruption-budget';
import type { KarpenterPool } from './karpenter-pool';
import { capacityTypes, disruptionBudgets, limitsOfNodes, machineTypes } from './karpenter-pool';
import { nodeClassKind, providerOf } from './node-class';
import { labelProblems } from './label-checks';

/** Why Karpenter would make no nodes of a pool, the wrong ones, or too many. */
export function karpenterProblems(pool: KarpenterPool): Problem[] {
  return [
    ...componentProblems(pool),
    ...nodeClassProblems(pool),
    ...machineProblems(pool),
    ...capacityProblems(pool),
    ...labelProblems(pool),
    ...boundProblems(pool),
    ...limitProblems(pool),
    ...disruptionProblems(pool),
    ...sharingProblems(pool),
  ];
}

function componentProblems({ name, profile }: KarpenterPool): Problem[] {
  if (!profile.isKnown || profile.components.includes(Component.KARPENTER)) return [];
  const message = `Karpenter makes the nodes of pool ${name}, but the profile ${profile.name} has no Karpenter.`;
  const fix = 'Set provisioner to Provisioner.STATIC, or add Component.KARPENTER to the profile.';
  return [problem(MISSING_COMPONENT, 'provisioner', message, fix)];
}

function nodeClassProblems({ options: { nodeClass }, profile }: KarpenterPool): Problem[] {
  if (nodeClassKind(nodeClass, profile.provider)) return [];
  const { nodeClassName } = nodeClass;
  const message = `the kind of node class ${nodeClassName} is not known: ${profile.provider} has none of its own.`;
  const fix = `Write NodeClass.named('${nodeClassName}', { group, kind }), or attach a profile with another provider.`;
  return [problem(NO_NODE_CLASS, 'karpenter.nodeClass', message, fix, nodeClassName)];
}

/** Labels of a provider that tell machines apart. */
const MACHINE_LABEL = /\/(instance|sku)-/;

function machineProblems(pool: KarpenterPool): Problem[] {
  const { name, props, options, placement, profile } = pool;
  const types = machineTypes(pool);
  const named = options.instanceTypes ? 'karpenter.instanceTypes' : 'instanceType';
  if (types.length === 0) {
    if (options.requirements?.some(({ _requirement: { key } }) => MACHINE_LABEL.test(key))) return [];
    const message = `no machine type with ${placement.gpusPerNode} x ${props.gpu.key} is known for pool ${name} on ${profile.provider}.`;
    const fix = 'Set instanceType, or karpenter.instanceTypes, to types that the provider has.';
    return [problem(UNKNOWN_MACHINES, 'karpenter.instanceTypes', message, fix)];
  }
  const problems = types.flatMap((type) => machineTypeProblems(pool, type, named));
  if (options.instanceTypes && props.instanceType !== undefined && types.join() !== props.instanceType) {
    const message = `instanceType is ${props.instanceType}, and karpenter.instanceTypes is ${types.join(', ')}.`;
    problems.push(problem(POOL_SHAPE, named, message, 'Set one of the two; with several types set gpusPerNode.'));
  }
  return problems;
}

function machineTypeProblems(
  { props, options, placement, profile }: KarpenterPool,
  type: string,
  named: string,
): Problem[] {
  const machine = instanceType(type);
  if (!machine) return [];
  const provider = providerOf(options.nodeClass, profile.provider);
  const problems: Problem[] = [];
  const found = (what: string): void => {
    problems.push(problem(POOL_SHAPE, named, `${named} has ${type}, ${what}.`, 'Take types that are alike.', type));
  };
  if (provider !== Provider.ON_PREMISES && machine.provider !== provider)
    found(`which is of ${machine.provider}, and the nodes are of ${provider}`);
  if (options.instanceTypes && machine.gpuModel !== props.gpu.key)
    found(`whose GPU is ${machine.gpuModel}, and the pool has ${props.gpu.key}`);
  if (machine.gpus !== placement.gpusPerNode)
    found(`which has ${machine.gpus} GPUs, and a node of the pool has ${placement.gpusPerNode}`);
  return problems;
}

function capacityProblems(pool: KarpenterPool): Problem[] {
  const types = capacityTypes(pool);
  const { capacityType } = pool.placement;
  const listed = types.join(', ');
  const found = (what: string, fix: string): Problem[] => [
    problem(CAPACITY_TYPES, 'karpenter.capacityTypes', `the capacity types are ${listed}, ${what}.`, fix, listed),
  ];
  if (types.includes(CapacityType.SPOT) && capacityType !== CapacityType.SPOT)
    return found(
      `and capacityType is ${capacityType}`,
      'Set capacityType to CapacityType.SPOT, so that workloads know.',
    );
  if (!types.includes(capacityType))
    return found(`and capacityType is ${capacityType}`, `Add '${capacityType}', or change capacityType.`);
  if (
    types.includes(CapacityType.RESERVED) &&
    providerOf(pool.options.nodeClass, pool.profile.provider) === Provider.AZURE
  )
    return found('and Karpenter on Azure knows no reserved ones', 'Take CapacityType.ON_DEMAND or SPOT.');
  return [];
}

function boundProblems({ name, props: { minNodes = 0 } }: KarpenterPool): Problem[] {
  if (minNodes === 0) return [];
  const message = `minNodes is ${minNodes}, and Karpenter keeps no node of pool ${name} that is empty.`;
  const fix = 'Leave minNodes out; consolidateAfter says how long an empty node stays.';
  return [problem(NO_STANDING_NODES, 'minNodes', message, fix, String(minNodes))];
}

function limitProblems(pool: KarpenterPool): Problem[] {
  const derived = limitsOfNodes(pool);
  const given = pool.options.limits ?? {};
  const bounding = ['nodes', wholeResourceName(pool.props.gpu)];
  const low = Object.entries(given).flatMap(([resource, amount]): Problem[] => {
    const needed = derived[resource];
    if (needed === undefined || parseQuantity(amount)! >= parseQuantity(needed)!) return [];
    const property = `karpenter.limits.${resource}`;
    const message = `${property} is ${amount}, and ${pool.placement.maxNodes} nodes (maxNodes) have ${needed}.`;
    return [problem(LOW_LIMIT, property, message, `Give at least ${needed}, or lower maxNodes.`, amount)];
  });
  if (bounding.some((resource) => resource in { ...derived, ...given })) return low;
  const message = `nothing bounds how many nodes of pool ${pool.name} Karpenter makes.`;
  return [
    ...low,
    problem(NO_LIMIT, 'maxNodes', message, `Set maxNodes, or karpenter.limits of ${bounding.join(' or ')}.`),
  ];
}

function disruptionProblems(pool: KarpenterPool): Problem[] {
  const { consolidateAfter } = pool.options;
  const forbids = (reason: DisruptionReason): boolean =>
    disruptionBudgets(pool).some((budget) => budget._alwaysForbids(reason));
  const problems: Problem[] = [];
  const isPaidAnyway = capacityTypes(pool).every((type) => type === CapacityType.RESERVED);
  if (!isPaidAnyway && consolidateAfter?.expression === 'Never') {
    const message = `consolidateAfter is never, so empty nodes of pool ${pool.name} stay.`;
    problems.push(problem(IDLE_NODES, 'karpenter.consolidateAfter', message, 'Give a time, such as 10 minutes.'));
  } else if (!isPaidAnyway && forbids(DisruptionReason.EMPTY)) {
    const message = `a budget of no nodes always holds, so empty nodes of pool ${pool.name} stay.`;
    const fix = 'Give it reasons other than DisruptionReason.EMPTY, or a schedule.';
    problems.push(problem(IDLE_NODES, 'karpenter.budgets', message, fix));
  }
  if (pool.props.terminationGracePeriod && !forbids(DisruptionReason.DRIFTED)) {
    const message = `terminationGracePeriod is set, and the budgets let drift take nodes of pool ${pool.name} in use.`;
    const fix = 'Add DisruptionBudget.nodes(0, { reasons: [DisruptionReason.DRIFTED] }).';
    problems.push(problem(DRIFT_ENDS_RUNS, 'karpenter.budgets', message, fix));
  }
  return problems;
}

function sharingProblems({ name, props, placement: { resourceName, sharing } }: KarpenterPool): Problem[] {
  const whole = wholeResourceName(props.gpu);
  if (resourceName === whole && sharing.strategy !== 'mig-mixed') return [];
  const offered = sharing.strategy === 'mig-mixed' ? 'MIG slices by their profile' : resourceName;
  const message = `the nodes of pool ${name} offer ${offered}, and Karpenter knows of ${whole} only.`;
  const fix = 'Share GPUs under their own name, or make a NodeOverlay that tells Karpenter what the machines offer.';
  return [problem(UNKNOWN_TO_KARPENTER, 'sharing', message, fix, sharing.strategy)];
}

function problem(rule: Rule, property: string, message: string, fix: string, value?: string): Problem {
  return { rule, property, value, message, fix };
}
