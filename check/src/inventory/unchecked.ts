import type { Field } from './field';
import type { Json } from './json';
import type { Resource } from './resource';
import { placeholderIn } from './template-marks';

/** Why an object is not looked into. */
export interface Unchecked {
  readonly trouble: 'not-an-object' | 'unexpanded-template';
  readonly field: Field;
  readonly message: string;
}

/** Places whose text no engine fills in later: a placeholder in them means that nobody has filled it in yet. */
const IDENTITY: readonly (readonly string[])[] = [
  ['apiVersion'],
  ['kind'],
  ['metadata', 'name'],
  ['metadata', 'namespace'],
];

/** Why an object is not looked into; undefined when it is. */
export function nothingToCheck(resource: Resource): Unchecked | undefined {
  for (const key of ['apiVersion', 'kind']) {
    const field = resource.at(key);
    if (field.text === undefined || field.text === '') {
      return {
        trouble: 'not-an-object',
        field,
        message: field.exists ? `has a ${key} that is no text` : `has no ${key}`,
      };
    }
  }
  for (const path of IDENTITY) {
    const field = resource.at(...path);
    const placeholder = placeholderIn(field.text ?? '');
    if (placeholder !== undefined) return unexpanded(field, placeholder);
  }
  const helm = helmIn(resource.top);
  return helm && unexpanded(helm.field, helm.placeholder);
}

function unexpanded(field: Field, placeholder: string): Unchecked {
  return {
    trouble: 'unexpanded-template',
    field,
    message: `is a template that was not expanded: ${field.place} has ${placeholder}`,
  };
}

const HELM = /\{\{-?\s*\.(?:Values|Release|Chart)\b[^}]*\}\}/;

/** A place with an expression of Helm, which no other engine writes so. */
function helmIn(top: Field): { field: Field; placeholder: string } | undefined {
  const path: (string | number)[] = [];
  const search = (value: Json | undefined): string | undefined => {
    if (typeof value === 'string') return value.includes('{{') ? HELM.exec(value)?.[0] : undefined;
    if (typeof value !== 'object' || value === null) return undefined;
    for (const [key, inner] of Object.entries(value)) {
      path.push(Array.isArray(value) ? Number(key) : key);
      const found = search(inner);
      if (found !== undefined) return found;
      path.pop();
    }
    return undefined;
  };
  if (top.at('kind').text === 'ConfigMap') return undefined; // may hold a chart as its data
  const placeholder = search(top.value);
  return placeholder === undefined ? undefined : { field: top.at(...path), placeholder };
}
