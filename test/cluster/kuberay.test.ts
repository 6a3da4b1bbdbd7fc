import { MACHINE } from './fixtures/gang';
import { pods, refusal } from './fixtures/pods';
import { NAMESPACE } from './fixtures/rendered';
import { GPU_TOLERATION } from './fixtures/restricted';
import { PODS } from './fixtures/running';
import { trainerPod } from './fixtures/trainer-pod';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { addNodes, cpuNode, gpuNode } from './ring/nodes/nodes';
import { describePods, environmentOf, eventText, isRunning, type Pod, podsAt, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// Ray clusters under the real KubeRay. No construct renders them yet.

const ring = useRing(...CLUSTER, 'kuberay');

function cluster(name: string, workers: number): Manifest {
  const head = { ...trainerPod({ name: 'ray-head', gpus: 0, tolerations: [] }), restartPolicy: 'Always' };
  const worker = { ...trainerPod({ name: 'ray-worker' }), restartPolicy: 'Always' };
  const group = { groupName: 'gpu', replicas: workers, minReplicas: 0, maxReplicas: 4, rayStartParams: {} };
  return {
    apiVersion: 'ray.io/v1',
    kind: 'RayCluster',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      rayVersion: '2.52.0',
      headGroupSpec: { rayStartParams: {}, template: { spec: head } },
      workerGroupSpecs: [{ ...group, template: { spec: worker } }],
    },
  };
}

beforeAll(async () => {
  // The container that waits for the head is its own, with a security context copied from the worker's.
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(ring.api, [cpuNode('plain', { resources: { cpu: '30', memory: '600Gi' } })]);
  await addNodes(
    ring.api,
    ['a', 'b'].map((name) => gpuNode(name, MACHINE)),
  );
});

test('workers run on GPU nodes and find the head, which does not', async () => {
  const ray = cluster('ray', 2);
  await ring.api.apply(ray);
  const all = (await ring.until(PODS, 'a head and two workers running', (found) =>
    (found as Pod[]).filter(isRunning).length === 3 ? undefined : describePods(found as Pod[]),
  )) as Pod[];
  const [head] = all.filter(({ metadata }) => metadata.labels?.['ray.io/node-type'] === 'head');
  const workers = all.filter(({ metadata }) => metadata.labels?.['ray.io/node-type'] === 'worker');
  expect(head.spec.nodeName).toBe('plain');
  expect(workers.map(({ spec }) => spec.nodeName).sort()).toEqual(['a', 'b']);
  const services = (await ring.api.list({ apiVersion: 'v1', kind: 'Service', namespace: NAMESPACE })).items;
  for (const worker of workers) {
    const { RAY_ADDRESS, FQ_RAY_IP } = environmentOf(worker);
    expect(RAY_ADDRESS).toBe(`${FQ_RAY_IP}:6379`);
    expect(podsAt(FQ_RAY_IP.split('.')[0], all, services)).toEqual([head]);
    expect(JSON.stringify(worker.spec.containers[0].args)).toContain('--num-gpus=8');
    expect(worker.spec.tolerations).toContainEqual(GPU_TOLERATION);
  }
  const ports = (services[0].spec as { ports: { name: string; port: number }[] }).ports;
  expect(ports.map(({ name, port }) => [name, port])).toEqual(
    expect.arrayContaining([
      ['gcs-server', 6379],
      ['dashboard', 8265],
      ['client', 10001],
    ]),
  );
  expect(await warningsIn(ring.api, NAMESPACE, /^FailedCreate|^FailedToCreate/)).toEqual([]);
  expect(await changesOfApplyingAgain(ring.api, [ray])).toEqual([]);
});

test('of more workers than a group may have, the rest is left out without a word', async () => {
  const ray = cluster('crowd', 9);
  await ring.api.apply(ray);
  const one = { apiVersion: 'ray.io/v1', kind: 'RayCluster', namespace: NAMESPACE, name: 'crowd' };
  const [{ status }] = await ring.until(one, 'KubeRay counting its workers', ([each]) =>
    (each.status as { desiredWorkerReplicas?: number } | undefined)?.desiredWorkerReplicas ? undefined : 'no count',
  );
  expect(status).toMatchObject({ desiredWorkerReplicas: 4, maxWorkerReplicas: 4 });
});

test('a group that wants more workers at least than at most is accepted, and makes no pod', async () => {
  const ray = cluster('wrong', 1);
  const [group] = (ray.spec as { workerGroupSpecs: { minReplicas: number; maxReplicas: number }[] }).workerGroupSpecs;
  group.minReplicas = 5;
  await ring.api.apply(ray);
  const events = { apiVersion: 'v1', kind: 'Event', namespace: NAMESPACE };
  await ring.until(events, 'KubeRay refusing it', (all) => {
    const words = all.map(eventText);
    const told = words.some((text) => /^InvalidRayClusterSpec: .*minReplicas 5 greater than maxReplicas 4/.test(text));
    return told ? undefined : words.join('; ');
  });
  const labels = 'ray.io/cluster=wrong';
  expect((await ring.api.list({ ...PODS, labels })).items).toEqual([]);
});

test('workers that do not tolerate the taint wait beside a head that runs', async () => {
  const ray = cluster('untolerated', 1);
  const [group] = (ray.spec as { workerGroupSpecs: { template: { spec: { tolerations: object[] } } }[] })
    .workerGroupSpecs;
  group.template.spec.tolerations = [];
  await ring.api.apply(ray);
  const whose = { namespace: NAMESPACE, labels: 'ray.io/cluster=untolerated' };
  expect(await refusal(ring, whose)).toContain('untolerated taint');
  const all = await pods(ring, whose, 'the head running', (found) =>
    found.filter(isRunning).length === 1 ? undefined : 'not yet',
  );
  expect(all.find(isRunning)?.metadata.labels).toMatchObject({ 'ray.io/node-type': 'head' });
});
