import { dirname, normalize } from 'node:path';
import type { Json } from './json';
import { isJsonObject } from './json';
import type { Resource } from './resource';

/** Names by which kustomize finds its file; apiVersion and kind may be left out in it. */
const KUSTOMIZATION = /(^|[/\\])(kustomization\.ya?ml|Kustomization)$/;

/** Lists of a kustomization that name files with parts of objects. */
const PART_LISTS = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'transformers',
  'configurations',
  'replacements',
];

/** Files that kustomize lays over other objects: what they hold is a part, and no manifest. */
export function patchFiles(resources: readonly Resource[]): ReadonlySet<string> {
  const files = new Set<string>();
  for (const { file, top } of resources.filter(isKustomization)) {
    for (const list of PART_LISTS) {
      for (const each of top.at(list).items) {
        const path = each.text ?? each.at('path').text;
        if (path !== undefined && !path.includes('\n')) files.add(normalize(`${dirname(file)}/${path}`));
      }
    }
  }
  return files;
}

/** Whether an object says how kustomize puts others together. */
export function isKustomization({ kind, group, file }: Resource): boolean {
  return group === 'kustomize.config.k8s.io' || (kind === 'Kustomization' && group === '') || KUSTOMIZATION.test(file);
}

/** Whether an object is a part that is laid over another, by a directive in it. */
export function hasPatchDirective({ top }: Resource): boolean {
  return hasDirective(top.value);
}

function hasDirective(value: Json | undefined): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isJsonObject(value) && ('$patch' in value || '$retainKeys' in value)) return true;
  return Object.values(value).some(hasDirective);
}

const CONTROLLERS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

const LAID_OVER: ReadonlySet<string> = new Set([
  'replicas',
  'template',
  'strategy',
  'updateStrategy',
  'minReadySeconds',
]);

/** Whether an object has so little of a controller that it can only be laid over another: no selector, no labels, no image. */
export function isRestOfController({ kind, top }: Resource): boolean {
  const spec = top.at('spec');
  const template = spec.at('template');
  if (!CONTROLLERS.has(kind) || !isJsonObject(spec.value) || !spec.keys.every((key) => LAID_OVER.has(key)))
    return false;
  if (template.at('metadata', 'labels').exists || (template.exists && !isJsonObject(template.value))) return false;
  return !['containers', 'initContainers'].some((list) =>
    template.at('spec', list).items.some((container) => container.at('image').exists),
  );
}

/** Whether a list is a JSON patch. https://www.rfc-editor.org/rfc/rfc6902 */
export function isJsonPatch(value: Json | undefined): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => isJsonObject(each) && 'op' in each && 'path' in each)
  );
}
