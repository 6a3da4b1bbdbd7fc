import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { Manifest } from './ring/api/manifest';

/** A snapshot of the unit tests that holds manifests. */
export interface ManifestSnapshot {
  readonly title: string;
  readonly objects: Manifest[];
}

/** The manifests in the snapshots of the unit tests below a folder; snapshots of anything else are passed over. */
export function manifestSnapshots(folder: string): ManifestSnapshot[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.snap'));
  return files.sort().flatMap((file) => {
    const snapshots = jest.requireActual<Record<string, string>>(join(folder, file));
    return Object.entries(snapshots).flatMap(([title, text]) => {
      const objects = manifestsIn(read(text));
      return objects.length === 0 ? [] : [{ title, objects }];
    });
  });
}

/** Snapshots of plain objects are written as JavaScript. */
function read(text: string): unknown {
  try {
    return JSON.parse(JSON.stringify(runInNewContext(`(${text})`))) as unknown;
  } catch {
    return undefined; // texts of several lines and the like, which hold no manifest
  }
}

/** A manifest, a list of them, or a map of them by kind. */
function manifestsIn(value: unknown): Manifest[] {
  if (isManifest(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).filter(isManifest) : [];
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && 'apiVersion' in value && 'kind' in value && 'metadata' in value;
}
