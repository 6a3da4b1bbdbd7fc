import { MACHINE } from './fixtures/gang';
import { NAMESPACE } from './fixtures/rendered';
import { GPU_TOLERATION } from './fixtures/restricted';
import { PODS } from './fixtures/running';
import { trainerPod } from './fixtures/trainer-pod';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { describePods, environmentOf, isRunning, type Pod, podsAt, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// LeaderWorkerSets, which serve one model with several nodes, under their real controller. No construct renders them yet.

const ring = useRing(...CLUSTER, 'lws');
const LABEL = 'leaderworkerset.sigs.k8s.io';

const server: Manifest = {
  apiVersion: 'leaderworkerset.x-k8s.io/v1',
  kind: 'LeaderWorkerSet',
  metadata: { name: 'llm', namespace: NAMESPACE },
  spec: {
    replicas: 2,
    leaderWorkerTemplate: {
      size: 2,
      restartPolicy: 'RecreateGroupOnPodRestart',
      workerTemplate: { spec: { ...trainerPod({ name: 'server', gpus: 4 }), restartPolicy: 'Always' } },
    },
  },
};

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    ['a', 'b'].map((name) => gpuNode(name, MACHINE)),
  );
  await ring.api.apply(server);
});

async function members(awaited: string, holds: (pods: Pod[]) => boolean): Promise<Pod[]> {
  const pods = await ring.until(PODS, awaited, (all) => (holds(all as Pod[]) ? undefined : describePods(all as Pod[])));
  return pods as Pod[];
}

const allRun = (pods: Pod[]) => pods.length === 4 && pods.every(isRunning);

test('each group has a leader that every member knows, and its size', async () => {
  const pods = await members('two groups of two running', allRun);
  const { items: services } = await ring.api.list({ apiVersion: 'v1', kind: 'Service', namespace: NAMESPACE });
  for (const pod of pods) {
    const { [`${LABEL}/group-index`]: group, [`${LABEL}/worker-index`]: index } = pod.metadata.labels!;
    expect(pod.metadata.name).toBe(index === '0' ? `llm-${group}` : `llm-${group}-${index}`);
    const environment = environmentOf(pod);
    expect(environment).toMatchObject({
      LWS_LEADER_ADDRESS: `llm-${group}.llm.${NAMESPACE}`,
      LWS_GROUP_SIZE: '2',
      LWS_WORKER_INDEX: index,
    });
    const host = environment.LWS_LEADER_ADDRESS.split('.').slice(0, 2).join('.');
    expect(podsAt(host, pods, services).map(({ metadata }) => metadata.name)).toEqual([`llm-${group}`]);
    expect(pod.spec.tolerations).toContainEqual(GPU_TOLERATION);
  }
  expect(services[0].spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
  expect(pods.map(({ metadata }) => metadata.name).sort()).toEqual(['llm-0', 'llm-0-1', 'llm-1', 'llm-1-1']);
  expect(await warningsIn(ring.api, NAMESPACE, /^FailedCreate/)).toEqual([]);
  expect(await changesOfApplyingAgain(ring.api, [server])).toEqual([]);
});

test('a group starts anew as a whole when one of its pods goes, and the other group goes on', async () => {
  const before = new Map((await members('all running', allRun)).map(({ metadata }) => [metadata.name, metadata.uid]));
  await ring.api.del({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'llm-1-1', namespace: NAMESPACE } });
  const after = await members('the group being made anew', (pods) =>
    Boolean(
      allRun(pods) &&
      pods.every(({ metadata: { name, uid } }) => (before.get(name) === uid) === name!.startsWith('llm-0')),
    ),
  );
  expect(after).toHaveLength(4);
});

test('the webhook refuses a group without members', async () => {
  const spec = server.spec as { leaderWorkerTemplate: object };
  const leaderWorkerTemplate = { ...spec.leaderWorkerTemplate, size: 0 };
  const empty = { ...server, metadata: { ...server.metadata, name: 'empty' }, spec: { ...spec, leaderWorkerTemplate } };
  await expect(ring.api.apply(empty)).rejects.toThrow(/size.*must be/);
});
