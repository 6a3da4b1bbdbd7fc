import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isJsonObject } from '../json';
import type { Resource } from '../resource';
import { resourcesIn } from '../resource';
import { manifestFiles, readSource } from '../source';
import type { Definitions, Schema } from './schema';

/** Schemas of kinds. */
export class SchemaSet {
  private readonly schemas = new Map<string, Schema>();

  constructor(
    /** Definitions of Kubernetes itself. */
    public readonly definitions: Definitions,
  ) {
    for (const schema of Object.values(definitions)) {
      const kinds = (schema as { [GVK]?: readonly { group: string; version: string; kind: string }[] })[GVK] ?? [];
      for (const { group, version, kind } of kinds) {
        this.schemas.set(`${group === '' ? '' : `${group}/`}${version}/${kind}`, schema);
      }
    }
  }

  /** Adds the kinds of a CustomResourceDefinition. */
  public addDefinition(crd: Resource): void {
    const spec = crd.at('spec');
    const group = spec.at('group').text;
    const kind = spec.at('names', 'kind').text;
    for (const version of spec.at('versions').items) {
      const schema = version.at('schema', 'openAPIV3Schema').value;
      const name = version.at('name').text;
      if (isJsonObject(schema)) this.schemas.set(`${group}/${name}/${kind}`, schema as Schema);
    }
  }

  /** The schema of an object; undefined when its kind is not known in this version. */
  public of({ apiVersion, kind }: Resource): Schema | undefined {
    return this.schemas.get(`${apiVersion}/${kind}`);
  }

  /** The schema of all metadata. */
  public get metadata(): Schema {
    return { 'x-definition': 'ObjectMeta' };
  }
}

const GVK = 'x-kubernetes-group-version-kind';
const KUBERNETES = 'cdk8s-ml/imports/openapi/kubernetes-1.35.json';

/** The schemas that come with the library, and those of the CustomResourceDefinitions below some paths. */
export function loadSchemas(paths: readonly string[] = []): SchemaSet {
  const file = require.resolve(KUBERNETES);
  const document = JSON.parse(readFileSync(file, 'utf8')) as { components: { schemas: Definitions } };
  const set = new SchemaSet(document.components.schemas);
  const bundled = join(dirname(dirname(file)), 'crds');
  const own = readdirSync(bundled).map((name) => join(bundled, name));
  for (const each of [...own, ...manifestFiles(paths)]) {
    for (const crd of definitionsIn(each)) set.addDefinition(crd);
  }
  return set;
}

function definitionsIn(file: string): Resource[] {
  return readSource(file).documents.flatMap(resourcesIn).filter(isDefinition);
}

/** Whether an object defines kinds. */
export function isDefinition(resource: Resource): boolean {
  return resource.is('CustomResourceDefinition', 'apiextensions.k8s.io');
}
