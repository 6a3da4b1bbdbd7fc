import type { Field } from '../field';
import type { Inventory } from '../inventory';
import type { Resource } from '../resource';
import type { ReferenceKind } from './reference';

// What is there without an object of its kind in the set: made by a controller from another object, or by Kubernetes itself.

/** Where objects that make Secrets name them; their own name where it does not say. */
const SECRET_MAKERS: { readonly [kind: string]: (spec: Field) => Field[] } = {
  'cert-manager.io/Certificate': (spec) => [spec.at('secretName')],
  'external-secrets.io/ExternalSecret': (spec) => [spec.at('target', 'name')],
  'external-secrets.io/ClusterExternalSecret': (spec) => [
    spec.at('externalSecretName'),
    spec.at('externalSecretSpec', 'target', 'name'),
  ],
  'bitnami.com/SealedSecret': (spec) => [spec.at('template', 'metadata', 'name')],
  'secrets.hashicorp.com/VaultStaticSecret': (spec) => [spec.at('destination', 'name')],
  'secrets.hashicorp.com/VaultDynamicSecret': (spec) => [spec.at('destination', 'name')],
  'secrets-store.csi.x-k8s.io/SecretProviderClass': (spec) =>
    spec.at('secretObjects').items.map((each) => each.at('secretName')),
  'onepassword.com/OnePasswordItem': () => [],
};

/** Names that every cluster has. */
const OF_EVERY_CLUSTER: { readonly [kind in ReferenceKind]?: readonly string[] } = {
  'service-account': ['default'],
  'config-map': ['kube-root-ca.crt', 'openshift-service-ca.crt'],
  'priority-class': ['system-cluster-critical', 'system-node-critical'],
  role: ['cluster-admin', 'admin', 'edit', 'view'],
};

/** Whether something of a name is provided. */
export function providedNames(kind: ReferenceKind, inventory: Inventory): (name: string) => boolean {
  const names = inventory.once(`provided ${kind}`, () => namesOf(kind, inventory));
  return (name) => names.has(name) || (kind === 'role' && name.startsWith('system:'));
}

function namesOf(kind: ReferenceKind, inventory: Inventory): ReadonlySet<string> {
  return new Set([...(OF_EVERY_CLUSTER[kind] ?? []), ...fromProfile(kind, inventory), ...madeNames(kind, inventory)]);
}

function fromProfile(kind: ReferenceKind, { profile }: Inventory): string[] {
  const cluster = profile?.profile;
  if (kind === 'priority-class') return (cluster?.priorityClasses ?? []).map(({ name }) => name);
  if (kind === 'storage-class') return (cluster?.storageClasses ?? []).map(({ name }) => name);
  return kind === 'queue' ? (cluster?.queues ?? []).map(({ name }) => name) : [];
}

function madeNames(kind: ReferenceKind, inventory: Inventory): string[] {
  switch (kind) {
    case 'secret':
      return inventory.resources.flatMap(secretsOf);
    case 'claim':
      return [
        ...templatedClaims(inventory),
        ...ofKinds(inventory, 'cdi.kubevirt.io/DataVolume', 'data.fluid.io/Dataset'),
      ];
    case 'config-map':
      return ofKinds(inventory, 'trust.cert-manager.io/Bundle');
    default:
      return [];
  }
}

function secretsOf({ group, kind, name, top }: Resource): string[] {
  const named = SECRET_MAKERS[`${group}/${kind}`] as ((spec: Field) => Field[]) | undefined;
  if (named === undefined) return [];
  const texts = named(top.at('spec')).flatMap(({ text }) => text ?? []);
  return texts.length > 0 ? texts : [name];
}

/** Claims of StatefulSets are `<template>-<set>-<index>`. */
function templatedClaims(inventory: Inventory): string[] {
  return inventory.of('apps', 'StatefulSet').flatMap((set) => {
    const replicas = Math.min(set.at('spec', 'replicas').integer ?? 1, 1000);
    const templates = set.at('spec', 'volumeClaimTemplates').items.map((each) => each.at('metadata', 'name').text);
    return templates.flatMap((template) =>
      Array.from({ length: Math.max(replicas, 0) }, (_, index) => `${template}-${set.name}-${index}`),
    );
  });
}

function ofKinds(inventory: Inventory, ...kinds: string[]): string[] {
  return kinds.flatMap((each) => {
    const [group, kind] = each.split('/');
    return inventory.of(group, kind).map(({ name }) => name);
  });
}
