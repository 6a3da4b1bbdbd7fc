import { MACHINE } from './fixtures/gang';
import { gangJobSet } from './fixtures/jobset';
import { NAMESPACE } from './fixtures/rendered';
import { noPods, PODS, running } from './fixtures/running';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { describePods, environmentOf, isRunning, type Pod, podsAt, unschedulable, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// A gang as a JobSet: the pods that the real operator makes of it, and how it fails and starts again as a whole.

const ring = useRing(...CLUSTER, 'jobset');

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    ['a', 'b', 'c'].map((name) => gpuNode(name, MACHINE)),
  );
});

const made: Manifest[] = [];

afterEach(async () => {
  await removeManifests(ring.api, made.splice(0));
  await noPods(ring);
});

async function start(jobSet: Manifest): Promise<Manifest> {
  await ring.api.apply(jobSet);
  made.push(jobSet);
  return jobSet;
}

interface State {
  readonly restarts?: number;
  readonly terminalState?: string;
}

async function reaches({ apiVersion, kind, metadata }: Manifest, wanted: State): Promise<void> {
  const one = { apiVersion, kind, namespace: NAMESPACE, name: metadata.name };
  await ring.until(one, `${kind} ${metadata.name} reaching ${JSON.stringify(wanted)}`, ([{ status }]) => {
    const state = (status ?? {}) as State;
    const is = Object.entries(wanted).every(([field, value]) => state[field as keyof State] === value);
    return is ? undefined : `its status is ${JSON.stringify(status)}`;
  });
}

test('every pod knows its rank and the address of the first', async () => {
  const jobSet = await start(gangJobSet('js-v1', 3));
  const pods = await running(ring, 3);
  const { items: services } = await ring.api.list({ ...PODS, kind: 'Service' });
  for (const [rank, pod] of pods.entries()) {
    const environment = environmentOf(pod);
    expect(environment).toMatchObject({ PET_NODE_RANK: String(rank), PET_MASTER_ADDR: 'js-v1-node-0-0.js-v1' });
    expect(podsAt(environment.PET_MASTER_ADDR, pods, services)).toEqual([pods[0]]);
  }
  expect(services[0].spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
  expect(await changesOfApplyingAgain(ring.api, [jobSet])).toEqual([]);
  expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate/)).toEqual([]);
});

test('the whole gang starts again when one pod fails, and may succeed', async () => {
  const jobSet = await start(gangJobSet('js-v2', 3));
  const pods = await running(ring, 3);
  await meet(ring.api, pods[1], { exitCode: 1 });
  const again = await running(ring, 3, undefined, pods);
  await reaches(jobSet, { restarts: 1 });
  for (const pod of again) await meet(ring.api, pod, { exitCode: 0 });
  await reaches(jobSet, { restarts: 1, terminalState: 'Completed' });
});

test('a gang fails when it was restarted as often as it may', async () => {
  const jobSet = await start(gangJobSet('js-v3', 2, 1));
  const pods = await running(ring, 2);
  await meet(ring.api, pods[0], { exitCode: 1 });
  const [first] = await running(ring, 2, undefined, pods);
  await meet(ring.api, first, { exitCode: 1 });
  await reaches(jobSet, { terminalState: 'Failed' });
});

test('without a queue a gang starts in part', async () => {
  await start(gangJobSet('js-v4', 4));
  const pods = await ring.until(PODS, 'one pod being left over', (all) => {
    const left = (all as Pod[]).filter((pod) => unschedulable(pod) !== undefined);
    const here = (all as Pod[]).filter(isRunning);
    return here.length === 3 && left.length === 1 ? undefined : describePods(all as Pod[]);
  });
  expect((pods as Pod[]).map(unschedulable).find(Boolean)).toContain('3 Insufficient nvidia.com/gpu');
});
