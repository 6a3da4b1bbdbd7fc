import type { Field } from './field';
import type { PodLabels } from './pod-labels';

interface Requirement {
  readonly key: string;
  readonly operator: string | undefined;
  readonly values: readonly string[];
}

/** What demands labels: all of those named, and each requirement. Without demands it matches everything, as it does for Kubernetes. */
export class LabelSelector {
  private constructor(
    /** Labels that it demands, by key; the value is undefined where it is no text. */
    public readonly labels: readonly (readonly [key: string, value: string | undefined])[],
    private readonly requirements: readonly Requirement[],
  ) {}

  /** A selector of `matchLabels` and `matchExpressions`. */
  public static of(selector: Field): LabelSelector {
    const requirements = selector.at('matchExpressions').items.map((each) => ({
      key: each.at('key').text ?? '',
      operator: each.at('operator').text,
      values: each.at('values').texts,
    }));
    return new LabelSelector(demanded(selector.at('matchLabels')), requirements);
  }

  /** A selector that is a map of labels, such as that of a Service. */
  public static ofLabels(labels: Field): LabelSelector {
    return new LabelSelector(demanded(labels), []);
  }

  /** Whether it matches labels, all of which are known. */
  public matches(labels: { readonly [key: string]: string }): boolean {
    return this.selects({ known: labels, isOpen: () => false }) === true;
  }

  /** Whether it selects pods; undefined when that depends on labels that are not known. */
  public selects({ known, isOpen }: PodLabels): boolean | undefined {
    let sure = true;
    for (const [key, value] of this.labels) {
      const isKnown = Object.hasOwn(known, key);
      if (isKnown ? known[key] !== value : !isOpen(key)) return false;
      sure &&= isKnown;
    }
    for (const requirement of this.requirements) {
      const { key } = requirement;
      const isKnown = Object.hasOwn(known, key);
      if (!isKnown && isOpen(key)) sure = false;
      else if (!holds(requirement, isKnown ? known[key] : undefined)) return false;
    }
    return sure ? true : undefined;
  }
}

function demanded(labels: Field): (readonly [string, string | undefined])[] {
  return labels.entries.map(([key, { text }]) => [key, text]);
}

function holds({ operator, values }: Requirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
