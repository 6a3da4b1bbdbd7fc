import type { Field } from './field';
import type { Resource } from './resource';

/** Objects that select pods by labels, so that those that may select some pods are found without a look at all. */
export class SelectorIndex {
  private readonly byLabel = new Map<string, Resource[]>();

  constructor(objects: readonly Resource[], labelsOf: (object: Resource) => Field) {
    for (const object of objects) {
      const [first] = labelsOf(object).entries;
      const key = first === undefined ? ANY : labelKey(first[0], first[1].text ?? '');
      const known = this.byLabel.get(key);
      if (known) known.push(object);
      else this.byLabel.set(key, [object]);
    }
  }

  /** Objects that may select pods with these labels: all that do are among them. */
  public candidates(labels: { readonly [key: string]: string }): Resource[] {
    const keys = [ANY, ...Object.entries(labels).map(([key, value]) => labelKey(key, value))];
    return keys.flatMap((key) => this.byLabel.get(key) ?? []);
  }
}

const ANY = '';

function labelKey(key: string, value: string): string {
  return `${key}=${value}`;
}
