import type { IConstruct } from 'constructs';
import { Chart } from 'cdk8s';
import type { EnvVar } from '../../imports/k8s';
import { queueSpec } from '../cluster/lookups';
import { ClusterProfile } from '../cluster/profile';
import type { WorkloadPlacement } from '../compute/placement';
import { resolvePlacement } from '../compute/placement';
import { kibibytes, millisOf, secondsOf } from '../core/amounts';
import type { Gpu } from '../kinds/gpu';
import {
  COMPONENT_LABEL,
  DO_NOT_DISRUPT_ANNOTATION,
  NAME_LABEL,
  SAFE_TO_EVICT_ANNOTATION,
  TRAINING_COMPONENT,
} from '../kinds/labels';
import { runVariable } from '../render/environment';
import type { NamedVolume, PodDescription } from '../render/pod-description';
import type { PodGivens } from '../render/resolve-pod';
import { besideSidecars, resolvePod } from '../render/resolve-pod';
import type { FabricShare } from './fabric/fabric-share';
import { faultsOf, graceSeconds } from './faults/faults';
import { saysTopology, UNCONSTRAINED } from './place/kueue-topology';
import { withPreflight } from './preflight/preflight-script';
import type { TrainingProps } from './training-props';

/** Name of the container that trains. */
export const TRAINER = 'trainer';

/** What differs between the pods of a single run and of a gang. */
export interface TrainingPodOptions {
  /** Value of `app.kubernetes.io/name`. */
  readonly name: string;
  /** GPUs of the pod; undefined for one that runs on CPUs. */
  readonly gpu?: Gpu;
  /** Pods of the run, each on a node of its own. */
  readonly nodes: number;
  readonly containerName?: string;
  /** Label by which the pod knows the name of its job. */
  readonly runLabel?: string;
  /** Labels of the run beside the name. */
  readonly labels?: { readonly [label: string]: string };
  /** Further variables of ours, after RUN and the directories. */
  readonly env?: readonly EnvVar[];
  /** Further volumes of ours. */
  readonly volumes?: readonly NamedVolume[];
  /** Annotations of ours. */
  readonly annotations?: { readonly [annotation: string]: string };
  /** Annotations by which Kueue places the pod with others. */
  readonly topology?: { readonly [annotation: string]: string };
  /** What its fabric adds. */
  readonly fabric?: FabricShare;
  readonly restartPolicy?: PodGivens['restartPolicy'];
  readonly podAffinity?: PodGivens['podAffinity'];
  readonly subdomain?: string;
  readonly group?: PodGivens['group'];
  readonly ports?: PodGivens['ports'];
  readonly capabilities?: PodGivens['capabilities'];
  /** Whether files that its operator mounts are for the group of the containers. */
  readonly fsGroup?: boolean;
}

/** A resolved training pod and what its placement found wrong. */
export interface TrainingPod {
  readonly pod: PodDescription;
  readonly placement: WorkloadPlacement;
  /** Names of the variables that users must not set. */
  readonly ownEnv: readonly string[];
}

/** Labels by which Services, policies and affinities know the pods of a run, whichever run it is. */
export function memberLabels(name: string): { readonly [label: string]: string } {
  return { [NAME_LABEL]: name, [COMPONENT_LABEL]: TRAINING_COMPONENT };
}

/** Resolves the pod that trains: its directories, its place and what it may use there. */
export function trainingPod(scope: IConstruct, props: TrainingProps, options: TrainingPodOptions): TrainingPod {
  const profile = ClusterProfile.of(scope);
  const placement = resolvePlacement(profile, Chart.of(scope).namespace, {
    ...props,
    gpu: options.gpu,
    nodes: options.nodes,
  });
  const share = besideSidecars(props, placement);
  const { devices } = placement;
  const { fabric } = options;
  const checked = withPreflight(props, { name: options.name, nodes: options.nodes, devices });
  const volumes = [...runVolumes(props), ...(options.volumes ?? []), ...checked.volumes, ...(fabric?.volumes ?? [])];
  const env = [
    runVariable(options.runLabel),
    ...directoryVariables(props),
    ...(options.env ?? []),
    ...(fabric?.env ?? []),
  ];
  const pod = resolvePod(checked.props, {
    containerName: options.containerName ?? TRAINER,
    labels: { ...options.labels, ...memberLabels(options.name) },
    annotations: {
      [DO_NOT_DISRUPT_ANNOTATION]: 'true',
      [SAFE_TO_EVICT_ANNOTATION]: 'false',
      ...fabric?.annotations,
      ...options.annotations,
      ...topologyAnnotations(scope, props, options),
    },
    restartPolicy: options.restartPolicy,
    graceSeconds: graceSeconds(faultsOf(profile, props, placement.spot), props),
    env,
    volumes,
    fsGroup: options.fsGroup ?? [props.checkpoints?._mounted, props.output?._mounted].some((mounted) => mounted?.ours),
    cpuMillis: props.cpu ? millisOf(props.cpu.amount) : share.cpuMillis,
    memoryKib: props.memory ? kibibytes(props.memory) : share.memoryKib,
    devices,
    resources: fabric?.resources,
    nodeSelector: placement.nodeSelector,
    tolerations: placement.tolerations,
    affinity: placement.affinity,
    podAffinity: options.podAffinity,
    subdomain: options.subdomain,
    group: options.group,
    ports: options.ports,
    capabilities: options.capabilities,
  });
  return { pod, placement, ownEnv: env.map(({ name }) => name) };
}

/** In a queue with a topology Kueue gives nodes to pods that say so; those without GPUs may have others. */
function topologyAnnotations(
  scope: IConstruct,
  { queue, annotations }: TrainingProps,
  { gpu, topology: ours = {} }: TrainingPodOptions,
): { readonly [annotation: string]: string } {
  if (!queue || saysTopology(annotations)) return {};
  const { topology } = queueSpec(ClusterProfile.of(scope), Chart.of(scope).namespace, queue) ?? {};
  const isAlone = topology !== undefined && gpu !== undefined && Object.keys(ours).length === 0;
  return isAlone ? UNCONSTRAINED : ours;
}

function runVolumes({ dataset, checkpoints, output }: TrainingProps): NamedVolume[] {
  return [
    ...(dataset ? [{ name: 'dataset', volume: dataset._mounted.volume }] : []),
    ...(checkpoints ? [{ name: 'checkpoints', volume: checkpoints._volume }] : []),
    ...(output ? [{ name: 'models', volume: output._mounted.volume }] : []),
  ];
}

/** Where the program finds its data and its own directories. A run that is resumed on purpose is named, never guessed. */
function directoryVariables({ dataset, checkpoints, output }: TrainingProps): EnvVar[] {
  return [
    ...(dataset ? [{ name: 'DATASET_DIR', value: dataset.mountPath }] : []),
    ...(checkpoints ? [{ name: 'CHECKPOINT_DIR', value: `${checkpoints.mountPath}/$(RUN)` }] : []),
    ...(checkpoints?.saveInterval
      ? [{ name: 'CHECKPOINT_INTERVAL_SECONDS', value: String(secondsOf(checkpoints.saveInterval)) }]
      : []),
    ...(checkpoints?.resumeFrom
      ? [{ name: 'RESUME_DIR', value: `${checkpoints.mountPath}/${checkpoints.resumeFrom}` }]
      : []),
    ...(output ? [{ name: 'MODEL_DIR', value: `${output.mountPath}/$(RUN)` }] : []),
  ];
}
