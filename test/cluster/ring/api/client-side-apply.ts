import type { Manifest } from './manifest';

/** Annotation in which client-side apply keeps what it applied last. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

type Fields = { [field: string]: unknown };

/** The manifest with itself in the annotation that client-side apply keeps. */
export function withLastApplied(manifest: Manifest): Manifest {
  const annotations = { ...manifest.metadata.annotations, [LAST_APPLIED]: JSON.stringify(manifest) };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}

/**
 * The patch of a client-side apply: the whole manifest, and `null` for every field that was applied last time and is
 * gone. Items taken out of a list with a merge key stay; `kubectl` would delete them.
 */
export function clientSidePatch(manifest: Manifest, live: Manifest): object {
  const last = live.metadata.annotations?.[LAST_APPLIED];
  const gone = last === undefined ? {} : removed(JSON.parse(last) as Fields, manifest);
  return merged(withLastApplied(manifest), gone);
}

function removed(before: Fields, now: Fields): Fields {
  const result: Fields = {};
  for (const [key, old] of Object.entries(before)) {
    const value = now[key];
    if (value === undefined) result[key] = null;
    else if (isFields(old) && isFields(value)) result[key] = removed(old, value);
  }
  return result;
}

function merged(fields: Fields, more: Fields): Fields {
  const result = { ...fields };
  for (const [key, value] of Object.entries(more)) {
    const present = result[key];
    if (value === null) result[key] = null;
    else if (isFields(present) && isFields(value)) result[key] = merged(present, value);
  }
  return result;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
