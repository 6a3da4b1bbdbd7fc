import type { ApiClient } from '../api/api-client';
import type { Manifest } from '../api/manifest';

/** A pod, as far as tests look at it. */
export interface Pod extends Manifest {
  readonly spec: PodSpec;
  readonly status: PodStatus;
}

/** What tests look at in the spec of a pod. */
export interface PodSpec {
  readonly nodeName?: string;
  readonly nodeSelector?: { readonly [label: string]: string };
  readonly hostname?: string;
  readonly subdomain?: string;
  readonly restartPolicy?: string;
  readonly schedulingGates?: { readonly name: string }[];
  readonly tolerations?: { readonly key?: string; readonly operator?: string; readonly effect?: string }[];
  readonly volumes?: { readonly name: string; readonly emptyDir?: { readonly medium?: string } }[];
  readonly initContainers?: PodContainer[];
  readonly containers: PodContainer[];
}

/** What tests look at in a container. */
export interface PodContainer {
  readonly name: string;
  readonly command?: string[];
  readonly args?: string[];
  readonly env?: EnvVar[];
  readonly ports?: { readonly name?: string; readonly containerPort: number }[];
  readonly resources?: { readonly limits?: { readonly [resource: string]: string } };
  readonly volumeMounts?: { readonly name: string; readonly mountPath: string }[];
  readonly readinessProbe?: object;
}

/** What tests look at in the status of a pod. */
export interface PodStatus {
  readonly phase?: string;
  readonly reason?: string;
  readonly conditions?: { readonly type: string; readonly status: string; readonly message?: string }[];
  readonly containerStatuses?: { readonly restartCount: number }[];
}

interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
}

/** Whether a pod is on a node and its processes run. */
export function isRunning({ spec, status }: Pod): boolean {
  return spec.nodeName !== undefined && status.phase === 'Running';
}

/** What the scheduler says of a pod that it cannot place. */
export function unschedulable({ status }: Pod): string | undefined {
  return status.conditions?.find(({ type, status: is }) => type === 'PodScheduled' && is === 'False')?.message;
}

/** A few words on each pod, for what a wait still misses. */
export function describePods(pods: Pod[]): string {
  if (pods.length === 0) return 'there are no pods';
  const words = pods.map((pod) => {
    const gates = pod.spec.schedulingGates?.map(({ name }) => name).join(',');
    return `${pod.metadata.name} ${pod.status.phase ?? ''} ${gates ?? unschedulable(pod) ?? pod.spec.nodeName ?? ''}`;
  });
  return words.join('; ');
}

/**
 * The variables of a container as its process sees them: values of fields of the pod, and of variables set before in
 * `$(NAME)`.
 */
export function environmentOf(pod: Pod, container = pod.spec.containers[0]): { [name: string]: string } {
  const environment: { [name: string]: string } = {};
  for (const { name, value, valueFrom } of container.env ?? []) {
    environment[name] = valueFrom?.fieldRef
      ? fieldOf(pod, valueFrom.fieldRef.fieldPath)
      : (value ?? '').replace(/\$\(([^)]+)\)/g, (reference, other: string) => environment[other] ?? reference);
  }
  return environment;
}

function fieldOf(pod: Pod, path: string): string {
  const [, group, key] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (group) return pod.metadata[group as 'labels' | 'annotations']?.[key] ?? '';
  const value = path.split('.').reduce<unknown>((at, step) => (at as { [field: string]: unknown })?.[step], pod);
  return typeof value === 'string' ? value : '';
}

/** The pods that answer at an address of their namespace: `service`, or `host.service`. */
export function podsAt(address: string, pods: Pod[], services: Manifest[]): Pod[] {
  const parts = address.split('.');
  const [serviceName, host] = parts.length === 1 ? parts : [parts[1], parts[0]];
  const service = services.find(({ metadata }) => metadata.name === serviceName);
  const { selector } = (service?.spec ?? {}) as { selector?: { [label: string]: string } };
  if (!selector) return [];
  const selected = pods.filter(({ metadata }) =>
    Object.entries(selector).every(([label, value]) => metadata.labels?.[label] === value),
  );
  if (host === undefined) return selected;
  return selected.filter(({ spec }) => spec.hostname === host && spec.subdomain === serviceName);
}

/** What Warning events of a namespace say, one line each: `FailedCreate: pods "x" is forbidden`. */
export async function warningsIn(api: ApiClient, namespace: string, reason = /./): Promise<string[]> {
  const { items } = await api.list({ apiVersion: 'v1', kind: 'Event', namespace });
  return items.filter(({ type, reason: its }) => type === 'Warning' && reason.test(String(its))).map(eventText);
}

/** `Reason: message` of an event. */
export function eventText(event: Manifest): string {
  return `${String(event.reason)}: ${String(event.message)}`;
}
