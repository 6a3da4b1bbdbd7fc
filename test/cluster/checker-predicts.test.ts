import { EVERY_CASE } from '../../check/test/policy/cases';
import { flipped } from '../../check/test/policy/rule-case';
import { ManifestsNotAccepted } from './ring/accept/accept-manifests';
import { ensureNamespace } from './ring/accept/namespaces';
import { makePrerequisites } from './ring/accept/prerequisites';
import { tryManifests } from './ring/accept/try-manifests';
import { installCrdsFor } from './ring/api/crds';
import type { Manifest } from './ring/api/manifest';
import { readManifests } from './ring/api/read-manifests';
import { CLUSTER } from './ring/components';
import { useRing } from './ring/use-ring';

// What the checker says will be rejected is rejected by a real API server, and its good twin is not.

const ring = useRing(...CLUSTER);

async function prepared(manifest: string): Promise<Manifest[]> {
  const objects = readManifests(manifest);
  await installCrdsFor(ring.api, objects);
  for (const name of new Set(objects.map(({ metadata }) => metadata?.namespace ?? 'default'))) {
    await ensureNamespace(ring.api, name, {});
  }
  return objects;
}

const REJECTED = EVERY_CASE.filter(({ cluster }) => cluster === 'rejects');

describe.each(REJECTED.map((each) => [each.rule.name, each] as const))('%s', (_, { good, flips }) => {
  test('the good manifest is taken', async () => {
    const objects = await prepared(good);
    await makePrerequisites(ring.api, objects);
    await tryManifests(ring.api, objects);
  });

  test.each(flips.map((flip) => [JSON.stringify(flip.change), flip] as const))('%s is rejected', async (_, flip) => {
    const objects = await prepared(flipped(good, flip));
    await expect(tryManifests(ring.api, objects)).rejects.toThrow(ManifestsNotAccepted);
  });
});
