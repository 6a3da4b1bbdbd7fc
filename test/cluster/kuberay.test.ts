import { MACHINE } from './fixtures/gang';
import { NAMESPACE } from './fixtures/rendered';
import { PODS } from './fixtures/running';
import { trainerPod } from './fixtures/trainer-pod';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { addNodes, cpuNode, gpuNode } from './ring/nodes/nodes';
import { describePods, environmentOf, isRunning, type Pod, podsAt } from './ring/nodes/pods';
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
  await addNodes(ring.api, [cpuNode('plain', { resources: { cpu: '30', memory: '200Gi' } })]);
  await addNodes(
    ring.api,
    ['a', 'b'].map((name) => gpuNode(name, MACHINE)),
  );
});

test('workers run on GPU nodes and find the head, which does not', async () => {
  const ray = cluster('ray', 2);
  await ring.api.apply(ray);
  const pods = (await ring.until(PODS, 'a head and two workers running', (all) =>
    (all as Pod[]).filter(isRunning).length === 3 ? undefined : describePods(all as Pod[]),
  )) as Pod[];
  const [head] = pods.filter(({ metadata }) => metadata.labels?.['ray.io/node-type'] === 'head');
  const workers = pods.filter(({ metadata }) => metadata.labels?.['ray.io/node-type'] === 'worker');
  expect(head.spec.nodeName).toBe('plain');
  expect(workers.map(({ spec }) => spec.nodeName).sort()).toEqual(['a', 'b']);
  const services = (await ring.api.list({ apiVersion: 'v1', kind: 'Service', namespace: NAMESPACE })).items;
  for (const worker of workers) {
    const { RAY_ADDRESS, FQ_RAY_IP } = environmentOf(worker);
    expect(RAY_ADDRESS).toBe(`${FQ_RAY_IP}:6379`);
    expect(podsAt(FQ_RAY_IP.split('.')[0], pods, services)).toEqual([head]);
    expect(JSON.stringify(worker.spec.containers[0].args)).toContain('--num-gpus=8');
  }
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
