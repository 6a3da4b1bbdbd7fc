import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptManifests } from './ring/accept/accept-manifests';
import { useRing } from './ring/use-ring';
import { installCrdsFor } from './ring/api/crds';
import type { Manifest } from './ring/api/manifest';
import { readManifests } from './ring/api/read-manifests';
import { manifestSnapshots } from './snapshots';

// Everything that the examples, the reference platform and the snapshots of the unit tests hold, before a real API server: strict validation, namespaces that
// enforce and warn at `restricted`, a second apply that changes nothing, every pod template as a Pod.

const ROOT = join(__dirname, '..', '..');
const ring = useRing();

/** Committed YAML below a folder; the unit tests prove that it is what the constructs render. */
function yamlBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.k8s.yaml'))
    .map((name) => join(folder, name))
    .sort();
}

interface Profile {
  readonly priorityClasses: { readonly name: string; readonly value: number }[];
}

const { priorityClasses } = JSON.parse(
  readFileSync(join(ROOT, 'examples', 'platform', 'cluster.json'), 'utf8'),
) as Profile;

/** What the objects name and the cluster is expected to have. */
const EXPECTED: Manifest[] = [
  ...[...priorityClasses, { name: 'ml-serve', value: 40000 }].map(({ name, value }) => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value,
  })),
  { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'nvidia' }, handler: 'nvidia' },
];

beforeAll(async () => {
  for (const object of EXPECTED) await ring.api.apply(object);
});

async function accept(objects: Manifest[]): Promise<void> {
  expect(objects.length).toBeGreaterThan(0);
  await installCrdsFor(ring.api, objects);
  await acceptManifests(ring.api, objects);
}

describe('the API server takes', () => {
  const files = yamlBelow(join(ROOT, 'examples'));

  test('files of every example and of the platform', () => {
    expect(files.length).toBeGreaterThanOrEqual(10);
  });

  test.each(files.map((file) => [file.slice(ROOT.length + 1), file]))('%s', (_name, file) =>
    accept(readManifests(readFileSync(file, 'utf8'))),
  );

  const snapshots = manifestSnapshots(join(ROOT, 'test'));

  test('snapshots of every construct', () => {
    const kinds = new Set(snapshots.flatMap(({ objects }) => objects.map(({ kind }) => kind)));
    expect([...kinds]).toEqual(
      expect.arrayContaining(['Job', 'CronJob', 'PyTorchJob', 'Deployment', 'Service', 'NetworkPolicy']),
    );
  });

  test.each(snapshots)('the snapshot $title', ({ objects }) => accept(objects));
});
