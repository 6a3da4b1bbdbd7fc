import type { Inventory } from '../inventory';
import { isOpen } from '../open-text';
import type { Resource } from '../resource';
import type { Workload } from '../workload';
import { namedByObject } from './of-objects';
import type { Named } from './of-pods';
import { namedByPod } from './of-pods';
import { providedNames } from './provided';
import type { Reference, ReferenceKind } from './reference';
import { isClusterWide, TARGETS } from './reference';

/** Every place of a set that names another object, once each. */
export function references(inventory: Inventory): readonly Reference[] {
  return inventory.once('references', () =>
    inventory.resources.flatMap((resource) => referencesOf(resource, inventory.workloadOf(resource))),
  );
}

function referencesOf(resource: Resource, workload: Workload | undefined): Reference[] {
  const all = [
    ...namedByObject(resource),
    ...(workload?.pods.flatMap(namedByPod) ?? []),
    ...(workload === undefined ? [] : queueOf(workload)),
  ];
  const seen = new Set<string>();
  return all.flatMap((each): Reference[] => {
    const { field } = each;
    // What a pod has of its runtime is of the object that the runtime is.
    if (!field.text || field.resource !== resource || isOpen(field) || seen.has(field.place)) return [];
    seen.add(field.place);
    return [referenceOf(each, resource)];
  });
}

function referenceOf({ kind, field, optional = false, key, targets = TARGETS[kind] }: Named, by: Resource): Reference {
  const namespace = targets.every(isClusterWide) ? undefined : by.namespace;
  return { kind, field, targets, name: field.text!, namespace, optional, key };
}

function queueOf({ queueMetadata }: Workload): Named[] {
  return [{ kind: 'queue', field: queueMetadata.at('labels', 'kueue.x-k8s.io/queue-name') }];
}

/** What a reference leads to, if it is in the set. */
export function targetOf({ targets, name, namespace }: Reference, inventory: Inventory): Resource | undefined {
  for (const target of targets) {
    const [group, kind] = target.split('/');
    const found = inventory.find(group, kind, name, isClusterWide(target) ? undefined : namespace);
    if (found) return found;
  }
  return undefined;
}

/** References of a kind that lead to nothing in the set, are needed, and that no other object or the cluster itself provides. */
export function unresolved(kind: ReferenceKind, inventory: Inventory): Reference[] {
  return references(inventory).filter((each) => each.kind === kind && !each.optional && !isThere(each, inventory));
}

function isThere(reference: Reference, inventory: Inventory): boolean {
  const { kind, targets, name, namespace } = reference;
  if (targetOf(reference, inventory) !== undefined || providedNames(kind, inventory)(name)) return true;
  return targets.some((target) => inventory.isExternal({ kind: target.split('/')[1], namespace, name }));
}
