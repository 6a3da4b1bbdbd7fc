import { emittedByExamples, emittedBySnapshots } from './fixtures/emitted';
import { acceptManifests } from './ring/accept/accept-manifests';
import { makeClasses } from './ring/accept/prerequisites';
import { installCrdsFor } from './ring/api/crds';
import type { Manifest } from './ring/api/manifest';
import { useRing } from './ring/use-ring';

// Everything that the examples, the reference platform and the snapshots of the unit tests hold, before a real API
// server: strict validation, namespaces that enforce and warn at `restricted`, a second apply that changes nothing, every
// pod template as a Pod.

const ring = useRing();

async function accept(objects: Manifest[]): Promise<void> {
  expect(objects.length).toBeGreaterThan(0);
  await installCrdsFor(ring.api, objects);
  await makeClasses(ring.api, objects);
  await acceptManifests(ring.api, objects);
}

describe('the API server takes', () => {
  const examples = emittedByExamples();

  test('files of every example and of the platform', () => {
    expect(examples.length).toBeGreaterThanOrEqual(10);
  });

  test.each(examples)('%s', (_title, objects) => accept(objects));

  const snapshots = emittedBySnapshots();

  test('snapshots of every construct', () => {
    const kinds = new Set(snapshots.flatMap(([, objects]) => objects.map(({ kind }) => kind)));
    expect([...kinds]).toEqual(
      expect.arrayContaining(['Job', 'CronJob', 'PyTorchJob', 'Deployment', 'Service', 'NetworkPolicy', 'NodePool']),
    );
  });

  test.each(snapshots)('the snapshot %s', (_title, objects) => accept(objects));
});
