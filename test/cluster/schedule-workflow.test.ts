import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Component, Framework, Gpu, Schedule, ScheduledRetrain, TrainingBackend, TrainingRun } from 'cdk8s-ml';
import { H100_CLUSTER, MACHINE } from './fixtures/gang';
import { podsIn } from './fixtures/pods';
import { NAMESPACE, only, rendered } from './fixtures/rendered';
import { noPods, PODS, running } from './fixtures/running';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import { ApiClient } from './ring/api/api-client';
import type { Manifest } from './ring/api/manifest';
import { readManifests } from './ring/api/read-manifests';
import { CLUSTER } from './ring/components';
import { connectionOf } from './ring/components/kube-apiserver';
import { meet } from './ring/nodes/fates';
import { addNodes, cpuNode, gpuNode } from './ring/nodes/nodes';
import { isRunning, type Pod } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// A gang on a schedule where the cluster has Argo: its controller makes a workflow at every tick, and the pod that makes the
// run. No program runs on the nodes here, so the tests do what the executor in that pod would, with the rights of its account.

const ring = useRing(...CLUSTER, 'jobset', 'argo-workflows');
const ARGO = { apiVersion: 'argoproj.io/v1alpha1', namespace: NAMESPACE };
const WORKFLOWS = { ...ARGO, kind: 'Workflow' };
const JOB_SETS = { apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', namespace: NAMESPACE };
const LAUNCHER = 'app.kubernetes.io/component=launcher';
const ARGS = ['--prompt={{workflow.name}}', '{{=1+1}}'];

function scheduled(): Manifest[] {
  const components = [Component.JOBSET, Component.ARGO_WORKFLOWS];
  return rendered({ ...H100_CLUSTER, components }, (chart) => {
    new ScheduledRetrain(chart, 'nightly', {
      schedule: Schedule.expression('0 2 * * *'),
      job: TrainingRun.distributed({
        backend: TrainingBackend.JOB_SET,
        framework: Framework.pytorch(),
        numNodes: 2,
        gpuPerNode: Gpu.h100(8),
        image: 'registry.example.com/llm:v2',
        command: ['torchrun', 'train.py'],
        args: ARGS,
        cpu: Cpu.units(90),
        memory: Size.gibibytes(900),
        activeDeadline: Duration.hours(6),
      }),
    });
  });
}

/** The schedule as rendered, but for its ticks, which come every two seconds. */
function often(objects: Manifest[]): Manifest & { readonly spec: object } {
  const cronWorkflow = only(objects, 'CronWorkflow') as Manifest & { readonly spec: object };
  return { ...cronWorkflow, spec: { ...cronWorkflow.spec, schedules: ['@every 2s'] } };
}

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(ring.api, [...['a', 'b'].map((name) => gpuNode(name, MACHINE)), cpuNode('cpu')]);
  for (const object of scheduled()) if (object.kind !== 'CronWorkflow') await ring.api.apply(object);
});

beforeEach(async () => {
  await ring.api.apply(often(scheduled()));
});

afterEach(async () => {
  await removeManifests(ring.api, [often(scheduled())]);
  for (const kind of [WORKFLOWS, JOB_SETS]) await removeManifests(ring.api, (await ring.api.list(kind)).items);
  await noPods(ring);
});

/** The pods that make and watch runs. */
const executors = (count: number): Promise<Pod[]> =>
  podsIn(ring, { namespace: NAMESPACE, labels: LAUNCHER }, 'Running', count);

interface PodSpec {
  readonly initContainers?: { readonly env?: { readonly name: string; readonly value?: string }[] }[];
  readonly containers: { readonly env?: { readonly name: string; readonly value?: string }[] }[];
}

/** The object that the executor of a pod is told to apply. */
function toldTo(pod: Pod): Manifest {
  const { initContainers = [], containers } = pod.spec as PodSpec;
  const variables = [...initContainers, ...containers].flatMap(({ env = [] }) => env);
  const { value } = variables.find(({ name }) => name === 'ARGO_TEMPLATE') as { readonly value: string };
  const { action, flags, manifest } = JSON.parse(value).resource;
  expect({ action, flags }).toEqual({ action: 'apply', flags: ['--server-side'] });
  const [object] = readManifests(manifest);
  return { ...object, metadata: { ...object.metadata, namespace: NAMESPACE } };
}

/** Does what the executor does. */
async function apply(object: Manifest): Promise<void> {
  const token = await ring.api.tokenOf(only(scheduled(), 'ServiceAccount'));
  const account = ApiClient.connect({ ...connectionOf(ring.site), token });
  try {
    await account.apply(object, { fieldManager: 'kubectl' });
  } finally {
    account.close();
  }
}

const runsOf = (schedule: string) => ({ ...WORKFLOWS, labels: `workflows.argoproj.io/cron-workflow=${schedule}` });

const workflows = async (): Promise<Manifest[]> => (await ring.api.list(WORKFLOWS)).items;

test('a tick makes the run under the name of its workflow, which owns it, and its pods come', async () => {
  const [pod] = await executors(1);
  const object = toldTo(pod);
  await apply(object);
  const [workflow] = await workflows();
  expect(object.metadata).toMatchObject({
    name: workflow.metadata.name,
    ownerReferences: [{ kind: 'Workflow', name: workflow.metadata.name, uid: workflow.metadata.uid }],
  });
  const pods = await running(ring, 2, `jobset.sigs.k8s.io/jobset-name=${workflow.metadata.name}`);
  expect(pods.map(({ spec }) => (spec.containers[0] as unknown as { readonly args: string[] }).args)).toEqual([
    ARGS,
    ARGS,
  ]);
  expect(pod.spec.nodeName).toBe('cpu');
});

test('no run starts beside another, and the next one starts when that has ended', async () => {
  const [pod] = await executors(1);
  const [first] = await workflows();
  // Another schedule of the same ticks shows when they have come.
  const { metadata, spec, ...head } = often(scheduled());
  const allowing = {
    ...head,
    metadata: { ...metadata, name: 'allowing' },
    spec: { ...spec, concurrencyPolicy: 'Allow' },
  };
  await ring.api.apply(allowing);
  await ring.until(runsOf('allowing'), 'three ticks', (all) => (all.length >= 3 ? undefined : `${all.length} runs`));
  await removeManifests(ring.api, [allowing]);
  const runs = (await ring.api.list(runsOf('nightly'))).items;
  expect(runs.map((run) => run.metadata.name)).toEqual([first.metadata.name]);
  await meet(ring.api, pod, { exitCode: 0 });
  await ring.until(runsOf('nightly'), 'another run', (all) => (all.length > 1 ? undefined : 'one'));
});

test('a pod that is lost is made again, finds its run, and the tick goes on', async () => {
  const [pod] = await executors(1);
  const object = toldTo(pod);
  await apply(object);
  await meet(ring.api, pod, { disrupted: 'NodeShutdown' });
  const all = await ring.until({ ...PODS, labels: LAUNCHER }, 'another pod running', (pods) =>
    (pods as Pod[]).some((each) => each.metadata.name !== pod.metadata.name && isRunning(each)) ? undefined : 'none',
  );
  const again = (all as Pod[]).find(({ metadata }) => metadata.name !== pod.metadata.name)!;
  expect(toldTo(again)).toEqual(object);
  await apply(object);
  expect((await ring.api.list(JOB_SETS)).items).toHaveLength(1);
  expect(await workflows()).toHaveLength(1);
});

/** Ends a pod as Argo's executor ends when it gives up, with its words. */
async function givesUp(pod: Pod, message: string): Promise<void> {
  const terminated = { exitCode: 64, reason: 'Error', message };
  const status = { name: 'main', image: 'argoexec', imageID: '', ready: false, restartCount: 0, state: { terminated } };
  await ring.api.patch(pod, { status: { phase: 'Failed', containerStatuses: [status] } }, 'status');
}

test.each([
  ['has failed', "failure condition '{status.terminalState == [Failed]}' evaluated true"],
  ['was removed', 'The resource has been deleted while its status was still being checked. Will not be retried: none'],
])('a run that %s is not made again', async (_, message) => {
  const [pod] = await executors(1);
  const [workflow] = await workflows();
  await givesUp(pod, message);
  await ring.until({ ...WORKFLOWS, name: workflow.metadata.name }, 'the workflow failing', ([{ status }]) => {
    const { phase } = (status ?? {}) as { readonly phase?: string };
    return phase === 'Failed' ? undefined : String(phase);
  });
});

test('a run goes with its workflow', async () => {
  const [pod] = await executors(1);
  await apply(toldTo(pod));
  await removeManifests(ring.api, [often(scheduled())]);
  await removeManifests(ring.api, await workflows());
  await ring.until(JOB_SETS, 'the run being gone', (all) => (all.length === 0 ? undefined : `${all.length} there`));
});

test('the account may not touch another kind', async () => {
  const [pod] = await executors(1);
  const { metadata } = toldTo(pod);
  const { name, namespace } = metadata;
  await expect(
    apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } } as Manifest),
  ).rejects.toThrow(/403.*cannot patch resource "configmaps"/);
});
