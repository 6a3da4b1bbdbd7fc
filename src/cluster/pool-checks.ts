import { gpuModel, instanceType as machineOf } from '../catalog/catalog';
import { migProfiles } from '../catalog/mig-profiles';
import type { Problem, Rule } from '../core/diagnostics';
import { didYouMean } from '../core/nearest';
import { BAD_POOL_SHARING, POOL_BOUNDS, POOL_LABELS, POOL_SHAPE } from './diagnostics';
import type { GpuPoolProps } from './gpu-pool';
import { Provisioner } from './settings';

/** What contradicts itself in one pool, or the catalogue; `place` is where it stands, such as `pools.h100`. */
export function poolProblems(place: string, pool: GpuPoolProps): Problem[] {
  return [
    ...shapeProblems(place, pool),
    ...sharingProblems(place, pool),
    ...selectorProblems(place, pool),
    ...boundProblems(place, pool),
  ];
}

function shapeProblems(place: string, { gpu, gpusPerNode, instanceType }: GpuPoolProps): Problem[] {
  const machine = instanceType === undefined ? undefined : machineOf(instanceType);
  if (gpusPerNode === undefined && machine === undefined) {
    const why = instanceType === undefined ? 'is not known' : `is not known: the catalogue has no ${instanceType}`;
    const fix = 'Set gpusPerNode, or an instanceType of the catalogue.';
    return [problem(POOL_SHAPE, `${place}.gpusPerNode`, `${place}: the number of GPUs of a node ${why}.`, fix)];
  }
  if (machine === undefined || machine.gpuModel === gpu.key) return [];
  const message = `${place}.gpu is ${gpu.key}, and ${instanceType} has ${machine.gpuModel}.`;
  return [problem(POOL_SHAPE, `${place}.gpu`, message, 'Correct gpu or instanceType.', gpu.key)];
}

function sharingProblems(place: string, { gpu, sharing }: GpuPoolProps): Problem[] {
  const profile = sharing?.migProfile;
  const known = migProfiles(gpu.key);
  if (profile === undefined || known.includes(profile) || gpuModel(gpu.key) === undefined) return [];
  const message = `${place}.sharing: ${gpu.key} has no MIG profile ${profile}${didYouMean(profile, known)}.`;
  const fix = known.length === 0 ? 'Share it another way.' : `Take one of ${known.join(', ')}.`;
  return [problem(BAD_POOL_SHARING, `${place}.sharing`, message, fix, profile)];
}

function selectorProblems(place: string, { nodeSelector }: GpuPoolProps): Problem[] {
  if (!nodeSelector || Object.keys(nodeSelector).length > 0) return [];
  const message = `${place}.nodeSelector is empty, which selects every node.`;
  const fix = 'Set it to labels that only these nodes have, or leave it out.';
  return [problem(POOL_LABELS, `${place}.nodeSelector`, message, fix)];
}

function boundProblems(place: string, { minNodes = 0, maxNodes }: GpuPoolProps): Problem[] {
  if (maxNodes === undefined || minNodes <= maxNodes) return [];
  const message = `${place}: minNodes is ${minNodes}, and maxNodes is ${maxNodes}.`;
  return [problem(POOL_BOUNDS, `${place}.minNodes`, message, 'Make minNodes at most maxNodes.', String(minNodes))];
}

/** Pools whose workloads would mix, because they select nodes by the same labels. */
export function sameNodesProblems(pools: { readonly [name: string]: GpuPoolProps }): Problem[] {
  const known = new Map<string, string>();
  return Object.entries(pools).flatMap(([name, pool]) => {
    const nodes = selectedNodes(pool);
    if (nodes === undefined) return [];
    const other = known.get(nodes);
    if (other === undefined) {
      known.set(nodes, name);
      return [];
    }
    const message = `pools.${name} and pools.${other} select their nodes by the same labels.`;
    const fix = 'Set nodeSelector of both to labels that only their own nodes have.';
    return [problem(POOL_LABELS, `pools.${name}.nodeSelector`, message, fix)];
  });
}

/** What decides on the labels that a workload selects; undefined when it is the pool's own name, or the GPU model. */
function selectedNodes({ nodeSelector, provisioner, instanceType }: GpuPoolProps): string | undefined {
  if (nodeSelector) return JSON.stringify(Object.entries(nodeSelector).sort());
  return provisioner === Provisioner.KARPENTER ? undefined : instanceType;
}

function problem(rule: Rule, property: string, message: string, fix: string, value?: string): Problem {
  return { rule, property, value, message, fix };
}
