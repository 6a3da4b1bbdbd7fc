import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isJsonObject } from '../json';
import type { Resource } from '../resource';
import { resourcesIn } from '../resource';
import { manifestFiles, readSource } from '../source';
import type { Definitions, Schema } from './schema';

/** Schemas of kinds. */
export class SchemaSet {
  private constructor(
    /** Definitions of Kubernetes itself. */
    public readonly definitions: Definitions,
    private readonly schemas: ReadonlyMap<string, Schema>,
  ) {}

  /** The kinds of Kubernetes itself. */
  public static ofKubernetes(definitions: Definitions): SchemaSet {
    const schemas = Object.values(definitions).flatMap((schema) => {
      const kinds = (schema as { [GVK]?: readonly { group: string; version: string; kind: string }[] })[GVK] ?? [];
      return kinds.map(({ group, version, kind }): [string, Schema] => [
        `${group === '' ? '' : `${group}/`}${version}/${kind}`,
        schema,
      ]);
    });
    return new SchemaSet(definitions, new Map(schemas));
  }

  /** The same kinds, and those of some CustomResourceDefinitions. */
  public with(definitions: readonly Resource[]): SchemaSet {
    if (definitions.length === 0) return this;
    return new SchemaSet(this.definitions, new Map([...this.schemas, ...definitions.flatMap(schemasOf)]));
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

/** The schemas of a CustomResourceDefinition, by version and kind. */
function schemasOf(definition: Resource): [string, Schema][] {
  const spec = definition.at('spec');
  const group = spec.at('group').text;
  const kind = spec.at('names', 'kind').text;
  return spec.at('versions').items.flatMap((version): [string, Schema][] => {
    const schema = version.at('schema', 'openAPIV3Schema').value;
    return isJsonObject(schema) ? [[`${group}/${version.at('name').text}/${kind}`, schema as Schema]] : [];
  });
}

const GVK = 'x-kubernetes-group-version-kind';
const KUBERNETES = 'cdk8s-ml/imports/openapi/kubernetes-1.35.json';

let bundled: SchemaSet | undefined;

/** The schemas that come with the library, and those of the CustomResourceDefinitions below some paths. */
export function loadSchemas(paths: readonly string[] = []): SchemaSet {
  bundled ??= readBundled();
  return bundled.with(manifestFiles(paths).flatMap(definitionsIn));
}

function readBundled(): SchemaSet {
  const file = require.resolve(KUBERNETES);
  const document = JSON.parse(readFileSync(file, 'utf8')) as { components: { schemas: Definitions } };
  const folder = join(dirname(dirname(file)), 'crds');
  const definitions = readdirSync(folder).flatMap((name) => definitionsIn(join(folder, name)));
  return SchemaSet.ofKubernetes(document.components.schemas).with(definitions);
}

function definitionsIn(file: string): Resource[] {
  return readSource(file).documents.flatMap(resourcesIn).filter(isDefinition);
}

/** Whether an object defines kinds. */
export function isDefinition(resource: Resource): boolean {
  return resource.is('CustomResourceDefinition', 'apiextensions.k8s.io');
}
