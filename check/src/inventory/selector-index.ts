import type { LabelSelector } from './label-selector';
import type { PodLabels } from './pod-labels';
import type { Resource } from './resource';

/** Objects that select pods by labels, so that those that select some pods are found without a look at all. */
export class SelectorIndex {
  private readonly byLabel = new Map<string, { readonly object: Resource; readonly selector: LabelSelector }[]>();

  constructor(objects: readonly Resource[], selectorOf: (object: Resource) => LabelSelector) {
    for (const object of objects) {
      const selector = selectorOf(object);
      const [first] = selector.labels;
      const key = first === undefined ? ANY : labelKey(first[0], first[1] ?? '');
      const known = this.byLabel.get(key);
      if (known) known.push({ object, selector });
      else this.byLabel.set(key, [{ object, selector }]);
    }
  }

  /** Objects that surely select pods with these labels. */
  public selecting(labels: PodLabels): Resource[] {
    const keys = [ANY, ...Object.entries(labels.known).map(([key, value]) => labelKey(key, value))];
    return keys
      .flatMap((key) => this.byLabel.get(key) ?? [])
      .filter(({ selector }) => selector.selects(labels) === true)
      .map(({ object }) => object);
  }
}

const ANY = '';

function labelKey(key: string, value: string): string {
  return `${key}=${value}`;
}
