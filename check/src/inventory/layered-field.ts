import { Field } from './field';
import type { Json } from './json';
import { isJsonObject } from './json';

/** How the upper map of a `LayeredField` differs in its ways from the lower one. */
export interface LayerWays {
  /** What it calls keys of the lower one. */
  readonly names: { readonly [key: string]: string };
  /** Lists whose members it adds to those of the lower one, or replaces by name. */
  readonly listsByName: readonly string[];
}

/** A map of which one object says a part and another the rest: a key is where the upper one has it, or else in the lower one. */
export class LayeredField extends Field {
  constructor(
    private readonly upper: Field,
    private readonly lower: Field,
    private readonly ways: LayerWays,
  ) {
    super(upper.resource, upper.path, merged(upper, lower, ways));
  }

  public override at(...keys: (string | number)[]): Field {
    const [key, ...rest] = keys;
    if (key === undefined) return this;
    if (this.ways.listsByName.includes(String(key)))
      return listByName(this.lower.at(key), this.upper.at(key)).at(...rest);
    const own = this.upper.at(this.ways.names[key] ?? key);
    return own.exists ? own.at(...rest) : this.lower.at(...keys);
  }
}

/** A list whose members stand in several places. */
class ListedField extends Field {
  constructor(
    place: Field,
    private readonly members: readonly Field[],
  ) {
    const isThere = place.exists || members.length > 0;
    super(place.resource, place.path, isThere ? members.map(({ value }) => value ?? null) : undefined);
  }

  public override at(...keys: (string | number)[]): Field {
    const [index, ...rest] = keys;
    if (index === undefined) return this;
    const member = typeof index === 'number' ? this.members[index] : undefined;
    return member ? member.at(...rest) : super.at(...keys);
  }
}

function listByName(lower: Field, upper: Field): ListedField {
  const names = new Set(upper.items.map((each) => each.at('name').text));
  const kept = lower.items.filter((each) => !names.has(each.at('name').text ?? ''));
  return new ListedField(upper.exists ? upper : lower, [...kept, ...upper.items]);
}

function merged(upper: Field, lower: Field, { names, listsByName }: LayerWays): Json | undefined {
  if (!upper.exists && !lower.exists) return undefined;
  const keyOf = new Map(Object.entries(names).map(([key, name]) => [name, key]));
  const own = upper.entries.flatMap(([name, { value, exists }]) => (exists ? [[keyOf.get(name) ?? name, value]] : []));
  const lists = listsByName.map((key) => [key, listByName(lower.at(key), upper.at(key)).value]);
  const rest = isJsonObject(lower.value) ? lower.value : {};
  return { ...rest, ...(Object.fromEntries([...own, ...lists.filter(([, value]) => value !== undefined)]) as object) };
}
