import { MACHINE } from './fixtures/gang';
import { NAMESPACE } from './fixtures/rendered';
import { trainerPod } from './fixtures/trainer-pod';
import { noPods, PODS, running } from './fixtures/running';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { environmentOf, eventText, podsAt, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// TrainJobs under the Kubeflow Trainer: the runtime gives the pods, the TrainJob the run.

const ring = useRing(...CLUSTER, 'trainer');

const apiVersion = 'trainer.kubeflow.org/v1alpha1';

/** What a platform team writes once: all that a TrainJob cannot say. */
const runtime: Manifest = {
  apiVersion,
  kind: 'TrainingRuntime',
  metadata: { name: 'llm', namespace: NAMESPACE, labels: { 'trainer.kubeflow.org/framework': 'torch' } },
  spec: {
    mlPolicy: { numNodes: 1, torch: {} },
    template: {
      spec: {
        failurePolicy: { maxRestarts: 1 },
        replicatedJobs: [
          {
            name: 'node',
            template: {
              metadata: { labels: { 'trainer.kubeflow.org/trainjob-ancestor-step': 'trainer' } },
              spec: { backoffLimit: 0, template: { metadata: {}, spec: trainerPod({ name: 'node' }) } },
            },
          },
        ],
      },
    },
  },
};

function trainJob(name: string, kind: string, runtimeName: string, trainer: object = {}): Manifest {
  const amounts = { memory: '100Gi', 'nvidia.com/gpu': '8' };
  return {
    apiVersion,
    kind: 'TrainJob',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      activeDeadlineSeconds: 259200,
      runtimeRef: { apiGroup: 'trainer.kubeflow.org', kind, name: runtimeName },
      trainer: {
        image: 'registry.example.com/llm:v4',
        numNodes: 2,
        resourcesPerNode: { limits: amounts, requests: { cpu: '8', ...amounts } },
        ...trainer,
      },
    },
  };
}

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    ['a', 'b'].map((name) => gpuNode(name, MACHINE)),
  );
  await ring.api.apply(runtime);
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

async function has({ kind, metadata }: Manifest, wanted: string): Promise<void> {
  const one = { apiVersion, kind, namespace: NAMESPACE, name: metadata.name };
  await ring.until(one, `${metadata.name} being ${wanted}`, ([{ status }]) => {
    const { conditions } = (status ?? {}) as { conditions?: { type: string; status: string }[] };
    const is = conditions?.some((condition) => condition.type === wanted && condition.status === 'True');
    return is ? undefined : `its conditions are ${JSON.stringify(conditions)}`;
  });
}

test.each([
  ['as many processes as GPUs when it says so', 'told', { numProcPerNode: 8 }, '8'],
  ['"auto" when it does not, whatever its GPUs', 'untold', {}, 'auto'],
])('every pod knows its rank and the address of the first, and has %s', async (_processes, name, parts, processes) => {
  const job = await start(trainJob(name, 'TrainingRuntime', 'llm', parts));
  const pods = await running(ring, 2);
  const { items: services } = await ring.api.list({ ...PODS, kind: 'Service' });
  for (const [rank, pod] of pods.entries()) {
    const environment = environmentOf(pod);
    expect(environment).toMatchObject({
      PET_NNODES: '2',
      PET_NPROC_PER_NODE: processes,
      PET_NODE_RANK: String(rank),
      PET_MASTER_ADDR: `${name}-node-0-0.${name}`,
      PET_MASTER_PORT: '29500',
    });
    expect(podsAt(environment.PET_MASTER_ADDR, pods, services)).toEqual([pods[0]]);
    const [container] = pod.spec.containers;
    expect(container).toMatchObject({ image: 'registry.example.com/llm:v4', command: ['torchrun', 'train.py'] });
    expect(container.resources?.limits?.['nvidia.com/gpu']).toBe('8');
    expect(container.volumeMounts).toContainEqual({ name: 'shm', mountPath: '/dev/shm' });
  }
  const [jobSet, batchJob] = await Promise.all([
    ring.api.get({ apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: job.metadata }),
    ring.api.get({ apiVersion: 'batch/v1', kind: 'Job', metadata: { ...job.metadata, name: `${name}-node-0` } }),
  ]);
  expect(jobSet.object.metadata.ownerReferences).toEqual([expect.objectContaining({ kind: 'TrainJob', name })]);
  expect(batchJob.object.spec).toMatchObject({ completionMode: 'Indexed', completions: 2, parallelism: 2 });
  expect(await changesOfApplyingAgain(ring.api, [job])).toEqual([]);
  expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate/)).toEqual([]);
});

test('a run succeeds with all its pods', async () => {
  const job = await start(trainJob('done', 'TrainingRuntime', 'llm'));
  for (const pod of await running(ring, 2)) await meet(ring.api, pod, { exitCode: 0 });
  await has(job, 'Complete');
});

test('a run starts again as a whole, as often as the runtime says, and then fails', async () => {
  const job = await start(trainJob('failing', 'TrainingRuntime', 'llm'));
  const pods = await running(ring, 2);
  await meet(ring.api, pods[1], { exitCode: 1 });
  const [first] = await running(ring, 2, undefined, pods);
  await meet(ring.api, first, { exitCode: 1 });
  await has(job, 'Failed');
});

test('the runtime that ships makes pods that a restricted namespace refuses', async () => {
  await start(trainJob('shipped', 'ClusterTrainingRuntime', 'torch-distributed'));
  const events = { ...PODS, kind: 'Event' };
  await ring.until(events, 'its pods being refused', (all) =>
    all.map(eventText).some((text) => /FailedCreate: .*"shipped-node-0.*violates PodSecurity/.test(text))
      ? undefined
      : all.map(eventText).join('; '),
  );
});

test('the webhook refuses a runtime that is not there', async () => {
  const job = trainJob('lost', 'TrainingRuntime', 'nowhere');
  await expect(ring.api.apply(job)).rejects.toThrow(/nowhere.*not found|not found.*nowhere/);
});
