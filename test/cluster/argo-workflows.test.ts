import { pods, podsIn, refusal } from './fixtures/pods';
import { NAMESPACE } from './fixtures/rendered';
import { GPU_TOLERATION, RESTRICTED_CONTAINER, RESTRICTED_POD } from './fixtures/restricted';
import { noPods, PODS } from './fixtures/running';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { type Fate, fateAnnotations, meet } from './ring/nodes/fates';
import { addNodes, cpuNode, gpuNode } from './ring/nodes/nodes';
import type { Pod } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// Workflows under the real controller of Argo: the order of their steps, their pods, retries, refusals and schedules.

const ring = useRing(...CLUSTER, 'argo-workflows');
const WORKFLOW = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow' };

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(ring.api, [gpuNode('gpu', 'g6e.12xlarge'), cpuNode('cpu')]);
});

const made: Manifest[] = [];

afterEach(async () => {
  await removeManifests(ring.api, made.splice(0));
  await noPods(ring);
});

interface StepOptions {
  readonly gpus?: number;
  readonly tolerations?: object[];
  readonly retries?: number;
  readonly fate?: Fate;
}

/** A template of one container, with all that a restricted namespace asks of it. */
function step(name: string, { gpus, tolerations, retries, fate }: StepOptions = {}): object {
  const gpu = gpus === undefined ? {} : { 'nvidia.com/gpu': String(gpus) };
  return {
    name,
    metadata: { labels: { step: name }, annotations: fateAnnotations(fate ?? {}) },
    tolerations,
    retryStrategy: retries === undefined ? undefined : { limit: String(retries), retryPolicy: 'OnFailure' },
    container: {
      image: 'registry.example.com/step:v1',
      command: ['python', `${name}.py`],
      resources: { requests: { cpu: '1', memory: '2Gi', ...gpu }, limits: { memory: '2Gi', ...gpu } },
      securityContext: RESTRICTED_CONTAINER,
    },
  };
}

/** Steps of a DAG, each with those that it waits for. */
interface Dag {
  readonly [step: string]: string[];
}

function specOf(dag: Dag, templates: object[]): object {
  const tasks = Object.entries(dag).map(([name, dependencies]) => ({ name, template: name, dependencies }));
  return {
    entrypoint: 'main',
    securityContext: RESTRICTED_POD,
    templates: [{ name: 'main', dag: { tasks } }, ...templates],
  };
}

async function start(name: string, spec: object): Promise<Manifest> {
  const workflow = { ...WORKFLOW, metadata: { name, namespace: NAMESPACE }, spec };
  await ring.api.apply(workflow);
  made.push(workflow);
  return workflow;
}

interface WorkflowStatus {
  readonly phase?: string;
  readonly message?: string;
  readonly nodes?: {
    readonly [id: string]: { readonly displayName: string; readonly phase: string; readonly message?: string };
  };
}

/** Waits until a workflow is in a phase, and gives its status. */
async function ended({ metadata }: Manifest, phase: string): Promise<WorkflowStatus> {
  const one = { ...WORKFLOW, namespace: NAMESPACE, name: metadata.name };
  const [found] = await ring.until(one, `workflow ${metadata.name} being ${phase}`, ([object]) => {
    const status = (object?.status ?? {}) as WorkflowStatus;
    return status.phase === phase ? undefined : `it is ${status.phase}: ${status.message}`;
  });
  return found.status as WorkflowStatus;
}

const of = (name: string) => ({ namespace: NAMESPACE, labels: `step=${name}` });

async function running(name: string): Promise<Pod> {
  const [pod] = await podsIn(ring, of(name), 'Running', 1);
  return pod;
}

async function names(): Promise<string[]> {
  const { items } = await ring.api.list(PODS);
  return items.map(({ metadata }) => metadata.labels!.step).sort();
}

test('steps run one after the other, the one on GPUs on a GPU node', async () => {
  const workflow = await start(
    'pipeline',
    specOf({ prep: [], train: ['prep'], evaluate: ['train'] }, [
      step('prep'),
      step('train', { gpus: 2, tolerations: [GPU_TOLERATION] }),
      step('evaluate'),
    ]),
  );
  const prep = await running('prep');
  expect(await names()).toEqual(['prep']);
  expect(prep.spec.nodeName).toBe('cpu');
  await meet(ring.api, prep, { exitCode: 0 });

  const train = await running('train');
  expect(await names()).toEqual(['prep', 'train']);
  expect(train.spec.nodeName).toBe('gpu');
  expect(train.spec.tolerations).toContainEqual(GPU_TOLERATION);
  expect(train.spec.containers.map(({ name }) => name)).toEqual(['wait', 'main']);
  await meet(ring.api, train, { exitCode: 0 });

  await meet(ring.api, await running('evaluate'), { exitCode: 0 });
  const { nodes = {} } = await ended(workflow, 'Succeeded');
  expect(Object.values(nodes).map(({ phase }) => phase)).toEqual(Array(4).fill('Succeeded'));
});

test('what waits for a step that failed is left out', async () => {
  const workflow = await start(
    'stopped',
    specOf({ prep: [], train: ['prep'] }, [step('prep', { fate: { exitCode: 1 } }), step('train')]),
  );
  const { nodes = {} } = await ended(workflow, 'Failed');
  expect(Object.values(nodes).find(({ displayName }) => displayName === 'train')?.phase).toBe('Omitted');
  expect(await names()).toEqual(['prep']);
});

test('a step is tried as often as it says, each time in a pod of its own', async () => {
  const dag = { train: [] };
  const workflow = await start('retried', specOf(dag, [step('train', { retries: 2, fate: { exitCode: 1 } })]));
  const { message, nodes = {} } = await ended(workflow, 'Failed');
  expect(await names()).toEqual(['train', 'train', 'train']);
  const words = [message, ...Object.values(nodes).map((node) => node.message)].join('; ');
  expect(words).toContain('No more retries left');
});

test('a workflow succeeds whose step fails once', async () => {
  const workflow = await start('again', specOf({ train: [] }, [step('train', { retries: 1 })]));
  const first = await running('train');
  await meet(ring.api, first, { exitCode: 1 });
  const second = (
    await pods(ring, of('train'), 'another pod running', (all) =>
      all.some(({ metadata, status }) => metadata.name !== first.metadata.name && status.phase === 'Running')
        ? undefined
        : 'none',
    )
  ).find(({ metadata }) => metadata.name !== first.metadata.name)!;
  await meet(ring.api, second, { exitCode: 0 });
  await ended(workflow, 'Succeeded');
});

test('a cycle is accepted by the API server, and the workflow fails', async () => {
  const workflow = await start('cycle', specOf({ one: ['two'], two: ['one'] }, [step('one'), step('two')]));
  const { message } = await ended(workflow, 'Failed');
  expect(message).toContain('invalid spec: templates.main sorting failed: graph with cycle');
});

test('a step without the toleration waits for a GPU', async () => {
  await start('untolerated', specOf({ train: [] }, [step('train', { gpus: 1 })]));
  expect(await refusal(ring, of('train'))).toMatch(/Insufficient nvidia.com\/gpu|untolerated taint/);
});

test('a workflow that does not say what restricted asks for gets no pod, and says so', async () => {
  const workflow = await start('root', { ...specOf({ prep: [] }, [step('prep')]), securityContext: {} });
  const { message, nodes = {} } = await ended(workflow, 'Error');
  const words = [message, ...Object.values(nodes).map((node) => node.message)].join('; ');
  expect(words).toContain('violates PodSecurity "restricted:latest"');
});

test('a schedule that forbids it starts no second run while the first one runs', async () => {
  const spec = specOf({ train: [] }, [step('train')]);
  const schedule = (name: string, concurrencyPolicy: string): Manifest => ({
    ...WORKFLOW,
    kind: 'CronWorkflow',
    metadata: { name, namespace: NAMESPACE },
    spec: { schedules: ['@every 2s'], concurrencyPolicy, workflowSpec: spec },
  });
  const runsOf = (name: string) => ({
    ...WORKFLOW,
    namespace: NAMESPACE,
    labels: `workflows.argoproj.io/cron-workflow=${name}`,
  });
  for (const each of [schedule('forbid', 'Forbid'), schedule('allow', 'Allow')]) {
    await ring.api.apply(each);
    made.push(each);
  }
  const [first] = await ring.until(runsOf('forbid'), 'a first run', (all) => (all.length > 0 ? undefined : 'none'));
  await ring.until(runsOf('allow'), 'four runs of the other schedule', (all) =>
    all.length >= 4 ? undefined : `${all.length} runs`,
  );
  expect((await ring.api.list(runsOf('forbid'))).items.map(({ metadata }) => metadata.name)).toEqual([
    first.metadata.name,
  ]);
  const labels = `workflows.argoproj.io/workflow=${first.metadata.name}`;
  const [pod] = await podsIn(ring, { namespace: NAMESPACE, labels }, 'Running', 1);
  await meet(ring.api, pod, { exitCode: 0 });
  await ring.until(runsOf('forbid'), 'a second run', (all) => (all.length > 1 ? undefined : 'one'));
});
