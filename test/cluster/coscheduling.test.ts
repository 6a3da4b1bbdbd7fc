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
import { applyRunLast, reserveNodes, waitingWhole } from './fixtures/waiting-gang';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { describePods, isRunning, type Pod } from './ring/nodes/pods';
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

beforeEach(() => reserveNodes(ring, true));

afterEach(async () => {
  await removeManifests(ring.api, made.splice(0));
  await noPods(ring);
});

const GROUPED: Partial<ClusterProfileProps> = {
  provider: Provider.ON_PREMISES,
  components: [Component.JOBSET, Component.TRAINER, Component.TRAINING_OPERATOR],
  gangScheduler: { scheduler: GangScheduler.COSCHEDULING },
  pools: {},
};

type Run = Partial<DistributedTrainingProps> & { readonly run: string };

/** Starts a gang, and gives all that it is made of. */
async function start(props: Run, kind: string): Promise<Manifest[]> {
  const manifests = gang(GROUPED, { backend: TrainingBackend.JOB_SET, ...props });
  await applyRunLast(ring, manifests, only(manifests, kind));
  made.push(...manifests);
  return manifests;
}

const of = (run: string): string => `cdk8s-ml.dev/run=${run}`;

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
  expect(await waitingWhole(ring, 4, of(run))).toMatch(/3 Insufficient|untolerated taint|reject/);
  await reserveNodes(ring, false);
  expect(new Set((await running(ring, 4, of(run))).map(({ spec }) => spec.nodeName)).size).toBe(4);
  expect(await changesOfApplyingAgain(ring.api, [only(manifests, 'PodGroup')])).toEqual([]);
});

test('of two gangs that do not fit together one runs, and the other holds nothing', async () => {
  for (const run of ['one', 'two']) await start({ run, numNodes: 4 }, 'JobSet');
  await waitingWhole(ring, 4, of('one'));
  await waitingWhole(ring, 4, of('two'));
  await reserveNodes(ring, false);
  const all = (await ring.until(PODS, 'one gang running', (pods) =>
    (pods as Pod[]).filter(isRunning).length === 4 ? undefined : describePods(pods as Pod[]),
  )) as Pod[];
  const runs = all
    .filter(({ spec }) => spec.nodeName !== undefined)
    .map(({ metadata }) => metadata.labels!['cdk8s-ml.dev/run']);
  expect(new Set(runs).size).toBe(1);
});

test('a gang that starts again as a whole is placed as a whole', async () => {
  await reserveNodes(ring, false);
  await start({ run: 'again', numNodes: 4, restartScope: undefined }, 'JobSet');
  const before = await running(ring, 4, of('again'));
  await meet(ring.api, before[1], { disrupted: 'NodeShutdown' });
  await running(ring, 4, of('again'), before);
});
