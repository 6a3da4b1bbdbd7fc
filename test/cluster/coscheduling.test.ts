import {
  type ClusterProfileProps,
  Component,
  type DistributedTrainingProps,
  Framework,
  GangScheduler,
  Provider,
  TrainingBackend,
} from 'cdk8s-ml';
import { gang, MACHINE } from './fixtures/gang';
import { NAMESPACE, only } from './fixtures/rendered';
import { noPods, PODS, running } from './fixtures/running';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { describePods, isRunning, type Pod, unschedulable } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// Gangs under a second scheduler with the plugin Coscheduling, on six nodes of which three are free.

const ring = useRing(...CLUSTER, 'coscheduling', 'jobset', 'trainer', 'training-operator');

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => gpuNode(name, MACHINE)),
  );
});

const made: Manifest[] = [];

beforeEach(() => reserve(true));

afterEach(async () => {
  await removeManifests(ring.api, made.splice(0));
  await noPods(ring);
});

/** Gives the last three nodes a further taint, or takes it away. */
async function reserve(isReserved: boolean): Promise<void> {
  const gpu = { key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' };
  const taints = isReserved ? [gpu, { key: 'reserved', value: 'true', effect: 'NoSchedule' }] : [gpu];
  for (const name of ['d', 'e', 'f'])
    await ring.api.patch({ apiVersion: 'v1', kind: 'Node', metadata: { name } }, { spec: { taints } });
}

const GROUPED: Partial<ClusterProfileProps> = {
  provider: Provider.ON_PREMISES,
  components: [Component.JOBSET, Component.TRAINER, Component.TRAINING_OPERATOR],
  gangScheduler: { scheduler: GangScheduler.COSCHEDULING },
  pools: {},
};

type Run = Partial<DistributedTrainingProps> & { readonly run: string };

/** Starts a gang, everything else of it before the object that runs it. */
async function start(props: Run, kind: string): Promise<Manifest[]> {
  const manifests = gang(GROUPED, { backend: TrainingBackend.JOB_SET, ...props });
  const run = only(manifests, kind);
  for (const manifest of [...manifests.filter((one) => one !== run), run]) await ring.api.apply(manifest);
  made.push(...manifests);
  return manifests;
}

const of = (run: string): { labels: string } => ({ labels: `cdk8s-ml.dev/run=${run}` });

/** Waits until all pods of a run wait, and the scheduler has said so of one at least. */
async function waiting(run: string, count: number): Promise<string> {
  const pods = await ring.until({ ...PODS, ...of(run) }, `${count} pods of ${run} waiting`, (all) => {
    const judged = (all as Pod[]).filter((pod) => unschedulable(pod) !== undefined);
    const bound = (all as Pod[]).filter(({ spec }) => spec.nodeName !== undefined);
    return all.length === count && judged.length > 0 && bound.length === 0 ? undefined : describePods(all as Pod[]);
  });
  return (pods as Pod[]).map((pod) => unschedulable(pod) ?? '').join('\n');
}

const KINDS: [kind: string, backend: TrainingBackend, framework?: Framework][] = [
  ['Job', TrainingBackend.INDEXED_JOB],
  ['JobSet', TrainingBackend.JOB_SET],
  ['TrainJob', TrainingBackend.TRAIN_JOB],
  ['PyTorchJob', TrainingBackend.PYTORCH_JOB],
  ['JAXJob', TrainingBackend.JAX_JOB, Framework.jax()],
  ['XGBoostJob', TrainingBackend.XGBOOST_JOB, Framework.xgboost()],
];

test.each(KINDS)('all pods of a %s start, or none', async (kind, backend, framework = Framework.pytorch()) => {
  const run = kind.toLowerCase();
  const props = { run, backend, framework, command: ['train'], numNodes: 4 };
  const manifests = await start(props, kind);
  expect(await waiting(run, 4)).toMatch(/3 Insufficient|untolerated taint|reject/);
  await reserve(false);
  expect(new Set((await running(ring, 4, of(run).labels)).map(({ spec }) => spec.nodeName)).size).toBe(4);
  expect(await changesOfApplyingAgain(ring.api, [only(manifests, 'PodGroup')])).toEqual([]);
});

test('of two gangs that do not fit together one runs, and the other holds nothing', async () => {
  for (const run of ['one', 'two']) await start({ run, numNodes: 4 }, 'JobSet');
  await waiting('one', 4);
  await waiting('two', 4);
  await reserve(false);
  const all = (await ring.until(PODS, 'one gang running', (pods) =>
    (pods as Pod[]).filter(isRunning).length === 4 ? undefined : describePods(pods as Pod[]),
  )) as Pod[];
  const runs = all
    .filter(({ spec }) => spec.nodeName !== undefined)
    .map(({ metadata }) => metadata.labels!['cdk8s-ml.dev/run']);
  expect(new Set(runs).size).toBe(1);
});

test('a gang that starts again as a whole is placed as a whole', async () => {
  await reserve(false);
  await start({ run: 'again', numNodes: 4, restartScope: undefined }, 'JobSet');
  const before = await running(ring, 4, of('again').labels);
  await meet(ring.api, before[1], { disrupted: 'NodeShutdown' });
  await running(ring, 4, of('again').labels, before);
});
