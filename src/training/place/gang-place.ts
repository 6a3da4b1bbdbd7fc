import { queueSpec } from '../../cluster/lookups';
import type { ClusterProfile } from '../../cluster/profile';
import { Provider } from '../../cluster/settings';
import { topologyLevels } from '../../cluster/topology-levels';
import type { Problem } from '../../core/diagnostics';
import { didYouMean } from '../../core/nearest';
import { HOSTNAME_LABEL, ZONE_LABEL } from '../../kinds/node-labels';
import type { RolePlan } from '../gang-role';
import { GangRole } from '../gang-role';
import { IMPOSSIBLE_LEVEL, ROLES_APART } from '../diagnostics';
import type { DistributedRunProps } from '../gang-props';
import { kueueTopology } from './kueue-topology';
import type { Topology } from './topology';

/** What keeps the pods of a gang near each other, and who sees to it. */
export interface GangPlace {
  /** Label of nodes whose value all pods share; none where Kueue gives each pod its node, and affinity could only contradict it. */
  readonly together?: string;
  /** Label of nodes whose value the pods rather share. */
  readonly near?: string;
  /** Whether Kueue gives all pods their nodes at once; elsewhere affinity keeps each node of the gang on a machine of its own. */
  readonly isByKueue: boolean;
  /** Annotations for the pods of a role, which Kueue reads. */
  annotations(role: GangRole): { readonly [annotation: string]: string };
  readonly problems: readonly Problem[];
}

/** Pods that stand together in the object of a run, for which Kueue finds a place. */
export type PodSet = Pick<RolePlan, 'role' | 'replicas'>;

/** Places a gang: by Kueue where its queue has a topology, and else by affinity between pods. */
export function gangPlace(
  profile: ClusterProfile,
  namespace: string | undefined,
  props: DistributedRunProps,
  sets: readonly PodSet[],
): GangPlace {
  const levels = props.queue && queueSpec(profile, namespace, props.queue)?.topology;
  const hasZones = profile.provider !== Provider.ON_PREMISES;
  const asked = wish(profile, props.topology);
  return levels
    ? placeByKueue(profile, props, levels, asked ?? usualWish(levels, hasZones), sets)
    : placeByAffinity(profile, props, asked, hasZones);
}

/** Nearness that is asked for, with the label of its level; without one the name of the level says nothing. */
interface Wish {
  readonly mode: Topology['_mode'];
  readonly level?: string;
  readonly label?: string;
}

function wish(profile: ClusterProfile, topology: Topology | undefined): Wish | undefined {
  if (!topology) return undefined;
  const { _mode: mode, _level: level } = topology;
  return { mode, level, label: level === undefined ? undefined : labelOf(profile, level) };
}

function labelOf(profile: ClusterProfile, level: string): string | undefined {
  const known = topologyLevels(profile);
  if (Object.hasOwn(known, level)) return known[level];
  return level.includes('/') ? level : undefined;
}

/**
 * Without a word a gang stays in one zone, where there are zones: the widest level is inside of one if the zone itself is no level.
 * Elsewhere it is put as near as there is room, which keeps no run waiting.
 */
function usualWish(levels: readonly string[], hasZones: boolean): Wish {
  const wide = levels.filter((label) => label !== HOSTNAME_LABEL);
  if (wide.length === 0) return { mode: 'unconstrained' };
  const [mode, label] = hasZones
    ? (['required', wide.includes(ZONE_LABEL) ? ZONE_LABEL : wide[0]] as const)
    : (['preferred', wide[wide.length - 1]] as const);
  return { mode, level: label, label };
}

/** Roles whose processes talk to each other all the time. */
const TALKING: readonly GangRole[] = [GangRole.NODE, GangRole.CHIEF, GangRole.PARAMETER_SERVER];

function placeByKueue(
  profile: ClusterProfile,
  { queue }: DistributedRunProps,
  levels: readonly string[],
  { mode, level, label }: Wish,
  sets: readonly PodSet[],
): GangPlace {
  const talking = sets.filter(({ role }) => TALKING.includes(role));
  // Kueue keeps two sets of pods together of which one is a single pod.
  const isPair = talking.length === 2 && talking.some(({ replicas }) => replicas === 1);
  const annotations = kueueTopology(mode, label, isPair && mode !== 'unconstrained');
  const problems: Problem[] = [];
  if (level !== undefined && (label === undefined || !levels.includes(label))) {
    const of = `the topology of queue ${queue!.queueName} (${levels.join(', ')})`;
    problems.push(levelProblem(level, `${show(level, label)} is not in ${of}`, fixOf(profile, levels)));
  } else if (mode === 'required' && talking.length > 1 && !isPair) {
    const names = talking.map(({ role, replicas }) => `${role} (${replicas})`).join(', ');
    const message = `Kueue gives each role a place of its own in ${level}, and these roles talk to each other: ${names}.`;
    const fix =
      "Set topology to Topology.preferred('...'), have one role of a single pod beside the nodes, or acknowledge it.";
    problems.push({ rule: ROLES_APART, property: 'topology', value: level, message, fix });
  }
  return {
    isByKueue: true,
    annotations: (role) => (TALKING.includes(role) ? annotations : {}),
    problems,
  };
}

function placeByAffinity(
  profile: ClusterProfile,
  { numNodes }: DistributedRunProps,
  asked: Wish | undefined,
  hasZones: boolean,
): GangPlace {
  const zone = hasZones ? ZONE_LABEL : undefined;
  const common = { isByKueue: false, annotations: () => ({}) };
  if (!asked) return { ...common, together: zone, problems: [] };
  const { mode, level, label } = asked;
  const problems: Problem[] = [];
  if (level !== undefined && label === undefined) {
    const lack = `the profile ${profile.name} has no level ${level}${didYouMean(level, Object.keys(topologyLevels(profile)))}`;
    problems.push(levelProblem(level, lack, fixOf(profile)));
  } else if (label === HOSTNAME_LABEL && numNodes > 1) {
    const message = `topology is ${level}, and numNodes is ${numNodes}, each of them on a machine of its own`;
    problems.push(levelProblem(level!, message, 'Take a wider level, or one node with more GPUs.'));
  }
  if (mode === 'unconstrained') return { ...common, problems };
  return mode === 'required'
    ? { ...common, together: label ?? zone, problems }
    : { ...common, together: zone, near: label, problems };
}

function levelProblem(level: string, wrong: string, fix: string): Problem {
  return { rule: IMPOSSIBLE_LEVEL, property: 'topology', value: level, message: `${wrong}.`, fix };
}

function show(level: string, label: string | undefined): string {
  return label === undefined || label === level ? level : `${level} (${label})`;
}

/** Levels that can be asked for, by their names where they have some. */
function fixOf(profile: ClusterProfile, levels?: readonly string[]): string {
  const named = Object.entries(topologyLevels(profile));
  const names = levels
    ? levels.map((label) => named.find(([, one]) => one === label)?.[0] ?? label)
    : named.map(([name]) => name);
  return `Take one of ${names.join(', ')}, or add the level to topologyLevels of the profile.`;
}
