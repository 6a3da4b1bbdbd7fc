import { Duration } from 'cdk8s';
import { Checkpoints, Component, Delivery, type DistributedTrainingProps, Framework, TrainingBackend } from 'cdk8s-ml';
import { mayReach } from '../rendezvous/network';
import { sharedClaim } from './fixtures/claims';
import { gang, MACHINE } from './fixtures/gang';
import { surroundings } from './fixtures/meetings';
import { OperatorRuns } from './fixtures/operator-runs';
import { NAMESPACE, only } from './fixtures/rendered';
import { PODS } from './fixtures/running';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, podSecurity, RESTRICTED } from './ring/accept/namespaces';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { addNodes, cpuNode, gpuNode } from './ring/nodes/nodes';
import { describePods, environmentOf, isRunning, type Pod, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// MPIJobs v1 of ours under the training operator, where the MPI operator is not: in a namespace at the level baseline, and last at restricted.

const ring = useRing(...CLUSTER, 'training-operator-with-mpi');
const runs = new OperatorRuns(ring, 'MPIJob');

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, podSecurity('baseline'));
  await addNodes(ring.api, [cpuNode('small'), ...['a', 'b'].map((name) => gpuNode(name, MACHINE))]);
  for (const object of sharedClaim('checkpoints')) await ring.api.apply(object);
});

afterEach(() => runs.cleanUp());

const checkpoints = Checkpoints.claim('checkpoints');

function mpiJob(props: Partial<DistributedTrainingProps> & { readonly run: string }, delivery?: Delivery): Manifest[] {
  return gang(
    { components: [Component.TRAINING_OPERATOR], delivery, trainingBackend: TrainingBackend.MPI_JOB_V1 },
    { framework: Framework.mpi(), command: ['mpirun', 'python', 'train.py'], ...props },
    ['TRN060'],
  );
}

const isLauncher = ({ metadata }: Pod) => metadata.labels?.['training.kubeflow.org/replica-type'] === 'launcher';

async function allRunning(job: Manifest, count = 3): Promise<[launcher: Pod, nodes: Pod[]]> {
  const pods = await runs.allRunning(job, count);
  return [pods.find(isLauncher)!, pods.filter((pod) => !isLauncher(pod))];
}

/** Waits until one pod is left; those that are removed end first. */
async function left(expected: string): Promise<void> {
  await ring.until(PODS, `${expected} being left`, (now) => {
    const names = (now as Pod[]).map(({ metadata, status }) => `${metadata.name} ${status.phase}`);
    return names.join() === expected ? undefined : `${names.join(', ')} are left`;
  });
}

interface Rule {
  readonly verbs: string[];
  readonly resources: string[];
  readonly resourceNames?: string[];
}

test('the launcher knows every node, and may start processes in them and in no other pod', async () => {
  const manifests = mpiJob({ run: 'met', checkpoints });
  const job = await runs.start(manifests);
  const [launcher, nodes] = await allRunning(job);
  const names = nodes.map(({ metadata }) => metadata.name!);
  expect(names).toEqual(['llm-met-worker-0', 'llm-met-worker-1']);
  const at = { namespace: NAMESPACE };
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...at, name: 'llm-met-config' } };
  const data = (await ring.api.get(config)).object.data as { [file: string]: string };
  expect(data.hostfile.trim().split('\n')).toEqual(names.map((name) => `${name} slots=8`));
  expect(data['kubexec.sh']).toContain('/opt/kube/kubectl exec ${POD_NAME} -- /bin/sh -c "$*"');
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { ...at, name: 'llm-met-launcher' },
  };
  const { rules } = (await ring.api.get(role)).object as unknown as { rules: Rule[] };
  expect(rules.filter(({ verbs }) => verbs.includes('create'))).toEqual([
    expect.objectContaining({ resources: ['pods/exec'], resourceNames: names }),
  ]);
  const { serviceAccountName, volumes = [] } = launcher.spec as { serviceAccountName?: string } & Pod['spec'];
  expect(serviceAccountName).toBe('llm-met-launcher');
  expect(volumes.some(({ name }) => name.startsWith('kube-api-access-'))).toBe(true);
  expect(nodes.flatMap(({ spec }) => spec.volumes!.filter(({ name }) => name.startsWith('kube-api-access-')))).toEqual(
    [],
  );
  expect(environmentOf(launcher)).toMatchObject({
    RUN: 'llm-met',
    CHECKPOINT_DIR: '/ckpt/llm-met',
    NUM_PROCESSES: '16',
    OMPI_MCA_plm_rsh_agent: '/etc/mpi/kubexec.sh',
    OMPI_MCA_orte_default_hostfile: '/etc/mpi/hostfile',
  });
  // What `kubectl exec` starts has the environment of the container.
  expect(environmentOf(nodes[0])).toMatchObject({ RUN: 'llm-met', CHECKPOINT_DIR: '/ckpt/llm-met' });
  expect(launcher.spec.nodeName).toBe('small');
  expect(nodes.map(({ spec }) => spec.nodeName).sort()).toEqual(['a', 'b']);
  const { policies } = await surroundings(ring);
  for (const from of [launcher, ...nodes])
    for (const to of [launcher, ...nodes]) expect(mayReach(from, to, 20000, policies)).toBe(true);
  expect(await changesOfApplyingAgain(ring.api, manifests)).toEqual([]);
  expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate|violates/)).toEqual([]);
});

test('a run has succeeded with its launcher, and its nodes go', async () => {
  const job = await runs.start(mpiJob({ run: 'done' }));
  const [launcher] = await allRunning(job);
  await meet(ring.api, launcher, { exitCode: 0 });
  await runs.has(job, 'Succeeded');
  await left('llm-done-launcher Succeeded');
});

test('without retries the first failure of the launcher ends the run', async () => {
  const job = await runs.start(mpiJob({ run: 'failed' }));
  const [launcher] = await allRunning(job);
  await meet(ring.api, launcher, { exitCode: 1 });
  await runs.has(job, 'Failed');
  await left('llm-failed-launcher Failed');
});

test('with retries the launcher starts again where it is, and its run may succeed', async () => {
  const job = await runs.start(mpiJob({ run: 'retried', checkpoints, backoffLimit: 2 }));
  const [launcher] = await allRunning(job);
  await runs.restarted([launcher], 2);
  await meet(ring.api, launcher, { exitCode: 0 });
  await runs.has(job, 'Succeeded');
});

test.each([
  ['the launcher', 'launcher', isLauncher],
  ['a node', 'node', (pod: Pod) => !isLauncher(pod)],
])('restarts of %s count, and one too many ends the run', async (_what, run, is) => {
  const job = await runs.start(mpiJob({ run: `worn-${run}`, checkpoints, backoffLimit: 1 }));
  const [launcher, nodes] = await allRunning(job);
  await meet(ring.api, [launcher, ...nodes].find(is)!, { restarts: 2 });
  expect(await runs.has(job, 'Failed')).toContain('reached the specified backoff limit');
});

test('a node that the kubelet ends ends the run, whatever its retries', async () => {
  const job = await runs.start(mpiJob({ run: 'ended', checkpoints, backoffLimit: 5 }));
  const [, nodes] = await allRunning(job);
  await meet(ring.api, nodes[1], { disrupted: 'NodeShutdown' });
  expect(await runs.has(job, 'Failed')).toContain('1 Worker replica(s) failed');
});

test.each([
  ['a node', 'drained', (pod: Pod) => !isLauncher(pod)],
  ['the launcher', 'off', isLauncher],
])('%s that is drained ends the run, or is made again where the operator missed its end', async (_what, run, is) => {
  const job = await runs.start(mpiJob({ run, checkpoints, backoffLimit: 5 }));
  const [launcher, nodes] = await allRunning(job);
  const { metadata } = [launcher, ...nodes].find(is)!;
  await ring.api.evict({ apiVersion: 'v1', kind: 'Pod', metadata });
  await runs.untilFailed(job, async (status) => {
    const pods = (await ring.api.list(PODS)).items;
    const isNew = pods.some((pod) => pod.metadata.name === metadata.name && pod.metadata.uid !== metadata.uid);
    return isNew ? undefined : status;
  });
});

test('launcher and nodes end themselves after the deadline, which the operator else overlooks', async () => {
  const job = await runs.start(mpiJob({ run: 'late', activeDeadline: Duration.seconds(5) }));
  const pods = await runs.podsOf(job, 3);
  expect(pods.map(({ spec }) => (spec as { activeDeadlineSeconds?: number }).activeDeadlineSeconds)).toEqual([
    15, 15, 15,
  ]);
});

test('its TTL removes the run', async () => {
  const rendered = only(mpiJob({ run: 'ttl' }, Delivery.CREATE_ONCE), 'MPIJob');
  const spec = rendered.spec as { runPolicy: { ttlSecondsAfterFinished: number } };
  expect(spec.runPolicy.ttlSecondsAfterFinished).toBe(86400);
  const job = { ...rendered, spec: { ...spec, runPolicy: { ...spec.runPolicy, ttlSecondsAfterFinished: 2 } } };
  await runs.start([job]);
  const [launcher] = await allRunning(job);
  await meet(ring.api, launcher, { exitCode: 0 });
  await runs.removed(job);
});

test('the longest name has all its pods', async () => {
  const longest = (length: number): Manifest[] => {
    try {
      return mpiJob({ run: 'x'.repeat(30), name: 'n'.repeat(length) });
    } catch (error) {
      if (!/KUB021|COR00[45]/.test(String(error))) throw error;
      return longest(length - 1);
    }
  };
  await allRunning(await runs.start(longest(40)));
});

test('where the level restricted is enforced no launcher comes, and the nodes hold their GPUs without a start time', async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  const job = await runs.start(mpiJob({ run: 'held' }));
  const nodes = await runs.podsOf(job, 2);
  expect(nodes.filter(isLauncher)).toEqual([]);
  const events = { apiVersion: 'v1', kind: 'Event', namespace: NAMESPACE };
  await ring.until(events, 'the launcher being refused', (now) =>
    now.some((event) => /violates PodSecurity.*kubectl-delivery/.test(JSON.stringify(event))) ? undefined : 'not yet',
  );
  const { object } = await ring.api.get(job);
  expect(object.status ?? {}).not.toHaveProperty('startTime');
  const pods = (await ring.api.list(PODS)).items as Pod[];
  expect(pods.every(isRunning) ? '' : describePods(pods)).toBe('');
});
