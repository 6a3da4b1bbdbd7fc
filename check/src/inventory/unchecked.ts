import { normalize } from 'node:path';
import type { Field } from './field';
import type { Json } from './json';
import { hasPatchDirective, isKustomization, isRestOfController } from './patches';
import type { Resource } from './resource';
import { placeholderIn } from './template-marks';

/** Why an object is not looked into. */
export interface Unchecked {
  readonly trouble: 'not-an-object' | 'unexpanded-template';
  readonly field: Field;
  readonly message: string;
  /** Whether it is probably no manifest at all, and was found among some. */
  readonly harmless?: boolean;
}

/** Places whose text no engine fills in later: a placeholder in them means that nobody has filled it in yet. */
const IDENTITY: readonly (readonly string[])[] = [
  ['apiVersion'],
  ['kind'],
  ['metadata', 'name'],
  ['metadata', 'namespace'],
];

/** Why an object is not looked into; undefined when it is. */
export function nothingToCheck(resource: Resource, patches: ReadonlySet<string>): Unchecked | undefined {
  const part = partOfAnother(resource, patches);
  if (part !== undefined) return { trouble: 'not-an-object', field: resource.top, message: part, harmless: true };
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

/** Why something that is found among manifests is none. */
function partOfAnother(resource: Resource, patches: ReadonlySet<string>): string | undefined {
  if (resource.embedding !== undefined) return undefined;
  if (isHelmMetadata(resource)) return 'belongs to a Helm chart, and is no manifest';
  if (isKustomization(resource)) return 'says how kustomize puts manifests together: check what kustomize build writes';
  if (patches.has(normalize(resource.file)) || hasPatchDirective(resource) || isRestOfController(resource)) {
    return 'is a part that kustomize lays over another object: check what kustomize build writes';
  }
  const hasHead = resource.at('apiVersion').exists || resource.at('kind').exists;
  return hasHead ? undefined : 'has neither apiVersion nor kind, and is no manifest';
}

/** Chart.yaml, or the index of a repository of charts. */
function isHelmMetadata({ manifest, top }: Resource): boolean {
  if (top.at('kind').exists || top.at('metadata').exists) return false;
  return (
    /^v[12]$/.test(top.at('apiVersion').text ?? '') && (manifest.name !== undefined || manifest.entries !== undefined)
  );
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
