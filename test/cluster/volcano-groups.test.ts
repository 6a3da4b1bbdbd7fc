import { Component, GangScheduler, Provider, TrainingBackend } from 'cdk8s-ml';
import { gang, MACHINE } from './fixtures/gang';
import { NAMESPACE, only } from './fixtures/rendered';
import { noPods, running } from './fixtures/running';
import { applyRunLast, waitingWhole } from './fixtures/waiting-gang';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { useRing } from './ring/use-ring';

// Gangs of other kinds than Volcano's own under the scheduler of Volcano, by the groups of pods that are rendered beside them.

const ring = useRing(...CLUSTER, 'volcano-scheduler', 'jobset');
const PROFILE = {
  provider: Provider.ON_PREMISES,
  components: [Component.JOBSET, Component.VOLCANO],
  gangScheduler: { scheduler: GangScheduler.VOLCANO },
  pools: {},
};

const made: Manifest[] = [];
const added: Manifest[] = [];

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    ['a', 'b'].map((name) => gpuNode(name, MACHINE)),
  );
});

afterEach(async () => {
  await removeManifests(ring.api, made.splice(0));
  await noPods(ring);
  await removeManifests(ring.api, added.splice(0)); // a pod on a node that is gone stays
});

test.each([
  ['Job', TrainingBackend.INDEXED_JOB],
  ['JobSet', TrainingBackend.JOB_SET],
])('all pods of a %s start, or none', async (kind, backend) => {
  const run = kind.toLowerCase();
  const third = [gpuNode(`third-${run}`, MACHINE)];
  const manifests = gang(PROFILE, { run, backend, numNodes: 3 });
  await applyRunLast(ring, manifests, only(manifests, kind));
  made.push(...manifests);
  added.push(...third);

  await waitingWhole(ring, 3);
  await addNodes(ring.api, third);
  const pods = await running(ring, 3);
  expect(new Set(pods.map(({ spec }) => spec.nodeName)).size).toBe(3);
  expect(await changesOfApplyingAgain(ring.api, [only(manifests, 'PodGroup')])).toEqual([]);
});
