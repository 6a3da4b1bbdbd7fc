import type {
  Affinity,
  Container,
  ContainerPort,
  EnvVar,
  Lifecycle,
  Probe,
  TopologySpreadConstraint,
} from '../../imports/k8s';
import type { Toleration } from '../kinds/toleration';
import type { SecurityProfile } from './security-profile';
import type { Volume } from './volume';

/** A volume under the name it has in the pod. */
export interface NamedVolume {
  readonly name: string;
  readonly volume: Volume;
}

/** Devices of the main container. */
export interface Devices {
  readonly resourceName: string;
  readonly count: number;
}

/** A container, resolved: every default is in it. */
export interface ContainerDescription {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy?: Container['imagePullPolicy'];
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly env: readonly EnvVar[];
  /** CPU request in milli-cores. */
  readonly cpuMillis?: number;
  /** CPU limit in milli-cores; training has none. */
  readonly cpuLimitMillis?: number;
  /** Memory request and limit in KiB. */
  readonly memoryKib?: number;
  /** Local disk, request and limit in KiB. */
  readonly ephemeralStorageKib?: number;
  readonly devices?: Devices;
  /** Further resources, requests equal to limits, such as network adapters. */
  readonly resources?: { readonly [resource: string]: string };
  readonly ports?: readonly ContainerPort[];
  /** Capabilities that it keeps: all others are dropped. */
  readonly capabilities?: readonly string[];
  readonly volumes: readonly NamedVolume[];
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly lifecycle?: Lifecycle;
}

/** How a pod says to the scheduler of Kubernetes itself of which group it is a member. */
export interface PodGroupFields {
  /** Until 1.35. */
  readonly workloadRef?: { readonly name: string; readonly podGroup: string };
  /** From 1.36 on. */
  readonly schedulingGroup?: { readonly podGroupName: string };
}

/** A pod, resolved: what the one builder of pod templates needs and nothing else. */
export interface PodDescription {
  readonly main: ContainerDescription;
  readonly initContainers: readonly ContainerDescription[];
  readonly sidecars: readonly ContainerDescription[];
  readonly labels: { readonly [label: string]: string };
  readonly annotations: { readonly [annotation: string]: string };
  readonly restartPolicy?: 'Never' | 'OnFailure';
  readonly graceSeconds: number;
  readonly security: SecurityProfile;
  /** Whether volumes are handed to the group of the containers: for claims of ours, and where an operator mounts files that only a group may read. */
  readonly fsGroup: boolean;
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken: boolean;
  readonly imagePullSecrets: readonly string[];
  readonly nodeSelector: { readonly [label: string]: string };
  readonly tolerations: readonly Toleration[];
  readonly affinity?: Affinity;
  readonly topologySpread?: readonly TopologySpreadConstraint[];
  readonly runtimeClassName?: string;
  readonly priorityClassName?: string;
  readonly schedulerName?: string;
  readonly group?: PodGroupFields;
  readonly subdomain?: string;
}
