import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ClusterProfile } from '../cluster/profile';
import type { Problem } from '../core/diagnostics';
import { currentEpoch } from '../core/epoch';
import { DUPLICATE_OBJECT } from '../kinds/diagnostics';

interface Index {
  readonly epoch: number;
  readonly objects: ReadonlyMap<string, readonly ApiObject[]>;
}

const indexes = new WeakMap<IConstruct, Index>();

/**
 * Another object of the same kind, namespace and name in the same cluster, in any chart of the app, whoever made it.
 *
 * Of two that are ours only the second reports it, so that each pair is named once.
 */
export function duplicateProblems(object: ApiObject, isOurs: (other: ApiObject) => boolean): Problem[] {
  const same = indexOf(object.node.root).get(identityOf(object)) ?? [];
  const mine = same.indexOf(object);
  const other = same.find((twin, place) => twin !== object && (place < mine || !isOurs(twin)));
  if (other === undefined) return [];
  const message = `${object.kind} ${object.name} is made twice in one namespace, the other time at ${other.node.path}.`;
  const fix = 'Give one of them another id or name.';
  return [{ rule: DUPLICATE_OBJECT, property: 'metadata.name', value: object.name, message, fix }];
}

function indexOf(root: IConstruct): ReadonlyMap<string, readonly ApiObject[]> {
  const known = indexes.get(root);
  if (known?.epoch === currentEpoch()) return known.objects;
  const objects = new Map<string, ApiObject[]>();
  for (const construct of root.node.findAll()) {
    if (!ApiObject.isApiObject(construct)) continue;
    const identity = identityOf(construct as ApiObject);
    objects.set(identity, [...(objects.get(identity) ?? []), construct as ApiObject]);
  }
  indexes.set(root, { epoch: currentEpoch(), objects });
  return objects;
}

/** Charts with profiles of other names are for other clusters, where the same name is another object. */
function identityOf(object: ApiObject): string {
  const { apiGroup, kind, name, metadata } = object;
  return JSON.stringify([ClusterProfile.of(object).name, apiGroup, kind, metadata.namespace ?? '', name]);
}
