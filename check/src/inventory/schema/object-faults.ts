import { isFilledInLater } from '../embedded';
import type { Field } from '../field';
import { placeOf } from '../field';
import type { Inventory } from '../inventory';
import type { Resource } from '../resource';
import type { SchemaFault } from './faults';
import { schemaFaults } from './faults';
import { FORMER_FIELDS } from './former-fields';
import type { SchemaSet } from './schema-set';
import { isDefinition, loadSchemas } from './schema-set';

/** A difference from the schema, at its place in an object. */
export interface ObjectFault {
  readonly kind: SchemaFault['kind'];
  readonly field: Field;
  readonly message: string;
}

/** The differences of a kind in which an object differs from the schema of its kind and of all metadata. */
export function faultsOf(resource: Resource, inventory: Inventory, kind: SchemaFault['kind']): ObjectFault[] {
  const known = inventory.once('schema faults', () => new Map<Resource, ObjectFault[]>());
  let faults = known.get(resource);
  if (!faults) {
    faults = everyFault(resource, schemasOf(inventory));
    known.set(resource, faults);
  }
  return faults.filter((each) => each.kind === kind);
}

/** The schemas that are given or come with the library, and those that the set itself defines. */
export function schemasOf(inventory: Inventory): SchemaSet {
  return inventory.once('schemas', () =>
    (inventory.schemas ?? loadSchemas()).with(inventory.resources.filter(isDefinition)),
  );
}

function everyFault(resource: Resource, schemas: SchemaSet): ObjectFault[] {
  const { metadata, definitions } = schemas;
  const schema = schemas.of(resource);
  // What the API server writes into `status` is no part of a manifest, and metadata is the same for all kinds.
  const { status: _, apiVersion: __, kind: ___, metadata: given = null, ...rest } = resource.manifest;
  const inMetadata = schemaFaults(given, metadata, definitions, ['metadata']);
  const inRest = schema ? schemaFaults(rest, schema, definitions) : [];
  const faults = [...inMetadata, ...inRest.filter(({ path }) => !HEAD.has(path[0]))];
  const former = formerPlaces(resource);
  return faults
    .filter(({ path }) => !former.has(placeOf(path)))
    .map(({ kind, path, message }) => ({ kind, field: resource.at(...path), message }))
    .filter(({ field }) => !isFilledInLater(field));
}

/** Places of deprecated fields that the object has, and of those that took their place: another finding. */
function formerPlaces(resource: Resource): ReadonlySet<string> {
  const held = FORMER_FIELDS.filter(
    ({ kind, place }) => kind === `${resource.group}/${resource.kind}` && resource.at(...place.split('.')).exists,
  );
  return new Set(held.flatMap(({ place, successor }) => [place, successor]));
}

/** Fields that every object has, whatever its schema says. */
const HEAD: ReadonlySet<string | number> = new Set(['apiVersion', 'kind', 'metadata']);
