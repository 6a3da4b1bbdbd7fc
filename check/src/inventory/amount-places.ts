import type { Field } from './field';
import type { Inventory } from './inventory';
import type { Resource } from './resource';

/** A place in which an amount of something stands. */
export interface AmountPlace {
  /** What it is an amount of: a resource, or `storage`. */
  readonly resource: string;
  readonly field: Field;
}

/** Every place of an object in which Kubernetes expects an amount. */
export function amountPlaces(object: Resource, inventory: Inventory): AmountPlace[] {
  const pods = inventory.workloadOf(object)?.pods ?? [];
  return [
    ...pods.flatMap(({ everyContainer }) => everyContainer.flatMap(({ asked }) => asked)),
    ...pods.flatMap((pod) => requirements(pod.at('resources'))),
    ...pods.flatMap(({ volumes }) => volumes.flatMap(({ field }) => [...volumeAmounts(field)])),
    ...claimAmounts(object),
    ...(object.is('ResourceQuota', '') ? members(object.at('spec', 'hard')) : []),
  ];
}

/** Places of the storage that claims ask for. */
export function storageRequests(object: Resource, inventory: Inventory): Field[] {
  const templates = (inventory.workloadOf(object)?.pods ?? []).flatMap(({ volumes }) =>
    volumes.map(({ field, source }) =>
      source === 'ephemeral' ? field.at('ephemeral', 'volumeClaimTemplate', 'spec') : field.at('spec'),
    ),
  );
  const own = object.is('PersistentVolumeClaim', '') ? [object.at('spec')] : [];
  return [...own, ...templates].map((spec) => spec.at('resources', 'requests', 'storage'));
}

function members(map: Field): AmountPlace[] {
  return map.entries.map(([resource, field]) => ({ resource, field }));
}

function requirements(resources: Field): AmountPlace[] {
  return [...members(resources.at('requests')), ...members(resources.at('limits'))];
}

function volumeAmounts(volume: Field): AmountPlace[] {
  return [
    { resource: 'storage', field: volume.at('emptyDir', 'sizeLimit') },
    ...requirements(volume.at('ephemeral', 'volumeClaimTemplate', 'spec', 'resources')),
    ...requirements(volume.at('spec', 'resources')),
  ];
}

function claimAmounts(object: Resource): AmountPlace[] {
  return object.is('PersistentVolumeClaim', '') ? requirements(object.at('spec', 'resources')) : [];
}
