import type { ValidateFunction } from 'ajv';
import Ajv from 'ajv';
import { hasUpstreamCrds, schemaOf, slimCrds, upstreamCrd } from './imports/crds';
import { definitions, fieldVersions, inVersion } from './imports/kubernetes';
import { otherVersions, problem } from './imports/schema-problem';
import { strictCustomResource, strictKubernetes } from './imports/strict-schema';

/** The oldest version supported, which is what a chart without a profile is for. */
const DEFAULT_VERSION = fieldVersions.versions[0];

interface Manifest {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly generateName?: string };
}

/**
 * Everything that is wrong with an object of a kind that we emit: unknown fields at any depth, missing fields, wrong
 * types, values outside an enumeration. An object of any other kind is wrong as a whole.
 */
export function validateManifest(manifest: unknown, version = DEFAULT_VERSION): string[] {
  const { apiVersion, kind, metadata } = (manifest ?? {}) as Manifest;
  const name = metadata?.name ?? metadata?.generateName;
  const object = `${kind}/${name ?? '(no name)'}`;

  const checks = validators(version).get(`${apiVersion} ${kind}`);
  if (!checks) {
    const span = apiVersion?.endsWith('.k8s.io/v1') ? fieldVersions.kinds[`${kind}`] : undefined;
    return [`${object}: no kind ${kind} of ${apiVersion} in imports/${otherVersions(span)}`];
  }
  if (!name) return [`${object} metadata.name: required`];
  for (const compile of checks) {
    const validate = compile();
    if (!validate(manifest))
      return [...new Set(validate.errors!.map((error) => `${object} ${problem(error, manifest)}`))];
  }
  return [];
}

/** Fails with everything that is wrong with an object. */
export function expectValidManifest(manifest: unknown, version = DEFAULT_VERSION): void {
  expect(validateManifest(manifest, version)).toEqual([]);
}

type Compile = () => ValidateFunction;

const byVersion = new Map<string, Map<string, Compile[]>>();

/** The checks of each kind (`apiVersion kind`), compiled when first used; the first that fails decides. */
function validators(version: string): Map<string, Compile[]> {
  const known = byVersion.get(version);
  if (known) return known;

  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, validateFormats: false, unicodeRegExp: false });
  ajv.addSchema(strictKubernetes(version));
  const made = new Map<string, Compile[]>();
  for (const [name, definition] of Object.entries(definitions)) {
    const gvk = definition['x-kubernetes-group-version-kind'] as { group: string; version: string; kind: string }[];
    if (!gvk || !inVersion(fieldVersions.kinds[name], version)) continue;
    const apiVersion = [gvk[0].group, gvk[0].version].filter(Boolean).join('/');
    made.set(`${apiVersion} ${gvk[0].kind}`, [once(() => ajv.compile({ $ref: `kubernetes#/definitions/${name}` }))]);
  }
  for (const slim of slimCrds()) {
    const { group, names, versions } = slim.spec;
    const ours = once(() => ajv.compile(strictCustomResource(schemaOf(slim))));
    const theirs = once(() => ajv.compile(strictCustomResource(schemaOf(upstreamCrd(slim)!, slim))));
    made.set(`${group}/${versions[0].name} ${names.kind}`, hasUpstreamCrds() ? [ours, theirs] : [ours]);
  }
  byVersion.set(version, made);
  return made;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
