import openapi from '../../imports/openapi/kubernetes-1.35.json';
import spans from '../../imports/openapi/field-versions.json';
import type { Schema } from './crds';

/** The versions that have something which others lack. */
export interface Span {
  readonly since?: string;
  readonly until?: string;
}

/** The Kubernetes definitions of the document that the types are made from, by short name. */
export const definitions = openapi.components.schemas as unknown as { readonly [name: string]: Schema };

/** Kinds, fields (`Definition.field`) and enumeration values (`Definition.field=value`) that some version lacks. */
export const fieldVersions: {
  readonly versions: readonly string[];
  readonly kinds: { readonly [kind: string]: Span };
  readonly fields: { readonly [field: string]: Span };
  readonly values: { readonly [value: string]: Span };
} = spans;

/** Whether a version of Kubernetes has what has this span; what has none is in every version. */
export function inVersion(span: Span | undefined, version: string): boolean {
  const place = fieldVersions.versions.indexOf(version);
  if (place < 0) throw new Error(`Kubernetes ${version} is none of ${fieldVersions.versions.join(', ')}`);
  const first = span?.since ? fieldVersions.versions.indexOf(span.since) : 0;
  const last = span?.until ? fieldVersions.versions.indexOf(span.until) : fieldVersions.versions.length;
  return first <= place && place <= last;
}
