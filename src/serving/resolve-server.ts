import { Chart, Size } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ContainerPort, EnvVar } from '../../imports/k8s';
import { ClusterProfile } from '../cluster/profile';
import { AccessMode } from '../cluster/settings';
import type { WorkloadPlacement } from '../compute/placement';
import { resolvePlacement } from '../compute/placement';
import { kibibytes, millisOf } from '../core/amounts';
import { Env } from '../kinds/env';
import { COMPONENT_LABEL, NAME_LABEL } from '../kinds/labels';
import { CACHE_PATH } from '../render/environment';
import type { NamedVolume, PodDescription } from '../render/pod-description';
import type { PodProps } from '../render/pod-props';
import { besideSidecars, resolvePod } from '../render/resolve-pod';
import { normalPath, Volume } from '../render/volume';
import type { ServerSelector } from './availability';
import { topologySpread } from './availability';
import type { Drain } from './drain';
import { drain } from './drain';
import { modelKibibytes } from './model-size';
import type { ModelServerProps } from './model-server-props';
import type { Probes } from './probes';
import { HTTP_PORT_NAME, probes } from './probes';
import { Replicas } from './replicas';
import type { Rollout } from './rollout';
import { defaultRollout } from './rollout';
import type { Engine, Served } from './runtimes/engine';

/** Name of the container that serves. */
export const SERVER = 'server';

/** A server with every default in it, and what its placement found wrong. */
export interface ResolvedServer {
  readonly name: string;
  readonly selector: ServerSelector;
  readonly engine: Engine;
  readonly served: Served;
  readonly replicas: Replicas;
  readonly rollout: Rollout;
  readonly probes: Probes;
  readonly drain: Drain;
  readonly pod: PodDescription;
  /** The props of the pod as the user meant them, the image and command of the runtime included. */
  readonly podProps: PodProps;
  readonly placement: WorkloadPlacement;
  /** Names of the variables that users must not set. */
  readonly ownEnv: readonly string[];
}

/** Resolves a server: where it runs, what it starts, how it comes and goes. */
export function resolveServer(scope: IConstruct, name: string, props: ModelServerProps): ResolvedServer {
  const profile = ClusterProfile.of(scope);
  const placement = resolvePlacement(profile, Chart.of(scope).namespace, { ...props, nodes: 1 });
  const engine = props.runtime._engine;
  const drained = drain(props, profile.provider, placement.spot);
  const served: Served = {
    name,
    model: props.model?._location,
    devices: placement.devices,
    drainSeconds: drained.requestSeconds,
  };
  const replicas = props.replicas ?? Replicas.exactly(1);
  const { command, args } = engine.command(served);
  const base = {
    name,
    selector: { [NAME_LABEL]: name, [COMPONENT_LABEL]: SERVER },
    engine,
    served,
    replicas,
    rollout: props.rollout ?? defaultRollout(rolloutFacts(props, replicas)),
    probes: probes(props, engine, drained.stuckGraceSeconds),
    drain: drained,
    podProps: { ...props, image: engine.image, command: command && [...command], args: args && [...args] },
    placement,
  };
  const env = props.model?._variables() ?? [];
  return { ...base, pod: serverPod(props, base, env), ownEnv: env.map((variable) => variable.name) };
}

function serverPod(
  props: ModelServerProps,
  server: Omit<ResolvedServer, 'pod' | 'ownEnv'>,
  env: readonly EnvVar[],
): PodDescription {
  const { placement, selector, engine, served } = server;
  const share = besideSidecars(props, placement);
  const memoryKib = props.memory ? kibibytes(props.memory) : share.memoryKib;
  const withEnv = { ...server.podProps, env: { ...runtimeVariables(engine, served), ...props.env } };
  return resolvePod(withEnv, {
    containerName: SERVER,
    labels: selector,
    annotations: {},
    graceSeconds: server.drain.graceSeconds,
    env,
    volumes: serverVolumes(props, memoryKib),
    fsGroup: false,
    cpuMillis: props.cpu ? millisOf(props.cpu.amount) : share.cpuMillis,
    cpuLimitMillis: props.cpuLimit && millisOf(props.cpuLimit.amount),
    memoryKib,
    devices: placement.devices,
    nodeSelector: placement.nodeSelector,
    tolerations: placement.tolerations,
    affinity: placement.affinity,
    topologySpread: server.replicas.max > 1 ? topologySpread(selector) : undefined,
    ports: containerPorts(engine),
    ...server.probes,
    lifecycle: preStop(server.drain),
  });
}

/** Variables of the runtime; a user who sets one of them too is right. */
function runtimeVariables(engine: Engine, served: Served): NonNullable<PodProps['env']> {
  return Object.fromEntries(Object.entries(engine.variables(served)).map(([name, value]) => [name, Env.value(value)]));
}

function containerPorts({ port, extraPorts }: Engine): ContainerPort[] {
  return [
    { name: HTTP_PORT_NAME, containerPort: port },
    ...extraPorts.map((extra) => ({ name: extra.name, containerPort: extra.port })),
  ];
}

function preStop({ preStopSeconds }: Drain): { preStop: { sleep: { seconds: number } } } | undefined {
  return preStopSeconds === 0 ? undefined : { preStop: { sleep: { seconds: preStopSeconds } } };
}

/** Beside the model, what is compiled and fetched while it loads. */
const CACHE_KIB = 20 * 1024 * 1024;

function serverVolumes({ model, volumes, gpu }: ModelServerProps, memoryKib: number | undefined): NamedVolume[] {
  if (model?._mounted) return [{ name: 'models', volume: model._mounted.volume }];
  const ownCache = (volumes ?? []).some(({ mountPath }) => mountPath === CACHE_PATH);
  if (model?._location.type !== 'hub' || ownCache) return [];
  const modelKib = modelKibibytes(model._location.options, gpu, memoryKib);
  return [
    {
      name: 'cache',
      volume: Volume.scratch({ mountPath: normalPath(CACHE_PATH), sizeLimit: Size.kibibytes(modelKib + CACHE_KIB) }),
    },
  ];
}

const ONE_NODE = [AccessMode.READ_WRITE_ONCE, AccessMode.READ_WRITE_ONCE_POD];

function rolloutFacts({ gpu, model }: ModelServerProps, replicas: Replicas): Parameters<typeof defaultRollout>[0] {
  const accessMode = model?._mounted?.accessMode;
  return {
    onGpu: gpu !== undefined,
    maxReplicas: replicas.max,
    oneNodeClaim: accessMode !== undefined && ONE_NODE.includes(accessMode),
  };
}
