import { Field } from './field';
import type { Json } from './json';
import { isJsonObject } from './json';
import type { Resource } from './resource';

interface Place {
  readonly value: Json;
  readonly path: readonly (string | number)[];
}

/** Every text of an object with its place, without what stands under some keys. */
export function* textsOf(resource: Resource, without: ReadonlySet<string>): Generator<Field> {
  // A stack of our own: objects may be nested deeper than calls can be.
  const open: Place[] = [{ value: resource.manifest, path: [] }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, path } = place;
    if (typeof value === 'string') yield new Field(resource, path, value);
    else if (Array.isArray(value)) value.forEach((each, index) => open.push({ value: each, path: [...path, index] }));
    else if (isJsonObject(value)) {
      for (const key of Object.keys(value)) {
        if (!without.has(key)) open.push({ value: value[key] as Json, path: [...path, key] });
      }
    }
  }
}
