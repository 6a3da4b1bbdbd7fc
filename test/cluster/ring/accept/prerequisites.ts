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
  const brought = new Set(objects.map((object) => keyOf(object.kind, object.metadata.namespace ?? namespace, object)));
  const made = new Map<string, Manifest>();
  const want = (object: Manifest) => {
    const key = keyOf(object.kind, object.metadata.namespace ?? '', object);
    if (!brought.has(key)) made.set(key, object);
  };
  for (const object of objects) {
    const within = object.metadata.namespace ?? namespace;
    for (const { spec } of podTemplates(object)) {
      const { priorityClassName, runtimeClassName, serviceAccountName, volumes } = spec as PodSpec;
      if (priorityClassName && !priorityClassName.startsWith('system-')) want(priorityClass(priorityClassName, 0));
      if (runtimeClassName) want(runtimeClass(runtimeClassName));
      if (serviceAccountName) want(named('v1', 'ServiceAccount', serviceAccountName, within));
      for (const { persistentVolumeClaim: volume } of volumes ?? []) if (volume) want(claim(volume.claimName, within));
    }
  }
  for (const object of made.values()) if (!(await api.find(object))) await api.apply(object);
  const claims = [...objects, ...made.values()].filter(({ kind }) => kind === 'PersistentVolumeClaim');
  for (const each of claims) await api.apply(volumeFor(each, each.metadata.namespace ?? namespace));
}

/** A priority class. */
export function priorityClass(name: string, value: number): Manifest {
  return { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value };
}

function runtimeClass(name: string): Manifest {
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

function keyOf(kind: string, namespace: string, { metadata }: Manifest): string {
  return `${kind}/${['PriorityClass', 'RuntimeClass'].includes(kind) ? '' : namespace}/${metadata.name}`;
}
