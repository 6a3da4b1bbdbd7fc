import type {
  Container,
  PodSpec,
  PodTemplateSpec,
  ResourceRequirements,
  Toleration as TolerationSpec,
  Volume as VolumeSpec,
  VolumeMount,
} from '../../imports/k8s';
import { cpuQuantity, deviceQuantity, kibibyteQuantity } from '../kinds/quantity';
import type { Toleration } from '../kinds/toleration';
import type { ContainerDescription, NamedVolume, PodDescription } from './pod-description';

/** The one place where a pod template is written. */
export function podTemplate(pod: PodDescription): PodTemplateSpec {
  return {
    metadata: { labels: present(pod.labels), annotations: present(pod.annotations) },
    spec: podSpec(pod),
  };
}

function podSpec(pod: PodDescription): PodSpec {
  return {
    restartPolicy: pod.restartPolicy,
    subdomain: pod.subdomain,
    terminationGracePeriodSeconds: pod.graceSeconds,
    serviceAccountName: pod.serviceAccountName,
    automountServiceAccountToken: pod.automountServiceAccountToken,
    enableServiceLinks: false,
    imagePullSecrets: someOf(pod.imagePullSecrets.map((name) => ({ name }))),
    priorityClassName: pod.priorityClassName,
    runtimeClassName: pod.runtimeClassName,
    schedulerName: pod.schedulerName,
    ...pod.group,
    securityContext: pod.security._pod(pod.fsGroup),
    nodeSelector: present(pod.nodeSelector),
    tolerations: someOf(pod.tolerations.map(tolerationSpec)),
    affinity: pod.affinity,
    topologySpreadConstraints: pod.topologySpread && [...pod.topologySpread],
    initContainers: someOf([
      ...pod.initContainers.map((container) => containerSpec(container, pod)),
      ...pod.sidecars.map((container) => ({ ...containerSpec(container, pod), restartPolicy: 'Always' as const })),
    ]),
    containers: [containerSpec(pod.main, pod)],
    volumes: someOf(volumeSpecs([pod.main, ...pod.initContainers, ...pod.sidecars].flatMap(({ volumes }) => volumes))),
  };
}

function containerSpec(container: ContainerDescription, pod: PodDescription): Container {
  return {
    name: container.name,
    image: container.image,
    imagePullPolicy: container.imagePullPolicy,
    command: container.command && [...container.command],
    args: container.args && [...container.args],
    workingDir: container.workingDir,
    ports: container.ports && [...container.ports],
    env: someOf([...container.env]),
    resources: resources(container),
    securityContext: pod.security._container(container.capabilities),
    startupProbe: container.startupProbe,
    readinessProbe: container.readinessProbe,
    livenessProbe: container.livenessProbe,
    lifecycle: container.lifecycle,
    volumeMounts: someOf(container.volumes.map(volumeMount)),
    terminationMessagePolicy: 'FallbackToLogsOnError',
  };
}

/** Request equal to limit for memory, disk and devices; CPU is only asked for, unless a limit is given. */
function resources(container: ContainerDescription): ResourceRequirements | undefined {
  const both: { [resource: string]: string } = {};
  if (container.memoryKib !== undefined) both.memory = kibibyteQuantity(container.memoryKib);
  if (container.ephemeralStorageKib !== undefined)
    both['ephemeral-storage'] = kibibyteQuantity(container.ephemeralStorageKib);
  if (container.devices) both[container.devices.resourceName] = deviceQuantity(container.devices.count);
  Object.assign(both, container.resources);
  const requests = { ...both };
  const limits = { ...both };
  if (container.cpuMillis !== undefined) requests.cpu = cpuQuantity(container.cpuMillis);
  if (container.cpuLimitMillis !== undefined) limits.cpu = cpuQuantity(container.cpuLimitMillis);
  return Object.keys(requests).length === 0 ? undefined : { requests, limits: present(limits) };
}

function volumeMount({ name, volume }: NamedVolume): VolumeMount {
  return { name, mountPath: volume.mountPath, subPath: volume.subPath, readOnly: volume.readOnly || undefined };
}

function volumeSpecs(volumes: readonly NamedVolume[]): VolumeSpec[] {
  const byName = new Map(volumes.map(({ name, volume }) => [name, { name, ...volume._source }]));
  return [...byName.values()];
}

/** A toleration as Kubernetes takes it: without a value the operator is Exists. */
export function tolerationSpec({ key, value, effect }: Toleration): TolerationSpec {
  return value === undefined ? { key, operator: 'Exists', effect } : { key, operator: 'Equal', value, effect };
}

function someOf<T>(items: T[]): T[] | undefined {
  return items.length === 0 ? undefined : items;
}

function present(map: { readonly [key: string]: string }): { [key: string]: string } | undefined {
  return Object.keys(map).length === 0 ? undefined : { ...map };
}
