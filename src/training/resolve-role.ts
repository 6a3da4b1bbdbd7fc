import type { IConstruct } from 'constructs';
import type { Queue } from '../cluster/queue';
import { Affinity } from '../render/affinity';
import type { KnownBackend } from './backends/backends';
import type { GangPlan, Role } from './backends/gang';
import type { RolePlan } from './gang-role';
import { GangRole } from './gang-role';
import { fabricShare } from './fabric/fabric-share';
import { elasticVariables } from './frameworks/elastic';
import type { FrameworkRole } from './frameworks/framework';
import { parallelismVariables } from './frameworks/parallelism';
import type { RoleProps } from './frameworks/role-props';
import { startScriptOf } from './frameworks/start-script';
import type { DistributedRunProps } from './gang-props';
import type { GangScheduling } from './place/gang-scheduling';
import type { TrainingPod, TrainingPodOptions } from './training-pod';
import { trainingPod } from './training-pod';
import type { TrainingProps } from './training-props';

/** Pods of one role, all that goes into them decided. */
export interface ResolvedRole {
  readonly role: Role;
  readonly trained: TrainingPod;
  /** Variables that the operator adds to each container. */
  readonly injectedEnv: readonly string[];
}

/** A gang while its roles are resolved. */
export interface Resolving {
  readonly scope: IConstruct;
  readonly props: DistributedRunProps;
  /** Name without the run. */
  readonly baseName: string;
  readonly podLabels: { readonly [label: string]: string };
  readonly backend: KnownBackend;
  readonly plan: GangPlan;
  readonly scheduling: GangScheduling;
}

/** Resolves the pods of one role. */
export function resolveRole(
  resolving: Resolving,
  role: RolePlan,
  props: TrainingProps,
  options: Pick<TrainingPodOptions, 'gpu' | 'fabric'>,
): ResolvedRole {
  const { scope, baseName, podLabels, backend, plan, scheduling } = resolving;
  const { injectedEnv, command, commandBefore = [], ...podOptions } = backend.strategy.podOptions(plan, role.role);
  const script = startScriptOf(plan, backend.strategy.kind, role.role, baseName);
  const scheduled = { ...props, schedulerName: props.schedulerName ?? scheduling.schedulerName };
  const started = command
    ? { ...scheduled, command: command.length > 0 ? [...command] : undefined, args: undefined }
    : { ...scheduled, command: props.command && [...commandBefore, ...props.command] };
  const trained = trainingPod(scope, script?.launched(started) ?? started, {
    ...podOptions,
    ...options,
    env: [...(podOptions.env ?? []), ...elasticVariables(plan.elastic), ...parallelismVariables(resolving.props)],
    volumes: script?.volumes,
    annotations: scheduling.annotations,
    topology: plan.place.annotations(role.role),
    name: baseName,
    nodes: role.replicas,
    labels: { ...podLabels, ...scheduling.labels },
    group: scheduling.fields,
  });
  return { role: { ...role, pod: trained.pod }, trained, injectedEnv: [...injectedEnv, ...(script?.sets ?? [])] };
}

/** A role is as the nodes are, but for what it needs and where it goes. */
export function resolveBeside(
  resolving: Resolving,
  plan: RolePlan,
  { role, props: given }: FrameworkRole,
  nodes: ResolvedRole,
): ResolvedRole {
  const { cpu, memory, gpu, pool, affinity, tolerations } = given;
  const place = { pool, affinity, tolerations };
  const isLauncher = role === GangRole.LAUNCHER;
  const startsOthers = isLauncher || role === GangRole.HEAD;
  const props = {
    ...resolving.props,
    preflight: undefined,
    cpu,
    memory,
    sharedMemory: undefined,
    ephemeralStorage: undefined,
    ...(startsOthers && !gpu ? { ...place, ...launcherPlace(place, resolving.props.queue, nodes) } : place),
  };
  const env = fabricShare(resolving.props)?.env;
  // What the fabric needs of the environment reaches the processes through the launcher.
  const fabric = isLauncher && env ? { env, resources: {}, annotations: {} } : undefined;
  return resolveRole(resolving, plan, props, { gpu, fabric });
}

// Of GPU feature discovery, GKE, Karpenter on AWS and on Azure.
const LABELS_OF_GPU_NODES = [
  'nvidia.com/gpu.present',
  'cloud.google.com/gke-accelerator',
  'karpenter.k8s.aws/instance-gpu-name',
  'karpenter.azure.com/sku-gpu-name',
];

/** A launcher waits for ever where all nodes have GPUs and their taint, and takes room of a node of the gang where it need not. */
function launcherPlace(
  given: Pick<RoleProps, 'affinity' | 'tolerations'>,
  queue: Queue | undefined,
  nodes: ResolvedRole,
) {
  return {
    affinity: given.affinity ?? Affinity._preferWithout(LABELS_OF_GPU_NODES),
    tolerations: given.tolerations ?? (queue ? undefined : [...nodes.trained.placement.tolerations]),
  };
}
