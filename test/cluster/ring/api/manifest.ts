/** An API object as it is sent or received. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  [field: string]: unknown;
}

/** What the ring reads of an object's metadata. */
export interface Metadata {
  name?: string;
  generateName?: string;
  namespace?: string;
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
  resourceVersion?: string;
  generation?: number;
  [field: string]: unknown;
}

/** How messages call an object: `Job ml/bert`. */
export function title(manifest: Manifest): string {
  const { name, generateName, namespace } = manifest.metadata;
  const called = name ?? `${generateName ?? ''}*`;
  return `${manifest.kind} ${namespace === undefined ? called : `${namespace}/${called}`}`;
}
