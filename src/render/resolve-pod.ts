import { Size } from 'cdk8s';
import type {
  ContainerPort,
  EnvVar,
  Lifecycle,
  Probe,
  TopologySpreadConstraint,
  Affinity as AffinitySpec,
} from '../../imports/k8s';
import { kibibytes, millisOf, secondsOf } from '../core/amounts';
import type { Toleration } from '../kinds/toleration';
import type { Affinity } from './affinity';
import { nodeAffinity } from './affinity';
import { CACHE_PATH, envVars, HOME_PATH, identityVariables, mergeEnv, SHM_PATH, TMP_PATH } from './environment';
import type { ContainerDescription, Devices, NamedVolume, PodDescription, PodGroupFields } from './pod-description';
import type { ContainerProps, ExtraContainerProps, PodBaseProps, PodProps } from './pod-props';
import { SecurityProfile } from './security-profile';
import { SharedMemory } from './shared-memory';
import { Volume } from './volume';

/** What a construct adds to the props of its pod. */
export interface PodGivens {
  readonly containerName: string;
  readonly labels: { readonly [label: string]: string };
  readonly annotations: { readonly [annotation: string]: string };
  readonly restartPolicy?: 'Never' | 'OnFailure';
  readonly graceSeconds: number;
  /** Variables of ours that users must not set, in order; the rest of the environment may refer to them. */
  readonly env: readonly EnvVar[];
  /** Volumes of ours in the main container. */
  readonly volumes: readonly NamedVolume[];
  readonly fsGroup: boolean;
  readonly cpuMillis?: number;
  readonly cpuLimitMillis?: number;
  readonly memoryKib?: number;
  readonly devices?: Devices;
  /** Further resources of the main container. */
  readonly resources?: { readonly [resource: string]: string };
  readonly nodeSelector: { readonly [label: string]: string };
  readonly tolerations: readonly Toleration[];
  readonly affinity?: Affinity;
  readonly podAffinity?: Pick<AffinitySpec, 'podAffinity' | 'podAntiAffinity'>;
  readonly topologySpread?: readonly TopologySpreadConstraint[];
  readonly subdomain?: string;
  readonly group?: PodGroupFields;
  readonly ports?: readonly ContainerPort[];
  /** Capabilities of the main container: of those that the level `restricted` allows. */
  readonly capabilities?: readonly 'NET_BIND_SERVICE'[];
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly lifecycle?: Lifecycle;
}

// What a training or serving process keeps outside of its volumes: compiled kernels and downloads, shell history, temporary files.
const CACHE_SIZE = Size.gibibytes(20);
const HOME_SIZE = Size.gibibytes(1);
const TMP_SIZE = Size.gibibytes(10);
// Side containers do little; a reservation keeps the pod out of the class that is evicted first.
const EXTRA_CPU_MILLIS = 100;
const EXTRA_MEMORY_KIB = 256 * 1024;

/** A pod with every default in it. */
export function resolvePod(props: PodProps, givens: PodGivens): PodDescription {
  const security = props.security ?? SecurityProfile.restricted();
  const names = volumeNames(props, givens.volumes);
  const named = (volumes: readonly Volume[] = []): NamedVolume[] =>
    volumes.map((volume) => ({ name: names.get(volume)!, volume }));
  const given = [...givens.volumes, ...named(props.volumes)];
  const scratch = scratchVolumes(security, given, sharedMemory(props, givens));
  const tmp = scratch.filter(({ name }) => name === 'tmp');
  const extra = (container: ExtraContainerProps): ContainerDescription =>
    extraContainer(container, named(container.volumes), tmp);
  return {
    main: mainContainer(props, givens, security, [...given, ...scratch]),
    initContainers: (props.initContainers ?? []).map(extra),
    sidecars: (props.sidecars ?? []).map(extra),
    labels: { ...props.labels, ...givens.labels },
    annotations: { ...props.annotations, ...givens.annotations },
    restartPolicy: givens.restartPolicy,
    graceSeconds: props.terminationGracePeriod ? secondsOf(props.terminationGracePeriod) : givens.graceSeconds,
    security,
    fsGroup: givens.fsGroup,
    serviceAccountName: props.serviceAccountName,
    automountServiceAccountToken: props.automountServiceAccountToken ?? false,
    imagePullSecrets: [...new Set(props.imagePullSecrets)],
    nodeSelector: givens.nodeSelector,
    tolerations: givens.tolerations,
    affinity: affinity(props, givens),
    topologySpread: givens.topologySpread,
    runtimeClassName: props.runtimeClassName,
    priorityClassName: props.priorityClassName,
    schedulerName: props.schedulerName,
    subdomain: givens.subdomain,
    group: givens.group,
  };
}

function mainContainer(
  props: PodProps,
  givens: PodGivens,
  security: SecurityProfile,
  volumes: NamedVolume[],
): ContainerDescription {
  const identity = identityVariables(security.uid === undefined);
  return {
    ...container(givens.containerName, props),
    imagePullPolicy: props.imagePullPolicy,
    workingDir: props.workingDir,
    env: [...givens.env, ...mergeEnv(identity, envVars(props.env))],
    cpuMillis: givens.cpuMillis,
    cpuLimitMillis: givens.cpuLimitMillis,
    memoryKib: givens.memoryKib,
    ephemeralStorageKib: props.ephemeralStorage && kibibytes(props.ephemeralStorage) + diskScratchKib(volumes),
    devices: givens.devices,
    resources: givens.resources,
    ports: givens.ports,
    capabilities: givens.capabilities,
    volumes,
    startupProbe: givens.startupProbe,
    readinessProbe: givens.readinessProbe,
    livenessProbe: givens.livenessProbe,
    lifecycle: givens.lifecycle,
  };
}

/** Scratch directories on disk. The kubelet holds what a pod writes to them against the limits of its containers as well. */
function diskScratchKib(volumes: readonly NamedVolume[]): number {
  return volumes.reduce((sum, { volume }) => sum + (volume._disk ? kibibytes(volume._disk) : 0), 0);
}

/** Part of a node. */
export interface PodShare {
  readonly cpuMillis?: number;
  readonly memoryKib?: number;
}

/** What the main container can have of the share of its pod beside the sidecars, which run all the time. */
export function besideSidecars({ sidecars = [] }: PodBaseProps, share: PodShare): PodShare {
  const requests = sidecars.map(extraRequests);
  const taken = (amount: (request: Required<PodShare>) => number): number =>
    requests.reduce((sum, one) => sum + amount(one), 0);
  return {
    cpuMillis: share.cpuMillis && share.cpuMillis - taken((one) => one.cpuMillis),
    memoryKib: share.memoryKib && share.memoryKib - taken((one) => one.memoryKib),
  };
}

function extraRequests({ cpu, memory }: ExtraContainerProps): Required<PodShare> {
  return {
    cpuMillis: cpu ? millisOf(cpu.amount) : EXTRA_CPU_MILLIS,
    memoryKib: memory ? kibibytes(memory) : EXTRA_MEMORY_KIB,
  };
}

function extraContainer(
  props: ExtraContainerProps,
  volumes: readonly NamedVolume[],
  tmp: readonly NamedVolume[],
): ContainerDescription {
  const mountsTmp = volumes.some(({ volume }) => volume.mountPath === TMP_PATH);
  return {
    ...container(props.name, props),
    ...extraRequests(props),
    volumes: mountsTmp ? volumes : [...volumes, ...tmp],
  };
}

function container(name: string, props: ContainerProps): ContainerDescription {
  return {
    name,
    image: props.image,
    command: props.command && [...props.command],
    args: props.args && [...props.args],
    env: envVars(props.env),
    volumes: [],
  };
}

function affinity(props: PodProps, givens: PodGivens): AffinitySpec | undefined {
  const node = nodeAffinity([givens.affinity, props.affinity]);
  if (node === undefined && givens.podAffinity === undefined) return undefined;
  return { nodeAffinity: node, ...givens.podAffinity };
}

function sharedMemory(props: PodProps, givens: PodGivens): number {
  return (props.sharedMemory ?? SharedMemory.auto())._kibibytes(givens.memoryKib ?? 0, givens.devices?.count ?? 0);
}

/** Writable directories with a limit, left out where the user mounts something of their own. */
function scratchVolumes(security: SecurityProfile, given: readonly NamedVolume[], shmKib: number): NamedVolume[] {
  const scratch = (name: string, mountPath: string, sizeLimit: Size, inMemory = false): NamedVolume[] => {
    const taken = given.some(({ volume }) => volume.mountPath === mountPath);
    return taken ? [] : [{ name, volume: Volume.scratch({ mountPath, sizeLimit, inMemory }) }];
  };
  return [
    ...(shmKib > 0 ? scratch('shm', SHM_PATH, Size.kibibytes(shmKib), true) : []),
    ...scratch('cache', CACHE_PATH, CACHE_SIZE),
    ...(security.uid === undefined ? [] : scratch('home', HOME_PATH, HOME_SIZE)),
    ...scratch('tmp', TMP_PATH, TMP_SIZE),
  ];
}

/** A name for every Volume of the pod by its mount path; one that several containers share is one volume. */
function volumeNames(props: PodProps, ours: readonly NamedVolume[]): ReadonlyMap<Volume, string> {
  const names = new Map(ours.map(({ name, volume }) => [volume, name]));
  const taken = new Set([...OWN_NAMES, ...names.values()]);
  const containers = [props, ...(props.initContainers ?? []), ...(props.sidecars ?? [])];
  for (const volume of containers.flatMap(({ volumes }) => volumes ?? [])) {
    if (names.has(volume)) continue;
    const name = freeName(volume.mountPath, taken);
    names.set(volume, name);
    taken.add(name);
  }
  return names;
}

const OWN_NAMES = ['shm', 'cache', 'home', 'tmp', 'dataset', 'checkpoints', 'models'];

function freeName(mountPath: string, taken: ReadonlySet<string>): string {
  const words = mountPath.toLowerCase().match(/[a-z0-9]+/g) ?? ['volume'];
  const slug = words.join('-').slice(0, 50).replace(/-$/, '');
  let name = slug;
  for (let i = 2; taken.has(name); i++) name = `${slug}-${i}`;
  return name;
}
