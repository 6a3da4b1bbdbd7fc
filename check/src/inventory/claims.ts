import type { Field } from './field';
import { groupBy } from './group-by';
import type { Inventory } from './inventory';
import { sameNamespace } from './inventory';
import type { PodFacts } from './pod';
import type { Resource } from './resource';
import type { Volume } from './volume';

// What the set says of the claims that pods use.

/** The claim of a volume; undefined when the set does not have it. */
export function claimOf(pod: PodFacts, { claimName }: Volume, inventory: Inventory): Resource | undefined {
  if (claimName === undefined) return undefined;
  return inventory.find('', 'PersistentVolumeClaim', claimName, pod.workload.resource.namespace);
}

/** The storage class of a claim; undefined when the set does not have it. */
export function storageClassOf(claim: Resource, inventory: Inventory): Resource | undefined {
  const name = claim.at('spec', 'storageClassName').text;
  return name === undefined ? undefined : inventory.find('storage.k8s.io', 'StorageClass', name, undefined);
}

/** The volume that a claim is bound to by name, from either side; undefined when the set does not have it. */
export function boundVolume(claim: Resource, inventory: Inventory): Resource | undefined {
  const byName = inventory.find('', 'PersistentVolume', claim.at('spec', 'volumeName').text ?? '', undefined);
  return byName ?? volumesFor(claim.name, inventory).find((volume) => names(volume, claim));
}

/** The volumes that are kept for claims of a name. */
function volumesFor(name: string, inventory: Inventory): readonly Resource[] {
  const byClaim = inventory.once('volumes by the names of their claims', () =>
    groupBy(inventory.of('', 'PersistentVolume'), (volume) => volume.at('spec', 'claimRef', 'name').text),
  );
  return byClaim.get(name) ?? [];
}

function names(volume: Resource, { namespace }: Resource): boolean {
  return sameNamespace(volume.at('spec', 'claimRef', 'namespace').text, namespace);
}

/** A driver that provides a volume, and the settings by which it does. */
export interface StorageDriver {
  readonly name: string;
  readonly settings: Field;
}

/** The driver of a volume of a pod, as far as the set tells. */
export function driverOf(pod: PodFacts, volume: Volume, inventory: Inventory): StorageDriver | undefined {
  const inline = volume.field.at('csi');
  if (inline.exists) return named(inline.at('driver').text, inline.at('volumeAttributes'));
  const claim = claimOf(pod, volume, inventory);
  return claim && driverOfClaim(claim, inventory);
}

/** The driver of a claim, as far as the set tells. */
export function driverOfClaim(claim: Resource, inventory: Inventory): StorageDriver | undefined {
  const bound = boundVolume(claim, inventory);
  if (bound) {
    const csi = bound.at('spec', 'csi');
    const inTree = ['nfs', 'hostPath', 'local', 'cephfs', 'azureFile', 'glusterfs'].find(
      (key) => bound.at('spec', key).exists,
    );
    return csi.exists ? named(csi.at('driver').text, csi.at('volumeAttributes')) : named(inTree, bound.at('spec'));
  }
  const storageClass = storageClassOf(claim, inventory);
  return storageClass && named(storageClass.at('provisioner').text, storageClass.at('parameters'));
}

function named(name: string | undefined, settings: Field): StorageDriver | undefined {
  return name === undefined ? undefined : { name, settings };
}
