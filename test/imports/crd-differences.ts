import type { Schema } from './crds';
import { definitions, fieldVersions } from './kubernetes';

/** The metadata that an object inside a custom resource can have; the API server drops the rest. */
const EMBEDDED_METADATA = ['annotations', 'finalizers', 'labels', 'name', 'namespace'];

/** What the API server does not enforce, or what says where a value comes from. */
const NOT_COMPARED = new Set([
  'description',
  'x-definition',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
  'x-kubernetes-group-version-kind',
]);

/** Every place where a schema of ours is not the upstream schema; nothing means that they are the same. */
export function differences(ours: Schema, theirs: Schema, path: string): string[] {
  if (ours['x-undescribed']) return []; // it takes anything, and nothing of ours writes it
  const definition = ours['x-definition'];
  if (typeof definition === 'string') return definitionDifferences(definition, theirs, path);
  return [...fieldDifferences(ours, theirs, path, differences), ...keywordDifferences(ours, theirs, path)];
}

/**
 * Every place where an upstream schema is not the Kubernetes definition that ours refers to.
 *
 * An upstream schema is of one version of Kubernetes and the definition of another, so a field may be on one side only
 * when its absence from some version is on record. Enumerations are not compared: upstream leaves them out.
 */
function definitionDifferences(name: string, theirs: Schema, path: string): string[] {
  const definition = definitions[name];
  if (!definition) return [`${path}: ours is of a definition ${name} that does not exist`];
  if (definition.oneOf) return theirs['x-kubernetes-int-or-string'] ? [] : [`${path}: ours is ${name}, theirs is not`];
  if (name === 'ObjectMeta') return compareFields(EMBEDDED_METADATA, Object.keys(theirs.properties ?? {}), path);

  const inAllVersions = (schema: Schema): Schema => {
    const fields = Object.entries(schema.properties ?? {});
    return { ...schema, properties: Object.fromEntries(fields.filter(([field]) => !onRecord(name, field))) };
  };
  return definedDifferences(inAllVersions(definition), inAllVersions(theirs), path);
}

function onRecord(definition: string, field: string): boolean {
  return `${definition}.${field}` in fieldVersions.fields;
}

function definedDifferences(ours: Schema, theirs: Schema, path: string): string[] {
  if (typeof ours.$ref === 'string') return definitionDifferences(ours.$ref.split('/').pop()!, theirs, path);
  const type = ours.type === theirs.type ? [] : [`${path}: type is ${ours.type}, theirs ${theirs.type}`];
  return [...type, ...fieldDifferences(ours, theirs, path, definedDifferences)];
}

function fieldDifferences(ours: Schema, theirs: Schema, path: string, inner: typeof differences): string[] {
  const mine = ours.properties ?? {};
  const upstream = theirs.properties ?? {};
  const shared = Object.keys(mine).filter((field) => field in upstream);
  return [
    ...compareFields(Object.keys(mine), Object.keys(upstream), path),
    ...shared.flatMap((field) => inner(mine[field], upstream[field], `${path}.${field}`)),
    ...compareValues(required(ours), required(theirs), `${path}: required`),
    ...below(ours.items, theirs.items, `${path}[]`, inner),
    ...below(ours.additionalProperties, theirs.additionalProperties, `${path}{}`, inner),
  ];
}

function below(ours: unknown, theirs: unknown, path: string, inner: typeof differences): string[] {
  if (typeof ours === 'object' && typeof theirs === 'object') return inner(ours as Schema, theirs as Schema, path);
  return compareValues(ours, theirs, path);
}

/** Types, formats, enumerations, bounds, patterns, defaults, rules: all that is said of the value itself. */
function keywordDifferences(ours: Schema, theirs: Schema, path: string): string[] {
  const nested = new Set(['properties', 'items', 'additionalProperties', 'required', ...NOT_COMPARED]);
  const keywords = new Set([...Object.keys(ours), ...Object.keys(theirs)].filter((keyword) => !nested.has(keyword)));
  return [...keywords].flatMap((keyword) =>
    compareValues(comparable(keyword, ours[keyword]), comparable(keyword, theirs[keyword]), `${path}: ${keyword}`),
  );
}

/** Validation rules without their messages, enumerations in one order. */
function comparable(keyword: string, value: unknown): unknown {
  if (keyword === 'enum') return [...(value as unknown[])].sort();
  if (keyword !== 'x-kubernetes-validations') return value;
  return (value as { rule: string }[] | undefined)?.map(({ rule }) => rule);
}

function required(schema: Schema): string[] {
  return [...(schema.required ?? [])].sort();
}

function compareFields(ours: string[], theirs: string[], path: string): string[] {
  return [
    ...theirs.filter((field) => !ours.includes(field)).map((field) => `${path}.${field}: missing from ours`),
    ...ours.filter((field) => !theirs.includes(field)).map((field) => `${path}.${field}: invented by ours`),
  ];
}

function compareValues(ours: unknown, theirs: unknown, what: string): string[] {
  const [mine, upstream] = [JSON.stringify(ours), JSON.stringify(theirs)];
  return mine === upstream ? [] : [`${what} is ${mine}, theirs ${upstream}`];
}
