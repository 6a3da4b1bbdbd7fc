/** What a schema says of a value, as far as manifests are judged by it. */
export interface Schema {
  readonly type?: string;
  readonly properties?: { readonly [name: string]: Schema };
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  /** What the API server puts in where nothing is given. */
  readonly default?: unknown;
  readonly $ref?: string;
  /** Name of the Kubernetes definition that the value has. */
  readonly 'x-definition'?: string;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
}

/** The definitions of Kubernetes itself, by short name. */
export type Definitions = { readonly [name: string]: Schema };

const REFERENCE = /^#\/components\/schemas\//;

/** What a schema says after its reference is followed, and the name of the definition that it is. */
export function resolved(
  schema: Schema,
  definitions: Definitions,
): { readonly schema: Schema; readonly name?: string } {
  const name = schema['x-definition'] ?? schema.$ref?.replace(REFERENCE, '');
  if (name === undefined) return { schema };
  return Object.hasOwn(definitions, name) ? { schema: definitions[name], name } : { schema: {} };
}
