import type { Problem } from '../../core/diagnostics';
import { POOL_LABEL } from '../../kinds/labels';
import {
  ARCH_LABEL,
  CAPACITY_TYPE_LABEL,
  INSTANCE_TYPE_LABEL,
  karpenterLabel,
  OS_LABEL,
  ZONE_LABEL,
} from '../../kinds/node-labels';
import { REFUSED_NODE_LABEL, TAINT_TWICE } from '../diagnostics';
import { poolTaints } from '../../cluster/pool-placement';
import type { KarpenterPool } from './karpenter-pool';
import { requirements } from './node-pool-spec';

/** What Karpenter refuses of labels, requirements and taints, and what would leave workloads without a node. */
export function labelProblems(pool: KarpenterPool): Problem[] {
  return [
    ...Object.entries(pool.placement.nodeSelector).flatMap(([key, value]) => selectorProblems(pool, key, value)),
    ...Object.entries(pool.options.labels ?? {}).flatMap(([key, value]) => ownLabelProblems(pool, key, value)),
    ...(pool.options.requirements ?? []).flatMap(({ _requirement: { key } }, i) => requirementProblems(key, i)),
    ...taintProblems(pool),
  ];
}

function selectorProblems(pool: KarpenterPool, key: string, value: string): Problem[] {
  const refused = (why: string, fix: string): Problem[] => [found(`nodeSelector.${key}`, value, why, fix)];
  if (key === POOL_LABEL)
    return value === pool.name
      ? []
      : refused(`and the nodes carry ${pool.name}`, `Write ${pool.name}, or leave nodeSelector out.`);
  switch (karpenterLabel(key)) {
    case 'own':
      return [];
    case 'pool-name':
      return value === pool.name ? [] : refused(`and Karpenter sets it to ${pool.name}`, `Write ${pool.name}.`);
    case 'refused':
      return refused('which Karpenter refuses in a NodePool', 'Take a label of your own, or leave nodeSelector out.');
    case 'requirement': {
      const others = requirements(pool).filter((one) => one.key === key && one.operator === 'In');
      const differs = others.find(({ values }) => values!.length !== 1 || values![0] !== value);
      return differs
        ? refused(
            `and machines may have ${differs.values!.join(', ')}`,
            'Make both say the same, or leave nodeSelector out.',
          )
        : [];
    }
  }
}

function ownLabelProblems({ placement }: KarpenterPool, key: string, value: string): Problem[] {
  const refused = (why: string, fix: string): Problem[] => [found(`karpenter.labels.${key}`, value, why, fix)];
  const selected = placement.nodeSelector[key];
  if (key === POOL_LABEL) return refused('which is set to the name of the pool', 'Remove it.');
  if (selected !== undefined && selected !== value) return refused(`and nodeSelector has ${selected}`, 'Remove one.');
  const kind = karpenterLabel(key);
  if (kind === 'own') return [];
  return kind === 'requirement'
    ? refused('which is a fact of machines', 'Choose among machines with requirements.')
    : refused('which Karpenter keeps to itself', 'Take a label of your own.');
}

/** Properties that say what their requirement would. */
const PROPERTIES: { readonly [label: string]: string } = {
  [INSTANCE_TYPE_LABEL]: 'karpenter.instanceTypes',
  [CAPACITY_TYPE_LABEL]: 'karpenter.capacityTypes',
  [ZONE_LABEL]: 'karpenter.zones',
  [ARCH_LABEL]: 'karpenter.arch',
};

function requirementProblems(key: string, index: number): Problem[] {
  const refused = (why: string, fix: string): Problem[] => [found(`karpenter.requirements[${index}]`, key, why, fix)];
  const property = PROPERTIES[key];
  if (property !== undefined) return refused(`which ${property} says`, `Set ${property} instead.`);
  if (key === OS_LABEL) return refused('and the nodes run Linux', 'Remove it.');
  if (key === POOL_LABEL) return refused('which is set to the name of the pool', 'Remove it.');
  const kind = karpenterLabel(key);
  return kind === 'refused' || kind === 'pool-name' ? refused('which Karpenter keeps to itself', 'Remove it.') : [];
}

function taintProblems({ props, options }: KarpenterPool): Problem[] {
  const known = new Set<string>();
  const of = poolTaints(props).map((taint, i) => ({ taint, property: `taints[${i}]` }));
  const startup = (options.startupTaints ?? []).map((taint, i) => ({
    taint,
    property: `karpenter.startupTaints[${i}]`,
  }));
  return [...of, ...startup].flatMap(({ taint: { key, effect }, property }): Problem[] => {
    const identity = `${key}:${effect}`;
    if (!known.has(identity)) {
      known.add(identity);
      return [];
    }
    const message = `${property} is ${identity}, and another taint of the nodes has that key and effect.`;
    return [{ rule: TAINT_TWICE, property, value: identity, message, fix: 'Remove one of them.' }];
  });
}

function found(property: string, value: string, why: string, fix: string): Problem {
  return { rule: REFUSED_NODE_LABEL, property, value, message: `${property} is ${value}, ${why}.`, fix };
}
