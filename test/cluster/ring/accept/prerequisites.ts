import type { ApiClient } from '../api/api-client';
import type { Manifest } from '../api/manifest';
import { podTemplates } from './pod-templates';

interface PodSpec {
  readonly priorityClassName?: string;
  readonly runtimeClassName?: string;
  readonly serviceAccountName?: string;
  readonly volumes?: { readonly persistentVolumeClaim?: { readonly claimName: string } }[];
}

/**
 * Makes what manifests name and do not bring, as a cluster would have it: claims with volumes, service accounts,
 * priority and runtime classes; and the volumes of the claims that they bring. Secrets are left out: nothing here reads
 * them.
 */
export async function makePrerequisites(api: ApiClient, objects: Manifest[], namespace = 'default'): Promise<void> {
  const named = distinct([...classesNamedBy(objects), ...objects.flatMap((each) => namedInNamespace(each, namespace))]);
  const brought = new Set(objects.map((object) => keyOf(object, namespace)));
  const missing = named.filter((object) => !brought.has(keyOf(object, namespace)));
  for (const object of missing) if (!(await api.find(object))) await api.apply(object);
  const claims = [...objects, ...missing].filter(({ kind }) => kind === 'PersistentVolumeClaim');
  for (const each of claims) await api.apply(volumeFor(each, each.metadata.namespace ?? namespace));
}

/** Makes the priority and runtime classes that manifests name. */
export async function makeClasses(api: ApiClient, objects: Manifest[]): Promise<void> {
  for (const object of classesNamedBy(objects)) if (!(await api.find(object))) await api.apply(object);
}

function classesNamedBy(objects: Manifest[]): Manifest[] {
  const specs = objects.flatMap((object) => podTemplates(object)).map(({ spec }) => spec as PodSpec);
  const classes = specs.flatMap(({ priorityClassName: priority, runtimeClassName: runtime }) => [
    ...(priority && !priority.startsWith('system-') ? [priorityClass(priority, 0)] : []),
    ...(runtime ? [runtimeClass(runtime)] : []),
  ]);
  return distinct(classes);
}

function namedInNamespace(object: Manifest, namespace: string): Manifest[] {
  const within = object.metadata.namespace ?? namespace;
  return podTemplates(object).flatMap(({ spec }) => {
    const { serviceAccountName, volumes = [] } = spec as PodSpec;
    const accounts = serviceAccountName ? [named('v1', 'ServiceAccount', serviceAccountName, within)] : [];
    const claims = volumes.flatMap(({ persistentVolumeClaim: volume }) =>
      volume ? [claim(volume.claimName, within)] : [],
    );
    return [...accounts, ...claims];
  });
}

function distinct(objects: Manifest[]): Manifest[] {
  return [...new Map(objects.map((object) => [keyOf(object, ''), object])).values()];
}

/** A priority class. */
export function priorityClass(name: string, value: number): Manifest {
  return { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value };
}

/** A runtime class. */
export function runtimeClass(name: string): Manifest {
  return { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name }, handler: name };
}

function named(apiVersion: string, kind: string, name: string, namespace: string): Manifest {
  return { apiVersion, kind, metadata: { name, namespace } };
}

function claim(name: string, namespace: string): Manifest {
  const spec = { storageClassName: '', accessModes: ['ReadWriteMany'], resources: { requests: { storage: '10Gi' } } };
  return { ...named('v1', 'PersistentVolumeClaim', name, namespace), spec };
}

/** A volume that a claim is bound to, whatever its class: nobody provisions volumes here. */
function volumeFor(claimed: Manifest, namespace: string): Manifest {
  const { name } = claimed.metadata;
  const spec = claimed.spec as {
    readonly accessModes: string[];
    readonly resources: { readonly requests: { readonly storage: string } };
    readonly storageClassName?: string;
    readonly volumeMode?: string;
  };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `${namespace}-${name}` },
    spec: {
      accessModes: spec.accessModes,
      capacity: spec.resources.requests,
      storageClassName: spec.storageClassName,
      volumeMode: spec.volumeMode,
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace },
      persistentVolumeReclaimPolicy: 'Retain',
      hostPath: { path: `/volumes/${namespace}/${name}` },
    },
  };
}

function keyOf({ kind, metadata }: Manifest, namespace: string): string {
  const within = ['PriorityClass', 'RuntimeClass'].includes(kind) ? '' : (metadata.namespace ?? namespace);
  return `${kind}/${within}/${metadata.name}`;
}
