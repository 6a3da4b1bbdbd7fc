import { PATH_ANNOTATION } from 'cdk8s-ml/floor/kinds/labels';
import type { ManifestDocument } from './document';
import { Field } from './field';
import type { Json, JsonObject } from './json';

/** Who an object is. */
export interface ResourceId {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Where an object stands that is part of another: the manifest that a step of a workflow creates, or the template of a trial. */
export interface Embedding {
  /** The object that makes it. */
  readonly owner: Resource;
  /** The text or map that holds it: in its owner, or in a ConfigMap that the owner names. */
  readonly field: Field;
  /** Line of a place in it in the file, from 1. */
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

/** An object of a manifest. */
export class Resource {
  /** API group and version, as written. */
  public readonly apiVersion: string;
  /** API group, empty for the core. */
  public readonly group: string;
  /** Kind, as written. */
  public readonly kind: string;
  /** Name; `generateName` with a star when there is no other, empty when there is neither. */
  public readonly name: string;
  /** Namespace; undefined when the manifest leaves it to whoever applies it, or the kind has none. */
  public readonly namespace?: string;
  /** Labels. */
  public readonly labels: { readonly [key: string]: string };
  /** Annotations. */
  public readonly annotations: { readonly [key: string]: string };
  /** The object as a place, from which everything in it is reached. */
  public readonly top: Field;

  constructor(
    /** The document that it is in. */
    public readonly document: ManifestDocument,
    /** The object itself. */
    public readonly manifest: JsonObject,
    /** Where in the document it is: nothing, or a member of a `List`. */
    private readonly within: readonly (string | number)[] = [],
    /** The object that it is embedded in. */
    public readonly embedding?: Embedding,
  ) {
    this.top = new Field(this, [], manifest);
    this.apiVersion = this.top.at('apiVersion').text ?? '';
    this.group = this.apiVersion.includes('/') ? this.apiVersion.slice(0, this.apiVersion.indexOf('/')) : '';
    this.kind = this.top.at('kind').text ?? '';
    const metadata = this.top.at('metadata');
    const generated = metadata.at('generateName').text;
    this.name = metadata.at('name').text ?? (generated === undefined ? '' : `${generated}*`);
    this.namespace = metadata.at('namespace').text;
    this.labels = metadata.at('labels').labels;
    this.annotations = metadata.at('annotations').labels;
  }

  /** File that it is in. */
  public get file(): string {
    return this.document.file;
  }

  /** Path of the construct of ours that made it. */
  public get construct(): string | undefined {
    return this.annotations[PATH_ANNOTATION];
  }

  /** A place in it, whether or not something is there. */
  public at(...keys: (string | number)[]): Field {
    return this.top.at(...keys);
  }

  /** Line of a place in the file, from 1. */
  public lineOf(path: readonly (string | number)[]): number {
    return this.embedding?.lineOf(path) ?? this.document.lineOf([...this.within, ...path]);
  }

  /** Who it is. */
  public get id(): ResourceId {
    const { apiVersion, kind, namespace, name } = this;
    return { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name };
  }

  /** Kind and name as messages say them. */
  public get title(): string {
    return `${this.kind} ${this.namespace === undefined ? '' : `${this.namespace}/`}${this.name}`;
  }

  /** Whether it is of a kind of a group, in any version; the group of the core is empty. */
  public is(kind: string, group: string): boolean {
    return this.kind === kind && this.group === group;
  }
}

/** The objects of a document's value: itself, or the members of a `List`. */
export function resourcesIn(document: ManifestDocument): Resource[] {
  return resourcesOf(document, document.value, []);
}

function resourcesOf(document: ManifestDocument, value: Json | undefined, within: (string | number)[]): Resource[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const { kind, items } = value;
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) {
    return items.flatMap((item, index) => resourcesOf(document, item, [...within, 'items', index]));
  }
  return [new Resource(document, value, within)];
}
