import {
  type ClusterProfileProps,
  Component,
  type DistributedTrainingProps,
  Framework,
  GangScheduler,
  KubernetesVersion,
  Provider,
  TrainingBackend,
} from 'cdk8s-ml';
import { BACKEND_TABLE } from '../../src/training/backends/table';
import { gang, MACHINE } from './fixtures/gang';
import { NAMESPACE, only } from './fixtures/rendered';
import { noPods, running } from './fixtures/running';
import { applyRunLast, reserveNodes, waitingWhole } from './fixtures/waiting-gang';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { acceptManifests } from './ring/accept/accept-manifests';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import { installCrdsFor } from './ring/api/crds';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { useRingOf } from './ring/use-ring';

// Gangs under the scheduler of Kubernetes itself, with the alpha API for groups switched on, which is another one in each version.

type Kind = [kind: string, backend: TrainingBackend, framework?: Framework];

const KINDS: Kind[] = [
  ['Job', TrainingBackend.INDEXED_JOB],
  ['JobSet', TrainingBackend.JOB_SET],
  ['TrainJob', TrainingBackend.TRAIN_JOB],
  ['PyTorchJob', TrainingBackend.PYTORCH_JOB],
  ['JAXJob', TrainingBackend.JAX_JOB, Framework.jax()],
  ['XGBoostJob', TrainingBackend.XGBOOST_JOB, Framework.xgboost()],
  ['TFJob', TrainingBackend.TF_JOB, Framework.tensorflow()],
  ['MPIJob', TrainingBackend.MPI_JOB, Framework.mpi()],
  ['RayJob', TrainingBackend.RAY_JOB, Framework.ray()],
];

/** Kinds whose operators know the field of a version. */
const carriedIn = (version: KubernetesVersion): Kind[] =>
  KINDS.filter(([, backend]) => BACKEND_TABLE[backend].workloadApi.includes(version));

const profileOf = (kubernetes: KubernetesVersion): Partial<ClusterProfileProps> => ({
  kubernetes,
  provider: Provider.ON_PREMISES,
  components: Object.values(Component),
  gangScheduler: { scheduler: GangScheduler.WORKLOAD_API },
  pools: {},
});

const GATES = ['GenericWorkload', 'GangScheduling'];

describe('the API server of 1.36', () => {
  const version = KubernetesVersion.V1_36;
  const ring = useRingOf({ line: version, gates: GATES, apis: ['scheduling.k8s.io/v1alpha2'] });

  test.each(carriedIn(version))('takes a %s with its group', async (_, backend, framework = Framework.pytorch()) => {
    const objects = gang(profileOf(version), { run: 'v1', backend, framework, command: ['train'] });
    expect(objects.map(({ kind }) => kind)).toContain('PodGroup');
    await installCrdsFor(ring.api, objects);
    await acceptManifests(ring.api, objects);
  });
});

describe('the scheduler of 1.35', () => {
  const version = KubernetesVersion.V1_35;
  const ring = useRingOf(
    { line: version, gates: GATES, apis: ['scheduling.k8s.io/v1alpha1'] },
    ...CLUSTER,
    'jobset',
    'mpi-operator',
    'kuberay',
  );
  const profile = profileOf(version);
  const made: Manifest[] = [];

  beforeAll(async () => {
    await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
    await addNodes(
      ring.api,
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => gpuNode(name, MACHINE)),
    );
  });

  beforeEach(() => reserveNodes(ring, true));

  afterEach(async () => {
    await removeManifests(ring.api, made.splice(0));
    await noPods(ring);
  });

  /** Starts a gang, and gives all that it is made of. */
  async function start(
    props: Partial<DistributedTrainingProps> & { readonly run: string },
    kind: string,
  ): Promise<Manifest[]> {
    const manifests = gang(profile, { command: ['train'], numNodes: 4, ...props }, ['TRN061']);
    await applyRunLast(ring, manifests, only(manifests, kind));
    made.push(...manifests);
    return manifests;
  }

  const of = (run: string): string => `cdk8s-ml.dev/run=${run}`;

  test.each(carriedIn(version))(
    'all pods of a %s start, or none',
    async (kind, backend, framework = Framework.pytorch()) => {
      const run = kind.toLowerCase();
      const manifests = await start({ run, backend, framework }, kind);
      const count = ['MPIJob', 'RayJob'].includes(kind) ? 5 : 4;
      await waitingWhole(ring, count, of(run));
      await reserveNodes(ring, false);
      const nodes = (await running(ring, count, of(run))).map(({ spec }) => spec.nodeName);
      expect(new Set(nodes).size).toBeGreaterThanOrEqual(4);
      expect(await changesOfApplyingAgain(ring.api, [only(manifests, 'Workload')])).toEqual([]);
    },
  );

  // Both at once may hold a part of the nodes each until the scheduler gives up after five minutes, and tries anew.
  test('a gang for which there is room in part starts nothing beside one that runs', async () => {
    await reserveNodes(ring, false);
    await start({ run: 'one' }, 'Job');
    await running(ring, 4, of('one'));
    await start({ run: 'two' }, 'Job');
    await waitingWhole(ring, 4, of('two'));
    await running(ring, 4, of('one'));
  });

  test('a pod that is made again while the others run joins them', async () => {
    await reserveNodes(ring, false);
    await start({ run: 'again', failOnExitCodes: [3] }, 'Job');
    const before = await running(ring, 4, of('again'));
    await meet(ring.api, before[1], { disrupted: 'NodeShutdown' });
    await running(ring, 1, of('again'), before);
  });

  test('a kind whose schema does not know the field has none', async () => {
    const { gangScheduler: _, ...plain } = profile;
    const jobSet = only(gang(plain, { run: 'lost', backend: TrainingBackend.JOB_SET }), 'JobSet');
    const text = JSON.stringify(jobSet).replace(
      '"restartPolicy":"Never"',
      '"restartPolicy":"Never","workloadRef":{"name":"lost","podGroup":"gang"}',
    );
    await expect(ring.api.create(JSON.parse(text) as Manifest, { dryRun: true })).rejects.toThrow(
      /unknown field .*workloadRef/,
    );
  });
});
