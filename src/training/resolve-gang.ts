import type { IConstruct } from 'constructs';
import { ClusterProfile } from '../cluster/profile';
import { Provider } from '../cluster/settings';
import type { Problem } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { NAME_TOO_LONG } from '../kinds/diagnostics';
import type { Manifest } from '../render/api-object';
import type { KnownBackend } from './backends/backends';
import { backendOf } from './backends/backends';
import type { BackendRequests } from './backends/backend-checks';
import { backendProblems } from './backends/backend-checks';
import type { Gang, GangPlan, Role, RolePlan } from './backends/gang';
import { GangRole } from './backends/gang';
import { QUEUE_IGNORED } from './diagnostics';
import { cpuNodeProblems } from './cpu-nodes';
import { fabricProblems, fabricShare } from './fabric-share';
import type { DistributedRunProps } from './gang-props';
import { startScriptCompanions, startScriptOf, startScriptProblems } from './start-script';
import { processesPerNode, processProblems } from './processes';
import type { RoleProps } from './role-props';
import type { RunBounds } from './run-bounds';
import { trainingProblems } from './training-checks';
import type { TrainingPod } from './training-pod';
import { trainingPod } from './training-pod';
import type { TrainingProps } from './training-props';

/** Names and bounds of the run that a gang belongs to. */
export interface GangIdentity {
  readonly baseName: string;
  readonly ownName: string;
  readonly metadata: Manifest['metadata'];
  readonly podLabels: { readonly [label: string]: string };
  readonly run: RunBounds;
}

/** A gang with its backend, and the check of everything in it. */
export interface ResolvedGang {
  readonly gang: Gang;
  readonly backend: KnownBackend;
  /** Objects beside that which runs it. */
  readonly companions: readonly Manifest[];
  readonly problems: () => Problem[];
}

/** Resolves a distributed run for the backend that will run it. */
export function resolveGang(scope: IConstruct, props: BackendRequests, identity: GangIdentity): ResolvedGang {
  const profile = ClusterProfile.of(scope);
  const backend = backendOf(props.backend ?? profile.trainingBackend);
  const plan = gangPlan(props, identity.baseName, profile.provider !== Provider.ON_PREMISES);
  const [nodes, ...others] = plan.roles.map((role, index) =>
    resolveRole(scope, props, identity, backend, plan, role, index),
  );
  const gang: Gang = {
    baseName: identity.baseName,
    ownName: identity.ownName,
    metadata: identity.metadata,
    roles: [nodes.role, ...others.map(({ role }) => role)],
    run: identity.run,
    framework: props.framework,
    kubernetes: profile.kubernetes,
  };
  const problems = (): Problem[] => [
    ...trainingProblems(scope, props, nodes.trained, props.numNodes, nodes.injectedEnv),
    ...others.flatMap(({ role, trained }) => inRole(role.role, trained.placement.problems)),
    ...processProblems(props),
    ...cpuNodeProblems(props),
    ...startScriptProblems(props.framework, props),
    ...fabricProblems(profile, props),
    ...backendProblems(profile, props, backend.strategy.kind),
    ...backend.strategy.supports(gang),
    ...queueProblems(profile, props, backend),
    ...nameProblems(gang, plan, backend),
  ];
  const companions = [...backend.strategy.companions(gang), ...startScriptCompanions(gang)];
  return { gang, backend, companions, problems };
}

function gangPlan(props: DistributedRunProps, baseName: string, zones: boolean): GangPlan {
  const { framework, numNodes } = props;
  const others = framework._roles.map(({ role, replicas }) => ({ role, replicas, processesPerReplica: 0 }));
  return {
    baseName,
    framework,
    zones,
    roles: [{ role: GangRole.NODE, replicas: numNodes, processesPerReplica: processesPerNode(props) }, ...others],
  };
}

interface ResolvedRole {
  readonly role: Role;
  readonly trained: TrainingPod;
  /** Variables that the operator adds to each container. */
  readonly injectedEnv: readonly string[];
}

function resolveRole(
  scope: IConstruct,
  props: DistributedRunProps,
  identity: GangIdentity,
  { strategy }: KnownBackend,
  plan: GangPlan,
  role: RolePlan,
  index: number,
): ResolvedRole {
  const other = role.role === GangRole.NODE ? undefined : props.framework._roles[index - 1].props;
  const { injectedEnv, ...podOptions } = strategy.podOptions(plan, role.role);
  const script = startScriptOf(props.framework, identity.baseName);
  const given = other ? propsOfRole(props, other) : props;
  const trained = trainingPod(scope, script?.launched(given) ?? given, {
    ...podOptions,
    volumes: script?.volumes,
    name: identity.baseName,
    gpu: other ? other.gpu : props.gpuPerNode,
    nodes: role.replicas,
    labels: identity.podLabels,
    fabric: other ? undefined : fabricShare(props),
  });
  return { role: { ...role, pod: trained.pod }, trained, injectedEnv: [...injectedEnv, ...(script?.sets ?? [])] };
}

/** A role is as the nodes are, but for what it needs and where it goes. */
function propsOfRole(props: TrainingProps, { cpu, memory, pool, affinity, tolerations }: RoleProps): TrainingProps {
  return { ...props, cpu, memory, pool, affinity, tolerations, sharedMemory: undefined, ephemeralStorage: undefined };
}

/** The props of a role are those of the framework. */
function inRole(role: GangRole, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, property: `framework.${role}.${problem.property ?? ''}` }));
}

function queueProblems(
  profile: ClusterProfile,
  { queue }: DistributedRunProps,
  { kueueFramework }: KnownBackend,
): Problem[] {
  if (!queue || !profile.isKnown || profile.kueueFrameworks.includes(kueueFramework)) return [];
  const { queueName } = queue;
  const message = `queue is ${queueName}, and Kueue of the profile ${profile.name} does not manage ${kueueFramework}.`;
  const fix =
    'Set backend to TrainingBackend.INDEXED_JOB, or add the kind to Kueue and to kueueFrameworks of the profile.';
  return [{ rule: QUEUE_IGNORED, property: 'queue', value: queueName, message, fix }];
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
