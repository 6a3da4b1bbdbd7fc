import type { Duration, Size } from 'cdk8s';
import type { Cpu, EnvValue } from 'cdk8s-plus-28';
import { tolerationShape } from '../kinds/toleration';
import { cpu, duration, size } from '../core/amounts';
import { dnsLabelProblem, dnsSubdomainProblem, labelKeyProblem } from '../core/names';
import type { Shape } from '../core/shape';
import { bool, enumOf, instanceOf, listOf, mapOf, optional, record, text } from '../core/shape';
import { envValue } from '../kinds/env-value';
import type { Toleration } from '../kinds/toleration';
import { Affinity } from './affinity';
import { SecurityProfile } from './security-profile';
import { SharedMemory } from './shared-memory';
import { Volume } from './volume';

/** When the kubelet pulls an image. */
export enum ImagePullPolicy {
  /** Before every start. */
  ALWAYS = 'Always',
  /** When the node does not have it. */
  IF_NOT_PRESENT = 'IfNotPresent',
  /** Never; the node must have it. */
  NEVER = 'Never',
}

/** What every container says, wherever its image comes from. */
export interface ContainerBaseProps {
  /**
   * Environment: name to value. `Env` makes values; `EnvValue` of cdk8s-plus is the same.
   *
   * KUB008 for a value without a source and for a name that we set; KUB009 (unsafe) for a secret in plain text.
   *
   * @default - only the variables that the construct sets
   */
  readonly env?: { readonly [name: string]: EnvValue };
  /**
   * CPU asked for. It is no limit: a process that is throttled wastes its GPU.
   *
   * @default - derived where it can be; otherwise it must be given
   */
  readonly cpu?: Cpu;
  /**
   * Memory: request and limit.
   *
   * @default - derived where it can be; otherwise it must be given
   */
  readonly memory?: Size;
}

/** A container whose image the user gives. */
export interface ContainerProps extends ContainerBaseProps {
  /**
   * Image with a tag or, better, a digest.
   *
   * KUB007 when it is no image reference; KUB019 (unsafe) when its tag moves and the profile's stage is PRODUCTION.
   */
  readonly image: string;
  /**
   * Entry point, one list item per argument, without a shell. `containers[].command`
   *
   * `$(NAME)` is replaced by a variable of `env`. KUB010 and KUB011 (unsafe) when it looks meant for a shell.
   *
   * @default - the entry point of the image
   */
  readonly command?: string[];
  /**
   * Arguments of the entry point. `containers[].args`
   *
   * @default - the arguments of the image, or none when `command` is given
   */
  readonly args?: string[];
}

/** A container beside the main one. */
export interface ExtraContainerProps extends ContainerProps {
  /** Name, unique in the pod. */
  readonly name: string;
  /**
   * Volumes of this container. A Volume given to the main container as well is shared.
   *
   * @default - none but the temporary directory
   */
  readonly volumes?: Volume[];
}

/** What every pod says, wherever the image of its main container comes from. */
export interface PodBaseProps extends ContainerBaseProps {
  /**
   * Working directory of the main container.
   *
   * @default - as the image says
   */
  readonly workingDir?: string;
  /**
   * Local disk that the container may write outside of volumes.
   *
   * Rendered as request and limit together with the scratch directories on disk, since the kubelet counts both.
   *
   * @default - no limit; the size limits of the volumes hold
   */
  readonly ephemeralStorage?: Size;
  /**
   * Further volumes of the main container.
   *
   * @default - only those that the construct makes
   */
  readonly volumes?: Volume[];
  /**
   * Containers that run to their end, one after the other, before the main container starts.
   *
   * @default - the main container starts at once
   */
  readonly initContainers?: ExtraContainerProps[];
  /**
   * Containers that run beside the main container and end with it (init containers that restart always).
   *
   * KUB018 when they leave nothing of a share of a node, where `cpu` or `memory` is derived from it.
   *
   * @default - the main container runs alone
   */
  readonly sidecars?: ExtraContainerProps[];
  /**
   * Memory at `/dev/shm`.
   *
   * @default SharedMemory.auto()
   */
  readonly sharedMemory?: SharedMemory;
  /**
   * What the containers may do.
   *
   * @default SecurityProfile.restricted()
   */
  readonly security?: SecurityProfile;
  /**
   * ServiceAccount of the pod, by name; of cdk8s-plus, give its `.name`.
   *
   * @default - the account `default` of the namespace
   */
  readonly serviceAccountName?: string;
  /**
   * Whether the pod gets a token for the API server.
   *
   * @default false
   */
  readonly automountServiceAccountToken?: boolean;
  /**
   * Secrets with credentials of image registries, by name; one named twice is rendered once.
   *
   * @default - those of the service account
   */
  readonly imagePullSecrets?: string[];
  /**
   * When the image is pulled.
   *
   * @default - Kubernetes decides: `Always` for the tag `latest` or none, otherwise `IfNotPresent`
   */
  readonly imagePullPolicy?: ImagePullPolicy;
  /**
   * Labels of the object and its pods, such as `team` for cost reports.
   *
   * KUB005 for labels that we or controllers set.
   *
   * @default - only our own
   */
  readonly labels?: { readonly [label: string]: string };
  /**
   * Annotations of the pods. KUB028 (unsafe) for those that Kubernetes deprecates.
   *
   * @default - only our own
   */
  readonly annotations?: { readonly [annotation: string]: string };
  /**
   * Nodes the pod may or should run on, beyond its pool. KUB028 (unsafe) for labels that Kubernetes deprecates.
   *
   * @default - any node of the pool
   */
  readonly affinity?: Affinity;
  /**
   * Further taints that the pod tolerates. GPU005 with a queue, whose flavor says them all.
   *
   * @default - the taints of the pool
   */
  readonly tolerations?: Toleration[];
  /**
   * Container runtime configuration, such as `nvidia`.
   *
   * @default - the default runtime of the node
   */
  readonly runtimeClassName?: string;
  /**
   * PriorityClass of the pods. CLU004 when the profile lists classes and this is none of them.
   *
   * @default - the default class of the cluster
   */
  readonly priorityClassName?: string;
  /**
   * Scheduler that places the pods.
   *
   * @default - the scheduler of the cluster
   */
  readonly schedulerName?: string;
  /**
   * Time between SIGTERM and SIGKILL.
   *
   * @default - depends on the construct
   */
  readonly terminationGracePeriod?: Duration;
}

/** What every pod says whose image the user gives. */
export interface PodProps extends ContainerProps, PodBaseProps {}

const line = text({ min: 0 });
const subdomain = text({ max: 253, grammar: dnsSubdomainProblem });
const SMALLEST_MEMORY_MIB = 4; // the container runtime refuses less; a smaller number is a forgotten unit

const containerBaseShape: Shape<ContainerBaseProps> = {
  env: optional(mapOf(envValue, envNameProblem)),
  cpu: optional(cpu),
  memory: optional(size({ minMib: SMALLEST_MEMORY_MIB })),
};

/** Checks of a container. */
export const containerShape: Shape<ContainerProps> = {
  ...containerBaseShape,
  image: text({ max: 1024 }),
  command: optional(listOf(line, { min: 1 })),
  args: optional(listOf(line)),
};

const extraContainer = record<ExtraContainerProps>('ExtraContainerProps', {
  ...containerShape,
  name: text({ max: 63, grammar: (name) => dnsLabelProblem(name) }),
  volumes: optional(listOf(instanceOf(Volume, 'Volume.claim(...) or the like'), { max: 100 })),
});

/** Checks of the tolerations of a pod. */
export const tolerationsCheck = listOf(record('Toleration', tolerationShape), { max: 50 });

/** Checks of a pod whose image comes from elsewhere. */
export const podBaseShape: Shape<PodBaseProps> = {
  ...containerBaseShape,
  workingDir: optional(text({ max: 1024 })),
  ephemeralStorage: optional(size({ minMib: 1 })),
  volumes: optional(listOf(instanceOf(Volume, 'Volume.claim(...) or the like'), { max: 100 })),
  initContainers: optional(listOf(extraContainer, { max: 50 })),
  sidecars: optional(listOf(extraContainer, { max: 50 })),
  sharedMemory: optional(instanceOf(SharedMemory, 'SharedMemory.of(Size.gibibytes(16))')),
  security: optional(instanceOf(SecurityProfile, 'SecurityProfile.restricted()')),
  serviceAccountName: optional(subdomain),
  automountServiceAccountToken: optional(bool),
  imagePullSecrets: optional(listOf(subdomain, { max: 50 })),
  imagePullPolicy: optional(enumOf('ImagePullPolicy', ImagePullPolicy)),
  labels: optional(mapOf(text({ min: 0, max: 63 }), labelKeyProblem, 200)),
  annotations: optional(mapOf(text({ min: 0 }), labelKeyProblem, 1000)),
  affinity: optional(instanceOf(Affinity, 'Affinity.requireNodes(...)')),
  tolerations: optional(tolerationsCheck),
  runtimeClassName: optional(subdomain),
  priorityClassName: optional(subdomain),
  schedulerName: optional(text({ max: 253, grammar: dnsSubdomainProblem })),
  terminationGracePeriod: optional(duration({ min: 1, max: 7 * 24 * 3600 })),
};

/** Checks of a pod. */
export const podShape: Shape<PodProps> = { ...podBaseShape, ...containerShape };

const LONGEST_ENV_NAME = 1000; // no limit of Kubernetes; a longer one is a value in the wrong place

function envNameProblem(name: string): string | undefined {
  if (name.length > LONGEST_ENV_NAME) return `has ${name.length} characters`;
  return /^[\x20-\x3c\x3e-\x7e]+$/.test(name) ? undefined : "must consist of printable ASCII other than '='";
}
