import { type ApiClient, ApiError } from '../api/api-client';
import type { Manifest } from '../api/manifest';

/** What becomes of a pod on a simulated node; `stages.yaml` plays it. */
export interface Fate {
  /** Exit code of its processes: 0, 1, 137 (reported as OOMKilled), 143, ... */
  readonly exitCode?: number;
  /** Time from the start of the processes to that end: `5s`. */
  readonly exitAfter?: string;
  /** The kubelet ends it for this reason, as a disruption: `NodeShutdown`, `Evicted`. */
  readonly disrupted?: string;
  /** Its processes were restarted in place so many times. */
  readonly restarts?: number;
  /** Time until the image is there; `fails` when it never is. */
  readonly imagePull?: string;
  /** Time from the start to readiness; `never` when it is never ready. */
  readonly readyAfter?: string;
  /** Exit code on SIGTERM, 143 unless told. */
  readonly exitCodeOnTerm?: number;
}

/** The annotations that decide a fate. */
export function fateAnnotations(fate: Fate): { [annotation: string]: string } {
  const words = Object.entries(fate).map(([name, value]) => [
    `ring.cdk8s-ml.dev/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    String(value),
  ]);
  return Object.fromEntries(words) as { [annotation: string]: string };
}

/** Decides the fate of a pod that runs. */
export async function meet(api: ApiClient, pod: Manifest, fate: Fate): Promise<void> {
  await api.patch(pod, { metadata: { annotations: fateAnnotations(fate) } });
}

/**
 * Decides the fates of pods of one run, the first fate again where there are fewer. What befell one of them may have ended
 * the run, and its pods be gone, before the next one meets its own.
 */
export async function allMeet(api: ApiClient, pods: Manifest[], ...fates: Fate[]): Promise<void> {
  for (const [index, pod] of pods.entries()) {
    const fate = fates[index % fates.length];
    if (index === 0) await meet(api, pod, fate);
    else await meet(api, pod, fate).catch(ignoreGone);
  }
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 404)) throw error;
}

/** A manifest whose pods, wherever their templates stand, are made with a fate. */
export function withFate(manifest: Manifest, fate: Fate): Manifest {
  const annotations = fateAnnotations(fate);
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isFields(value)) return value;
    if (isFields(value.spec) && Array.isArray(value.spec.containers)) {
      const metadata = isFields(value.metadata) ? value.metadata : {};
      const present = isFields(metadata.annotations) ? metadata.annotations : {};
      return { ...value, metadata: { ...metadata, annotations: { ...present, ...annotations } } };
    }
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, walk(field)]));
  };
  return walk(manifest) as Manifest;
}

function isFields(value: unknown): value is { [field: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
