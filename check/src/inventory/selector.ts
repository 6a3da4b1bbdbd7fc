import type { Field } from './field';

/** Whether a label selector matches labels; one without demands matches everything, as it does for Kubernetes. */
export function selectorMatches(selector: Field, labels: { readonly [key: string]: string }): boolean {
  const wanted = Object.entries(selector.at('matchLabels').labels);
  if (!wanted.every(([key, value]) => labels[key] === value)) return false;
  return selector.at('matchExpressions').items.every((each) => {
    const key = each.at('key').text ?? '';
    const has = Object.hasOwn(labels, key);
    const isOne = has && each.at('values').texts.includes(labels[key]);
    switch (each.at('operator').text) {
      case 'In':
        return isOne;
      case 'NotIn':
        return !isOne;
      case 'Exists':
        return has;
      case 'DoesNotExist':
        return !has;
      default:
        return false;
    }
  });
}
