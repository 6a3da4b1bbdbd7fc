import { parseQuantity } from 'cdk8s-ml/floor/kinds/parse-quantity';
import type { Json, JsonObject } from './json';
import { isJsonObject } from './json';
import type { Resource } from './resource';

/** A place in an object, whether or not something is there. Reading never throws, whatever the type of what is there. */
export class Field {
  constructor(
    /** The object that it is in. */
    public readonly resource: Resource,
    /** Keys and indices from the top of the object. */
    public readonly path: readonly (string | number)[],
    /** What is there; undefined when nothing is. */
    public readonly value: Json | undefined,
  ) {}

  /** The place below, by keys and indices. */
  public at(...keys: (string | number)[]): Field {
    let value = this.value;
    for (const key of keys) value = below(value, key);
    return new Field(this.resource, [...this.path, ...keys], value);
  }

  /** Whether something is there; null counts as nothing, as it does for the API server. */
  public get exists(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The text that is there; undefined when it is something else. */
  public get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  /** The whole number that is there; undefined when it is something else. */
  public get integer(): number | undefined {
    return Number.isSafeInteger(this.value) ? (this.value as number) : undefined;
  }

  /** The truth that is there; undefined when it is something else. */
  public get boolean(): boolean | undefined {
    return typeof this.value === 'boolean' ? this.value : undefined;
  }

  /** The quantity that is there, in nano-units; undefined when it is none. */
  public get quantity(): bigint | undefined {
    const { value } = this;
    return typeof value === 'string' || typeof value === 'number' ? parseQuantity(String(value)) : undefined;
  }

  /** The members of the list that is there. */
  public get items(): Field[] {
    return Array.isArray(this.value) ? this.value.map((_, index) => this.at(index)) : [];
  }

  /** The texts of the list that is there; members of other types are left out. */
  public get texts(): string[] {
    return Array.isArray(this.value) ? this.value.filter((each) => typeof each === 'string') : [];
  }

  /** What the map that is there holds, by key. */
  public get entries(): [key: string, field: Field][] {
    return isJsonObject(this.value) ? Object.keys(this.value).map((key) => [key, this.at(key)]) : [];
  }

  /** The keys of the map that is there. */
  public get keys(): string[] {
    return isJsonObject(this.value) ? Object.keys(this.value) : [];
  }

  /** The map that is there, if it is one of texts; members of other types are left out. */
  public get labels(): { readonly [key: string]: string } {
    const texts = this.entries.filter(([, { text }]) => text !== undefined);
    return Object.fromEntries(texts.map(([key, { text }]) => [key, text!]));
  }

  /** The place as users write it, such as `spec.template.spec.containers[0].image`. */
  public get place(): string {
    return placeOf(this.path);
  }

  /** Line of the place in its file, from 1; that of the nearest place above it when nothing is there. */
  public get line(): number {
    return this.resource.lineOf(this.path);
  }
}

function below(value: Json | undefined, key: string | number): Json | undefined {
  if (typeof key === 'number') return Array.isArray(value) ? value[key] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined;
}

const PLAIN_KEY = /^[A-Za-z_][\w-]*$/;

/** A path as users write it. */
export function placeOf(path: readonly (string | number)[]): string {
  const parts = path.map((key) => {
    if (typeof key === 'number') return `[${key}]`;
    return PLAIN_KEY.test(key) ? `.${key}` : `['${key}']`;
  });
  return parts.join('').replace(/^\./, '');
}
