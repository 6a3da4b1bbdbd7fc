import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';

/** What a schema of a Kubernetes object says, as far as tests read it. */
export interface Schema {
  readonly type?: string | string[];
  readonly properties?: { readonly [field: string]: Schema };
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly [keyword: string]: unknown;
}

export interface CustomResourceDefinition {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: ReadonlyArray<{ readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }>;
  };
}

const ROOT = resolve(__dirname, '../..');
const OURS = join(ROOT, 'imports', 'crds');

/** Where the full upstream definitions are, one directory per API group. */
export const crdDirectory = resolve(ROOT, process.env.CRD_DIR ?? '../shared/crds');

/** Whether there are upstream definitions to compare with; in CI there must be. */
export function hasUpstreamCrds(): boolean {
  if (existsSync(crdDirectory)) return true;
  if (process.env.CI)
    throw new Error(`no upstream CRDs in ${crdDirectory}: set CRD_DIR to a directory that holds them`);
  return false;
}

/** The schemas of ours that `cdk8s import` reads. */
export function slimCrds(): CustomResourceDefinition[] {
  return readdirSync(OURS).flatMap((file) => definitions(join(OURS, file)));
}

/** The full definition that serves the same kind in the same version. */
export function upstreamCrd(slim: CustomResourceDefinition): CustomResourceDefinition | undefined {
  const { group, names, versions } = slim.spec;
  const directory = join(crdDirectory, group);
  if (!existsSync(directory)) return undefined;
  const files = readdirSync(directory).map((file) => join(directory, file));
  // Parsing takes seconds where a look at the text takes none.
  return files
    .filter((file) => readFileSync(file, 'utf8').includes(`kind: ${names.kind}\n`))
    .flatMap(definitions)
    .find(({ spec }) => spec.names.kind === names.kind && spec.versions.some(({ name }) => name === versions[0].name));
}

/** The schema of the version that `slim` defines. */
export function schemaOf(definition: CustomResourceDefinition, slim = definition): Schema {
  const version = slim.spec.versions[0].name;
  return definition.spec.versions.find(({ name }) => name === version)!.schema.openAPIV3Schema;
}

function definitions(file: string): CustomResourceDefinition[] {
  const documents = loadAll(readFileSync(file, 'utf8')) as CustomResourceDefinition[];
  return documents.filter((document) => document?.kind === 'CustomResourceDefinition');
}
