import type { Schema } from './crds';
import { definitions, fieldVersions, inVersion } from './kubernetes';

/** What the API server takes for a quantity that is written as text. */
const QUANTITY =
  '^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+))?$';

/** The definitions of one version of Kubernetes, closed, each with its name as title; `$id` is `kubernetes`. */
export function strictKubernetes(version: string): Schema {
  const text = JSON.stringify(definitions).replaceAll('#/components/schemas/', '#/definitions/');
  const strict = Object.entries(JSON.parse(text) as { [name: string]: Schema }).map(([name, schema]) => [
    name,
    { title: name, ...closed(ofVersion(name, schema, version)) },
  ]);
  return {
    $id: 'kubernetes',
    definitions: {
      ...Object.fromEntries(strict),
      IntOrString: { type: ['string', 'integer'] },
      Quantity: { type: ['string', 'number'], pattern: QUANTITY },
    },
  };
}

/** The schema of a custom resource, closed: metadata as of any object, no status, which is for its operator to write. */
export function strictCustomResource(schema: Schema): Schema {
  const { status: _status, ...properties } = schema.properties!;
  return closed({ ...schema, properties: { ...properties, metadata: { 'x-definition': 'ObjectMeta' } } });
}

/** A definition without the fields and values that the version lacks. */
function ofVersion(name: string, schema: Schema, version: string): Schema {
  if (!schema.properties) return schema;
  const fields = Object.entries(schema.properties)
    .filter(([field]) => inVersion(fieldVersions.fields[`${name}.${field}`], version))
    .map(([field, property]) => {
      const has = (value: unknown): boolean => inVersion(fieldVersions.values[`${name}.${field}=${value}`], version);
      return [field, property.enum ? { ...property, enum: property.enum.filter(has) } : property];
    });
  return { ...schema, properties: Object.fromEntries(fields) };
}

/** The same schema with unknown fields refused at every depth. */
function closed(schema: Schema): Schema {
  if (schema['x-definition']) return { $ref: `kubernetes#/definitions/${schema['x-definition']}` };
  if (schema['x-kubernetes-int-or-string']) return { type: ['string', 'integer'], pattern: schema.pattern ?? '' };
  const strict: { -readonly [keyword in keyof Schema]: Schema[keyword] } = { ...schema };
  if (schema.properties) {
    const fields = Object.entries(schema.properties).map(([field, property]) => [field, closed(property)]);
    strict.properties = Object.fromEntries(fields);
  }
  if (schema.items) strict.items = closed(schema.items);
  if (typeof schema.additionalProperties === 'object')
    strict.additionalProperties = closed(schema.additionalProperties);
  else if (schema.type === 'object')
    strict.additionalProperties = Boolean(schema['x-kubernetes-preserve-unknown-fields']);
  return strict;
}
