import type { Definitions, Schema } from './schema';
import { resolved } from './schema';

/** Deeper than any field that users put into a wrong place. */
const MOST_DEPTH = 9;
/** Places elsewhere that are still worth saying; the names of more are everywhere. */
const MOST_ELSEWHERE = 2;

const homes = new WeakMap<Schema, Map<string, string[]>>();

/**
 * Where a field belongs that is in a wrong place: the nearest map below or above that has it, or else the only ones in
 * the object; undefined when there is none or too many.
 */
export function homeOf(
  field: string,
  path: readonly (string | number)[],
  schema: Schema,
  definitions: Definitions,
): string | undefined {
  let known = homes.get(schema);
  if (!known) {
    known = new Map();
    collect(schema, definitions, known);
    homes.set(schema, known);
  }
  const places = known.get(field) ?? [];
  const holder = patternOf(path.slice(0, -1));
  const below = places.filter((place) => place.startsWith(`${holder}.`));
  const above = places.filter((place) => holder.startsWith(`${place}.`) || place === TOP);
  const near = shortest(below) ?? above.at(-1);
  return near ?? (places.length <= MOST_ELSEWHERE ? places[0] : undefined);
}

const TOP = 'the top';

function shortest(places: readonly string[]): string | undefined {
  return [...places].sort((a, b) => a.length - b.length)[0];
}

function patternOf(path: readonly (string | number)[]): string {
  return path
    .map((key) => (typeof key === 'number' ? '[]' : `.${key}`))
    .join('')
    .replace(/^\./, '');
}

/** Fields by name and the places that have them, widest places first. */
function collect(top: Schema, definitions: Definitions, known: Map<string, string[]>): void {
  let level: { place: string; schema: Schema; above: readonly string[] }[] = [{ place: '', schema: top, above: [] }];
  for (let depth = 0; depth < MOST_DEPTH && level.length > 0; depth++) {
    level = level.flatMap(({ place, schema: unresolved, above }) => {
      const { schema, name } = resolved(unresolved, definitions);
      if (name !== undefined && above.includes(name)) return [];
      const names = name === undefined ? above : [...above, name];
      const inner = Object.entries(schema.properties ?? {}).map(([field, below]) => {
        const holder = place === '' ? TOP : place;
        known.set(field, [...(known.get(field) ?? []), holder]);
        return { place: place === '' ? field : `${place}.${field}`, schema: below, above: names };
      });
      const members = schema.items ? [{ place: `${place}[]`, schema: schema.items, above: names }] : [];
      return [...inner, ...members];
    });
  }
}
