/**
 * Makes imports/openapi/ from the OpenAPI documents inside the Go module k8s.io/kubernetes.
 *
 *   npm run import:openapi      (needs the go command; downloads the modules it does not find in the module cache)
 *
 * - kubernetes-<BASE>.json: the kinds below and all that they refer to, under short names; no descriptions, formats,
 *   defaults, status, managed fields. The published documents leave out the enumerations, so those come from the
 *   OpenAPI definitions of the API server itself, which are Go source of the same module.
 * - field-versions.json: the fields, enumeration values and kinds that some supported version lacks.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Supported versions of Kubernetes, oldest first, and the release each one is read from. */
const RELEASES = { 1.33: 'v1.33.13', 1.34: 'v1.34.4', 1.35: 'v1.35.4', 1.36: 'v1.36.3' };
/** The version that the types are of. */
const BASE = '1.35';

const KINDS = {
  v1: [
    'ConfigMap',
    'LimitRange',
    'Namespace',
    'Node',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Pod',
    'PodTemplate',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'admissionregistration.k8s.io/v1': ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'],
  'apps/v1': ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'networking.k8s.io/v1': ['Ingress', 'NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'resource.k8s.io/v1': ['ResourceClaimTemplate'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'storage.k8s.io/v1': ['StorageClass'],
};

/** Fields that the API server writes and no manifest carries: definition -> fields. */
const SERVER_FIELDS = { ObjectMeta: ['managedFields'] };

/** Definitions that hold anything; of every other object the fields are known. */
const OPAQUE = new Set(['RawExtension']);

/** What a published schema may say beside `x-kubernetes-*`; anything else is new and wants a decision. */
const UNDERSTOOD = new Set([
  '$ref',
  'additionalProperties',
  'allOf',
  'default',
  'description',
  'format',
  'items',
  'oneOf',
  'properties',
  'required',
  'type',
]);
const GVK = 'x-kubernetes-group-version-kind';
const TARGET = join(dirname(fileURLToPath(import.meta.url)), '..', 'imports', 'openapi');

const slims = Object.fromEntries(Object.keys(RELEASES).map((version) => [version, slim(version)]));
mkdirSync(TARGET, { recursive: true });
write(`kubernetes-${BASE}.json`, {
  openapi: '3.0.0',
  info: { title: 'Kubernetes, the kinds that are emitted', version: RELEASES[BASE].slice(1) },
  components: { schemas: slims[BASE] },
});
write('field-versions.json', fieldVersions(slims));

function write(file, value) {
  writeFileSync(join(TARGET, file), `${JSON.stringify(value, undefined, 1)}\n`);
}

/** The slim definitions of one version, by short name, sorted. */
function slim(version) {
  const module = moduleDirectory(RELEASES[version]);
  const schemas = publishedSchemas(module);
  const enums = enumerations(module);

  const wanted = Object.entries(KINDS).flatMap(([apiVersion, kinds]) =>
    kinds.map((kind) => kindName(schemas, apiVersion, kind)).filter((name) => name !== undefined),
  );
  const definitions = new Map();
  const shortNames = new Map();
  while (wanted.length > 0) {
    const name = wanted.pop();
    if (definitions.has(name)) continue;
    const short = shortName(name);
    if (shortNames.has(short)) throw new Error(`${name} and ${shortNames.get(short)} share the name ${short}`);
    shortNames.set(short, name);
    definitions.set(name, slimDefinition(short, schemas[name], enums.get(goName(name)) ?? new Map(), wanted));
  }
  return sortKeys(Object.fromEntries([...definitions].map(([name, schema]) => [shortName(name), schema])));
}

function moduleDirectory(release) {
  const asked = `k8s.io/kubernetes@${release}`;
  const answer = execFileSync('go', ['mod', 'download', '-json', asked], { cwd: tmpdir(), encoding: 'utf8' });
  const directory = JSON.parse(answer).Dir;
  if (!existsSync(directory)) throw new Error(`go mod download ${asked} gave no directory`);
  return directory;
}

function publishedSchemas(module) {
  const directory = join(module, 'api', 'openapi-spec', 'v3');
  const files = readdirSync(directory).filter((file) => file.endsWith('_openapi.json'));
  return Object.assign(
    {},
    ...files.map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')).components?.schemas ?? {}),
  );
}

function kindName(schemas, apiVersion, kind) {
  const [version, group] = apiVersion.split('/').reverse();
  return Object.keys(schemas).find((name) =>
    schemas[name][GVK]?.some((gvk) => gvk.group === (group ?? '') && gvk.version === version && gvk.kind === kind),
  );
}

/** Enumerations of the API server's own definitions: Go function name -> field -> values. */
function enumerations(module) {
  const source = readFileSync(join(module, 'pkg', 'generated', 'openapi', 'zz_generated.openapi.go'), 'utf8');
  const found = new Map();
  for (const body of source.split(/^func /m)) {
    const name = body.match(/^schema_(\w+)\(/)?.[1];
    if (!name) continue;
    const fields = new Map();
    let field;
    for (const line of body.split('\n')) {
      // The fields of a definition are the map entries five levels deep; entries of extensions lie elsewhere.
      field = line.match(/^\t{5}"([^"]+)": \{$/)?.[1] ?? field;
      const values = line.match(/^\s*Enum:\s*\[\]interface\{\}\{(.*)\},$/)?.[1];
      if (values === undefined) continue;
      if (field === undefined) throw new Error(`an enumeration of ${name} belongs to no field: ${line}`);
      fields.set(field, JSON.parse(`[${values}]`));
    }
    if (fields.size > 0) found.set(name, fields);
  }
  return found;
}

/** The name that the generated Go source gives to a definition: the last package elements and the type. */
function goName(definition) {
  const name = definition.replaceAll('.', '_');
  if (name.startsWith('io_k8s_api_')) return name.replace('io_k8s_', 'k8sio_');
  return name.replace('io_k8s_apimachinery_', '');
}

function slimDefinition(short, schema, enums, wanted) {
  const dropped = new Set(SERVER_FIELDS[short]);
  const kinds = schema[GVK];
  if (kinds) dropped.add('status');

  const slimmed = slimSchema(schema, wanted, dropped);
  for (const [field, values] of enums) {
    const property = slimmed.properties?.[field];
    if (!property || dropped.has(field)) continue;
    const target = property.items ?? property.additionalProperties ?? property;
    if (target.type !== 'string') throw new Error(`${short}.${field} has an enumeration but is no string`);
    target.enum = values;
  }
  if (OPAQUE.has(short)) slimmed['x-kubernetes-preserve-unknown-fields'] = true;
  if (kinds) slimmed[GVK] = kinds;
  return slimmed;
}

/** What decides whether a value is valid: types, references, required fields. */
function slimSchema(schema, wanted, dropped = new Set()) {
  const unknown = Object.keys(schema).filter((key) => !UNDERSTOOD.has(key) && !key.startsWith('x-kubernetes-'));
  if (unknown.length > 0) throw new Error(`a schema has ${unknown.join(', ')}, which this script does not know`);

  const reference = schema.$ref ?? schema.allOf?.[0].$ref;
  if (reference) {
    const name = reference.split('/').pop();
    wanted.push(name);
    return { $ref: `#/components/schemas/${shortName(name)}` };
  }
  const slimmed = {};
  if (schema.type) slimmed.type = schema.type;
  if (schema.oneOf) slimmed.oneOf = schema.oneOf.map(({ type }) => ({ type }));
  if (schema.items) slimmed.items = slimSchema(schema.items, wanted);
  if (schema.additionalProperties) slimmed.additionalProperties = slimSchema(schema.additionalProperties, wanted);
  if (schema.required) slimmed.required = schema.required;
  if (schema.properties) {
    const kept = Object.entries(schema.properties).filter(([field]) => !dropped.has(field));
    slimmed.properties = Object.fromEntries(kept.map(([field, value]) => [field, slimSchema(value, wanted)]));
  }
  return slimmed;
}

/**
 * What some supported version lacks: kinds, fields (`Definition.field`), enumeration values (`Definition.field=value`).
 *
 * A definition that some version lacks whole is not spelt out: it is reached through the field or kind that brought it.
 */
function fieldVersions(slims) {
  const versions = Object.keys(slims);
  const fields = {};
  const values = {};
  const kinds = {};
  for (const name of unique(versions.flatMap((version) => Object.keys(slims[version])))) {
    const having = versions.filter((version) => slims[version][name]);
    if (slims[having.at(-1)][name][GVK]) Object.assign(kinds, span(name, having, versions));

    const properties = Object.fromEntries(having.map((version) => [version, slims[version][name].properties ?? {}]));
    for (const field of unique(having.flatMap((version) => Object.keys(properties[version])))) {
      const holding = having.filter((version) => properties[version][field]);
      Object.assign(fields, span(`${name}.${field}`, holding, having));

      const enums = Object.fromEntries(holding.map((version) => [version, enumOf(properties[version][field]) ?? []]));
      const listing = holding.filter((version) => enums[version].length > 0);
      for (const value of unique(listing.flatMap((version) => enums[version]))) {
        const allowing = listing.filter((version) => enums[version].includes(value));
        Object.assign(values, span(`${name}.${field}=${value}`, allowing, listing));
      }
    }
  }
  return { versions, base: BASE, kinds: sortKeys(kinds), fields: sortKeys(fields), values: sortKeys(values) };
}

/** The first and last version having something, where those are not the first and last of all. */
function span(name, having, all) {
  const since = having[0] === all[0] ? {} : { since: having[0] };
  const until = having.at(-1) === all.at(-1) ? {} : { until: having.at(-1) };
  return having.length === all.length ? {} : { [name]: { ...since, ...until } };
}

function enumOf(property) {
  return (property.items ?? property.additionalProperties ?? property).enum;
}

function shortName(name) {
  return name.split('.').pop();
}

function unique(values) {
  return [...new Set(values)].sort();
}

function sortKeys(object) {
  return Object.fromEntries(unique(Object.keys(object)).map((key) => [key, object[key]]));
}
