import { Inventory } from '../../check/src/inventory/inventory';
import type { Pool } from '../../check/src/inventory/pool';
import { sourceOf } from '../../check/src/inventory/source';
import { EVERY_CASE } from '../../check/test/policy/cases';
import type { RuleCase } from '../../check/test/policy/rule-case';
import { flipped } from '../../check/test/policy/rule-case';
import { pods, refusal } from './fixtures/pods';
import { ManifestsNotAccepted } from './ring/accept/accept-manifests';
import { ensureNamespace } from './ring/accept/namespaces';
import { podOf, podTemplates } from './ring/accept/pod-templates';
import { makePrerequisites } from './ring/accept/prerequisites';
import { removeManifests } from './ring/accept/remove-manifests';
import { tryManifests } from './ring/accept/try-manifests';
import { installCrdsFor } from './ring/api/crds';
import type { Manifest } from './ring/api/manifest';
import { readManifests } from './ring/api/read-manifests';
import { CLUSTER } from './ring/components';
import { addNodes, cpuNode, describedNode, gpuNode } from './ring/nodes/nodes';
import { useRing } from './ring/use-ring';

// What the checker says will be rejected is rejected by a real API server, and what it says will wait for ever is not
// placed by a real scheduler. Their good twins are taken and placed.

const ring = useRing(...CLUSTER);

const casesOf = (outcome: RuleCase['cluster']) =>
  EVERY_CASE.filter(({ cluster }) => cluster === outcome).map((each) => [each.rule.name, each] as const);

async function prepared(manifest: string): Promise<Manifest[]> {
  const objects = readManifests(manifest);
  await installCrdsFor(ring.api, objects);
  for (const name of new Set(objects.map(({ metadata }) => metadata?.namespace ?? 'default'))) {
    await ensureNamespace(ring.api, name, {});
  }
  return objects;
}

describe.each(casesOf('rejects'))('%s', (_, { good, flips }) => {
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

/** A node of a pool, as the checker understands the pool. */
function nodeOf({ labels, taints, cpuMillis, memoryMib, resourceName, devicesPerNode }: Pool, index: number): Manifest {
  const resources = {
    cpu: `${cpuMillis ?? 190_000}m`,
    memory: `${memoryMib ?? 1_900_000}Mi`,
    ...(resourceName === undefined ? {} : { [resourceName]: String(devicesPerNode ?? 8) }),
  };
  return describedNode(`described-${index}`, resources, { ...labels }, [...taints]);
}

/** Nodes of a sensible cluster, beside those that the case describes. */
async function withNodes(manifest: string, { options }: RuleCase, body: () => Promise<void>): Promise<void> {
  const { pools = [] } = new Inventory(sourceOf('case.yaml', manifest).documents, options);
  const sensible = pools.length > 0 ? [] : [gpuNode('h100', 'p5.48xlarge'), gpuNode('l4', 'g6.12xlarge')];
  const nodes = [cpuNode('cpu'), ...sensible, ...pools.map(nodeOf)];
  await addNodes(ring.api, nodes);
  try {
    await body();
  } finally {
    await removeManifests(ring.api, nodes);
  }
}

/** Makes one pod of each template in a namespace of its own, and gives that namespace. */
async function withPods(manifest: string, body: (namespace: string) => Promise<void>): Promise<void> {
  const objects = readManifests(manifest).filter(({ kind }) => kind !== 'NodePool' && kind !== 'Node');
  const namespace = `predicted-${counter++}`;
  await ensureNamespace(ring.api, namespace, {});
  const moved = objects.map((object) => ({ ...object, metadata: { ...object.metadata, namespace } }));
  await makePrerequisites(ring.api, moved);
  for (const object of moved) {
    if (object.kind === 'Pod') await ring.api.create(object);
    else for (const template of podTemplates(object)) await ring.api.create(podOf(object, template, namespace));
  }
  try {
    await body(namespace);
  } finally {
    await removeManifests(ring.api, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  }
}
let counter = 0;

describe.each(casesOf('leaves pending'))('%s', (_, ruleCase) => {
  const { good, flips } = ruleCase;

  test('the pods of the good manifest are placed', async () => {
    await withNodes(good, ruleCase, () =>
      withPods(good, async (namespace) => {
        await pods(ring, { namespace }, 'every pod having a node', (all) =>
          all.length > 0 && all.every(({ spec }) => spec.nodeName !== undefined) ? undefined : 'not yet',
        );
      }),
    );
  });

  test.each(flips.map((flip) => [JSON.stringify(flip.change), flip] as const))('%s waits', async (_, flip) => {
    const manifest = flipped(good, flip);
    await withNodes(manifest, ruleCase, () =>
      withPods(manifest, async (namespace) => {
        expect(await refusal(ring, { namespace })).toMatch(/nodes are available/);
      }),
    );
  });
});
