import { MACHINE } from './fixtures/gang';
import { NAMESPACE } from './fixtures/rendered';
import { noPods, PODS } from './fixtures/running';
import { trainerPod } from './fixtures/trainer-pod';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { describePods, isRunning, type Pod, podsAt, unschedulable, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// MPIJobs under the MPI operator, on nodes that all have GPUs and their taint.

const ring = useRing(...CLUSTER, 'mpi-operator');

const apiVersion = 'kubeflow.org/v2beta1';

function mpiJob(name: string, launcherTolerations?: object[]): Manifest {
  const launcher = trainerPod({ name: 'launcher', gpus: 0, tolerations: launcherTolerations });
  const Launcher = { replicas: 1, restartPolicy: 'Never', template: { spec: launcher } };
  const Worker = { replicas: 2, restartPolicy: 'Never', template: { spec: trainerPod({ name: 'worker' }) } };
  return {
    apiVersion,
    kind: 'MPIJob',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      slotsPerWorker: 8,
      runPolicy: { cleanPodPolicy: 'Running' },
      sshAuthMountPath: '/home/run/.ssh',
      mpiReplicaSpecs: { Launcher, Worker },
    },
  };
}

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    ['a', 'b'].map((name) => gpuNode(name, MACHINE)),
  );
});

const made: Manifest[] = [];

afterEach(async () => {
  await removeManifests(ring.api, made.splice(0));
  await noPods(ring);
});

async function start(job: Manifest): Promise<Manifest> {
  await ring.api.apply(job);
  made.push(job);
  return job;
}

/** The launcher and the workers, when the job is as far as `missing` says. */
async function pods(awaited: string, holds: (launcher: Pod, workers: Pod[]) => boolean): Promise<[Pod, Pod[]]> {
  const roles = (all: Manifest[]): [Pod | undefined, Pod[]] => {
    const of = (role: string) =>
      (all as Pod[]).filter(({ metadata }) => metadata.labels?.['training.kubeflow.org/job-role'] === role);
    const workers = of('worker').sort((one, other) => one.metadata.name!.localeCompare(other.metadata.name!));
    return [of('launcher')[0], workers];
  };
  const all = await ring.until(PODS, awaited, (now) => {
    const [launcher, workers] = roles(now);
    return launcher && holds(launcher, workers) ? undefined : describePods(now as Pod[]);
  });
  const [launcher, workers] = roles(all);
  return [launcher!, workers];
}

test('workers have names that the host file of the launcher lists', async () => {
  const { metadata } = await start(mpiJob('bert'));
  const [launcher, workers] = await pods(
    'all running',
    (one, others) => [one, ...others].filter(isRunning).length === 3,
  );
  const file = await ring.api.get({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, name: 'bert-config' },
  });
  const lines = (file.object.data as { hostfile: string }).hostfile.trim().split('\n');
  expect(lines).toEqual(workers.map((_worker, index) => `bert-worker-${index}.bert.${NAMESPACE}.svc slots=8`));
  const { items: services } = await ring.api.list({ ...PODS, kind: 'Service' });
  for (const [index, worker] of workers.entries()) {
    expect(podsAt(`bert-worker-${index}.bert`, [launcher, ...workers], services)).toEqual([worker]);
    expect(worker.spec.containers[0].volumeMounts).toContainEqual(
      expect.objectContaining({ mountPath: '/home/run/.ssh' }),
    );
  }
  expect(new Set(workers.map(({ spec }) => spec.nodeName)).size).toBe(2);
  expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate/)).toEqual([]);
});

test('the workers go when the launcher is done', async () => {
  const job = await start(mpiJob('done'));
  const [launcher] = await pods('all running', (one, others) => [one, ...others].filter(isRunning).length === 3);
  await meet(ring.api, launcher, { exitCode: 0 });
  await pods('workers being gone', (_launcher, workers) => workers.length === 0);
  const { status } = (await ring.api.get(job)).object as unknown as { status: { conditions: object[] } };
  expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'Succeeded', status: 'True' }));
});

test('a launcher without the toleration never starts, while its workers hold their GPUs', async () => {
  await start(mpiJob('stuck', []));
  const isLeftOver = (launcher: Pod, workers: Pod[]): boolean =>
    unschedulable(launcher) !== undefined && workers.filter(isRunning).length === 2;
  const [launcher] = await pods('the launcher being left over', isLeftOver);
  expect(unschedulable(launcher)).toMatch(/2 node\(s\) had untolerated taint/);
});
