import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ClusterProfile } from '../cluster/profile';
import type { Problem } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { NAME_TOO_LONG } from '../kinds/diagnostics';
import type { Manifest } from '../render/api-object';
import type { KnownBackend } from './backends/backends';
import { backendOf } from './backends/backends';
import type { BackendRequests } from './backends/backend-checks';
import { backendProblems } from './backends/backend-checks';
import type { Gang, GangPlan } from './backends/gang';
import { GangRole } from './gang-role';
import { BACKEND_TABLE } from './backends/table';
import { cpuNodeProblems } from './place/cpu-nodes';
import { egressRules } from './network/egress-policy';
import { disruptionProblems } from './faults/fault-checks';
import { faultsOf } from './faults/faults';
import { fabricProblems, fabricShare } from './fabric/fabric-share';
import { elasticProblems, elasticSettings } from './frameworks/elastic';
import { gangPlace } from './place/gang-place';
import type { DistributedRunProps } from './gang-props';
import { launchFlagProblems } from './frameworks/launch-flags';
import type { GangScheduling } from './place/gang-scheduling';
import { gangScheduling, UNGROUPED } from './place/gang-scheduling';
import { parallelismProblems } from './frameworks/parallelism';
import { startScriptCompanions, startScriptProblems } from './frameworks/start-script';
import { processesPerNode, processProblems } from './frameworks/processes';
import { queueProblems } from './place/queue-checks';
import { coverageProblems } from './place/queue-coverage';
import { gangPreflightProblems, preflightCompanions } from './preflight/preflight-script';
import type { FrameworkRole } from './frameworks/framework';
import type { RunBounds } from './run-bounds';
import { startSeconds, startTimeProblems } from './place/start-time';
import { resolveBeside, resolveRole } from './resolve-role';
import { trainingProblems } from './training-checks';

/** Names and bounds of the run that a gang belongs to. */
export interface GangIdentity {
  readonly baseName: string;
  readonly ownName: string;
  readonly metadata: Manifest['metadata'];
  readonly podLabels: { readonly [label: string]: string };
  readonly run: RunBounds;
  /** Name of the run as its pods can say it, for the group that they are members of. */
  readonly groupName: string;
}

/** A gang with its backend, and the check of everything in it. */
export interface ResolvedGang {
  readonly gang: Gang;
  readonly backend: KnownBackend;
  /** Objects that must be there before it. */
  readonly prerequisites: readonly Manifest[];
  /** Objects beside that which runs it. */
  readonly companions: readonly Manifest[];
  /** The group that its pods are members of, which is also among what must be there before it. */
  readonly podGroup?: Manifest;
  /** Whether a gang scheduler sees the pods as one. */
  readonly isGrouped: boolean;
  readonly problems: () => Problem[];
}

/** Resolves a distributed run for the backend that will run it. */
export function resolveGang(scope: IConstruct, props: BackendRequests, identity: GangIdentity): ResolvedGang {
  const profile = ClusterProfile.of(scope);
  const backend = backendOf(props.backend ?? profile.trainingBackend);
  const besides = rolesBeside(props, backend);
  const plan = gangPlan(scope, props, besides, identity.baseName, backend);
  const scheduling = schedulingOf(profile, props, identity, backend, plan);
  const { baseName, podLabels } = identity;
  const resolving = { scope, props, baseName, podLabels, backend, plan, scheduling };
  const nodes = resolveRole(resolving, plan.roles[0], props, { gpu: props.gpuPerNode, fabric: fabricShare(props) });
  const others = besides.map((beside, index) => resolveBeside(resolving, plan.roles[index + 1], beside, nodes));
  const gang: Gang = {
    baseName: identity.baseName,
    ownName: identity.ownName,
    metadata: withAnnotations(identity.metadata, scheduling.runAnnotations),
    roles: [nodes.role, ...others.map(({ role }) => role)],
    run: identity.run,
    framework: props.framework,
    elastic: plan.elastic,
    kubernetes: profile.kubernetes,
    egress: egressRules(profile, props, identity.baseName),
    volcanoQueue: props.volcanoQueue ?? 'default',
  };
  const problems = (): Problem[] => [
    ...trainingProblems(scope, props, nodes.trained, props.numNodes, nodes.injectedEnv),
    ...others.flatMap(({ role, trained }) => inRole(role.role, trained.placement.problems)),
    ...disruptionProblems(
      props,
      faultsOf(profile, props, nodes.trained.placement.spot),
      BACKEND_TABLE[backend.strategy.kind],
      identity.run,
      props.numNodes,
    ),
    ...others.flatMap(({ trained }) => coverageProblems(scope, props.queue, trained.pod)),
    ...gangPreflightProblems(props, backend.strategy.kind),
    ...processProblems(props),
    ...parallelismProblems(props),
    ...cpuNodeProblems(props),
    ...elasticProblems(props),
    ...launchFlagProblems(props),
    ...startScriptProblems(props, backend.strategy.kind),
    ...fabricProblems(profile, props),
    ...plan.place.problems,
    ...scheduling.problems,
    ...startTimeProblems(profile, props),
    ...backendProblems(profile, props, backend.strategy.kind),
    ...backend.strategy.supports(gang),
    ...queueProblems(profile, props, backend),
    ...nameProblems(gang, plan, backend),
  ];
  const companions = [
    ...backend.strategy.companions(gang),
    ...startScriptCompanions(gang, backend.strategy.kind),
    ...preflightCompanions(props, identity.baseName, nodes.role.pod),
  ];
  const { podGroup, isGrouped } = scheduling;
  const prerequisites = [...(backend.strategy.prerequisites?.(gang) ?? []), ...(podGroup ? [podGroup] : [])];
  return { gang, backend, prerequisites, companions, podGroup, isGrouped, problems };
}

function schedulingOf(
  profile: ClusterProfile,
  props: DistributedRunProps,
  { metadata, groupName }: GangIdentity,
  { strategy }: KnownBackend,
  { elastic, roles, place }: GangPlan,
): GangScheduling {
  if (strategy.groupsPods) return UNGROUPED;
  return gangScheduling(profile, props, {
    backend: strategy.kind,
    metadata: { ...metadata, name: groupName },
    needed: elastic?.minNodes ?? roles.reduce((sum, { replicas }) => sum + replicas, 0),
    isByKueue: place.isByKueue,
  });
}

function withAnnotations(
  metadata: Manifest['metadata'],
  annotations: GangScheduling['runAnnotations'],
): Manifest['metadata'] {
  return annotations ? { ...metadata, annotations: { ...metadata.annotations, ...annotations } } : metadata;
}

/** Pods beside the nodes; those that the framework can do without only where the backend has them. */
function rolesBeside({ framework }: DistributedRunProps, { strategy }: KnownBackend): readonly FrameworkRole[] {
  const known = BACKEND_TABLE[strategy.kind].roles ?? [];
  return framework._roles.filter(({ role, isOptional }) => !isOptional || known.includes(role));
}

function gangPlan(
  scope: IConstruct,
  props: DistributedRunProps,
  besides: readonly FrameworkRole[],
  baseName: string,
  { strategy }: KnownBackend,
): GangPlan {
  const others = besides.map(({ role, replicas }) => ({ role, replicas, processesPerReplica: 0 }));
  const nodes = { role: GangRole.NODE, replicas: props.numNodes, processesPerReplica: processesPerNode(props) };
  const roles: GangPlan['roles'] = [nodes, ...others];
  const isSplit = strategy.hasFirstNode && nodes.replicas > 1;
  const ofNodes = isSplit ? [1, nodes.replicas - 1].map((replicas) => ({ role: nodes.role, replicas })) : [nodes];
  const profile = ClusterProfile.of(scope);
  const place = gangPlace(profile, Chart.of(scope).namespace, props, [...ofNodes, ...others]);
  const seconds = startSeconds(profile, props);
  return {
    baseName,
    framework: props.framework,
    elastic: elasticSettings(props, seconds),
    place,
    startSeconds: seconds,
    roles,
  };
}

/** The props of a role are those of the framework. */
function inRole(role: GangRole, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, property: `framework.${role}.${problem.property ?? ''}` }));
}

const LONGEST_HOST_NAME = 63;

function nameProblems({ metadata }: Gang, plan: GangPlan, { strategy }: KnownBackend): Problem[] {
  const derived = strategy.longestDerivedName(metadata.name, plan);
  if (derived.length <= LONGEST_HOST_NAME) return [];
  const message = `the last pod would be called ${show(derived)}, which has ${derived.length} characters, and ${LONGEST_HOST_NAME} is the limit.`;
  const excess = derived.length - LONGEST_HOST_NAME;
  return [
    {
      rule: NAME_TOO_LONG,
      property: 'name',
      value: show(metadata.name),
      message,
      fix: `Shorten name or run by ${excess} characters.`,
    },
  ];
}
