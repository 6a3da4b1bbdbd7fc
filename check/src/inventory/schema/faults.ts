import { show } from 'cdk8s-ml/floor/core/diagnostics';
import { nearest } from 'cdk8s-ml/floor/core/nearest';
import { FIELD_VERSIONS, VALUE_VERSIONS } from 'cdk8s-ml/floor/kinds/field-versions';
import { placeOf } from '../field';
import type { Json } from '../json';
import { isJsonObject } from '../json';
import { homeOf } from './homes';
import type { Definitions, Schema } from './schema';
import { resolved } from './schema';

/** How a manifest differs from its schema. */
export interface SchemaFault {
  readonly kind: 'unknown-field' | 'wrong-type' | 'missing-field' | 'unknown-value';
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Path = (string | number)[];

/** Fields that the schemas here do not have: those of other supported versions, and those that the API server writes. */
const OF_OTHERS: ReadonlySet<string> = new Set([...Object.keys(FIELD_VERSIONS), 'ObjectMeta.managedFields']);

/** Everything in which a value differs from its schema; paths start with the place of the value in its object. */
export function schemaFaults(
  value: Json,
  schema: Schema,
  definitions: Definitions,
  within: readonly string[] = [],
): SchemaFault[] {
  const faults: SchemaFault[] = [];
  const path: Path = [...within];

  const visit = (held: Json, unresolved: Schema): void => {
    if (held === null) return; // as absent for the API server
    const { schema: at, name } = resolved(unresolved, definitions);
    const expected = wrongType(held, at, definitions);
    if (expected !== undefined) {
      fault('wrong-type', `${placeOf(path)} is ${show(held)} where ${expected} is expected.`);
    } else if (isJsonObject(held)) visitMap(held, at, name);
    else if (Array.isArray(held)) visitList(held, at);
    else if (at.enum && !at.enum.includes(held) && !isOfAnotherVersion(path, held)) {
      fault('unknown-value', `${placeOf(path)} is ${show(held)}${suggestion(String(held), at.enum.map(String))}.`);
    }
  };

  const visitList = (held: Json[], { items }: Schema): void => {
    if (!items) return;
    held.forEach((member, index) => {
      path.push(index);
      visit(member, items);
      path.pop();
    });
  };

  const visitMap = (held: { [key: string]: Json }, at: Schema, name: string | undefined): void => {
    const { properties, additionalProperties } = at;
    for (const key of at.required ?? []) {
      const missing = held[key] === undefined || held[key] === null;
      if (missing && properties?.[key]?.default === undefined) {
        fault(
          'missing-field',
          `${path.length === 0 ? '' : `${placeOf(path)} `}has no ${key}, which must be given.`,
          key,
        );
      }
    }
    for (const key of Object.keys(held)) {
      path.push(key);
      if (properties && Object.hasOwn(properties, key)) visit(held[key], properties[key]);
      else if (typeof additionalProperties === 'object') visit(held[key], additionalProperties);
      else if (isClosed(at) && !OF_OTHERS.has(`${name}.${key}`)) {
        fault('unknown-field', unknownField(key, at));
      }
      path.pop();
    }
  };

  const unknownField = (key: string, { properties = {} }: Schema): string => {
    const near = nearest(key, Object.keys(properties));
    if (near !== undefined) return `${placeOf(path)} is no field. Did you mean ${near}?`;
    const home = homeOf(key, path, schema, definitions);
    return home === undefined
      ? `${placeOf(path)} is no field.`
      : `${placeOf(path)} is no field there; it belongs to ${home}.`;
  };

  const fault = (kind: SchemaFault['kind'], message: string, below?: string): void => {
    faults.push({ kind, path: below === undefined ? [...path] : [...path, below], message });
  };

  visit(value, schema);
  return faults;
}

function isClosed(schema: Schema): boolean {
  if (schema['x-kubernetes-preserve-unknown-fields'] || schema['x-kubernetes-embedded-resource']) return false;
  return schema.properties !== undefined && schema.additionalProperties !== true;
}

/** A value that another supported version of Kubernetes knows. */
function isOfAnotherVersion(path: Path, held: Json): boolean {
  const field = path.findLast((key) => typeof key === 'string');
  return Object.keys(VALUE_VERSIONS).some((each) => each.endsWith(`.${field}=${String(held)}`));
}

function suggestion(given: string, known: readonly string[]): string {
  const near = nearest(given, known);
  if (near !== undefined) return `. Did you mean ${near}`;
  return known.length > 8 ? ', which is not among its values' : `, and can be ${known.join(', ')}`;
}

/** What is expected of a value that is of another type; undefined when it fits. */
function wrongType(held: Json, schema: Schema, definitions: Definitions): string | undefined {
  if (schema['x-kubernetes-int-or-string']) return isScalar(held) ? undefined : 'a whole number or a text';
  const choices = schema.oneOf ?? (schema.type === undefined ? schema.anyOf : undefined);
  if (choices?.every(({ type }) => type !== undefined)) {
    const fits = choices.some((choice) => wrongType(held, choice, definitions) === undefined);
    return fits ? undefined : choices.map(({ type }) => named(type!)).join(' or ');
  }
  const { type } = schema;
  return type === undefined || isOf(held, type) ? undefined : named(type);
}

function isScalar(held: Json): boolean {
  return typeof held === 'string' || Number.isInteger(held);
}

function isOf(held: Json, type: string): boolean {
  switch (type) {
    case 'object':
      return isJsonObject(held);
    case 'array':
      return Array.isArray(held);
    case 'integer':
      return Number.isInteger(held);
    case 'number':
      return typeof held === 'number';
    case 'boolean':
      return typeof held === 'boolean';
    case 'string':
      return typeof held === 'string';
    default:
      return true;
  }
}

const NAMES: { readonly [type: string]: string } = {
  object: 'a map',
  array: 'a list',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  string: 'a text',
};

function named(type: string): string {
  return NAMES[type] ?? type;
}
