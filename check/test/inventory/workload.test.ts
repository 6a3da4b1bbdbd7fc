import { inventoryOf } from './inventory-of';

const template = (gpus: number): object => ({
  metadata: { labels: { app: 'a' } },
  spec: { containers: [{ name: 'main', image: 'a', resources: { limits: { 'nvidia.com/gpu': gpus } } }] },
});
const read = (apiVersion: string, kind: string, metadata: object, spec: object) =>
  inventoryOf(JSON.stringify({ apiVersion, kind, metadata: { name: 'x', ...metadata }, spec })).workloads[0];
const job = (metadata: object, spec: object = {}) =>
  read('batch/v1', 'Job', metadata, { template: template(1), ...spec });

test('a workload has the pods and accelerators of all its roles together', () => {
  const workload = read(
    'kubeflow.org/v1',
    'PyTorchJob',
    {},
    {
      pytorchReplicaSpecs: { Master: { template: template(4) }, Worker: { replicas: 3, template: template(2) } },
    },
  );
  expect(workload.roles.map(({ name, count }) => [name, count])).toEqual([
    ['Master', 1],
    ['Worker', 3],
  ]);
  expect([workload.podCount, workload.deviceCount]).toEqual([4, 10]);
  expect(workload.pods.map(({ role }) => role.name)).toEqual(['Master', 'Worker']);
  expect(workload.pods[0].workload).toBe(workload);
  expect(workload.pods).toBe(workload.pods);
});

test('the number of pods is that of the manifest, none where it says so, and one where it cannot be read', () => {
  expect(job({}, { parallelism: 5 }).podCount).toBe(5);
  expect(job({}, { parallelism: 0 }).podCount).toBe(0);
  expect(job({}, { parallelism: 'five' }).podCount).toBe(1);
  expect(job({}).podCount).toBe(1);
});

test('a queue is that of Kueue, else that of Volcano', () => {
  const kueue = { 'kueue.x-k8s.io/queue-name': 'research' };
  const volcano = { 'scheduling.volcano.sh/queue-name': 'batch' };
  expect(job({ labels: kueue }).queueName).toBe('research');
  expect(job({ annotations: volcano }).queueName).toBe('batch');
  expect(job({ labels: kueue, annotations: volcano }).queueName).toBe('research');
  expect(job({ annotations: kueue, labels: volcano }).queueName).toBeUndefined();
  expect(job({}).queueMetadata.place).toBe('metadata');
});

test('bounds have the number and the place, also where there is none', () => {
  const { bounds, isGang, timetable, scalable } = job({}, { backoffLimit: 'many', ttlSecondsAfterFinished: 60 });
  expect([bounds.ttl?.value, bounds.ttl?.field.place]).toEqual([60, 'spec.ttlSecondsAfterFinished']);
  expect([bounds.retries?.value, bounds.retries?.field.exists]).toEqual([undefined, true]);
  expect([bounds.deadline?.value, bounds.deadline?.field.exists]).toEqual([undefined, false]);
  expect([isGang, timetable, scalable]).toEqual([false, undefined, undefined]);
});

test('what has no end has no bounds, and says where its replicas are counted', () => {
  const server = read('apps/v1', 'Deployment', {}, { replicas: 2, selector: {}, template: template(1) });
  expect(server.bounds).toEqual({});
  expect(server.isGang).toBe(false);
  expect(server.scalable?.place).toBe('spec.replicas');
  expect([server.is('Deployment', 'apps'), server.is('Deployment', ''), server.is('Job', 'apps')]).toEqual([
    true,
    false,
    false,
  ]);
});
