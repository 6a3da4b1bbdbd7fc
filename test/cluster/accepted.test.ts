import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptManifests } from './ring/accept-manifests';
import { connect } from './ring/connect';
import { installCrdsFor } from './ring/crds';
import type { Manifest } from './ring/manifest';
import { readManifests } from './ring/read-manifests';

// Everything that the examples and the reference platform render, before a real API server: strict validation, namespaces that
// enforce and warn at `restricted`, a second apply that changes nothing, every pod template as a Pod.

const ROOT = join(__dirname, '..', '..');
const api = connect();

/** Committed YAML below a folder; the unit tests prove that it is what the constructs render. */
function yamlBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.k8s.yaml'))
    .map((name) => join(folder, name))
    .sort();
}

/** Classes that the profiles of the examples say the cluster has. */
const EXPECTED: Manifest[] = ['ml-train', 'ml-train-prod', 'ml-serving-prod', 'ml-experiment'].map((name, i) => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value: 1000 * (i + 1),
}));

describe('the API server takes', () => {
  const files = yamlBelow(join(ROOT, 'examples'));

  test('files of every example and of the platform', () => {
    expect(files.length).toBeGreaterThanOrEqual(10);
  });

  test.each(files.map((file) => [file.slice(ROOT.length + 1), file]))('%s', async (_name, file) => {
    const objects = readManifests(readFileSync(file, 'utf8'));
    expect(objects.length).toBeGreaterThan(0);
    await installCrdsFor(api, objects);
    for (const object of EXPECTED) await api.apply(object);
    await acceptManifests(api, objects);
  });
});
