import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { gone } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { type Fate, meet, withFate } from './ring/nodes/fates';
import { addNodes, cpuNode, stopReporting } from './ring/nodes/nodes';
import { useRing } from './ring/use-ring';

// The simulated nodes themselves: what a pod there can meet, and that real controllers see it.

const ring = useRing(...CLUSTER);

beforeAll(async () => {
  await ensureNamespace(ring.api, 'kwok', RESTRICTED);
  await addNodes(ring.api, [cpuNode('one')]);
});

interface PodState {
  readonly spec: { readonly nodeName?: string };
  readonly status: {
    readonly phase: string;
    readonly reason?: string;
    readonly conditions: { readonly type: string; readonly status: string; readonly reason?: string }[];
    readonly containerStatuses?: { readonly restartCount: number; readonly ready: boolean; readonly state: object }[];
  };
}

function pod(name: string, fate: Fate = {}): Manifest {
  const container = {
    name: 'main',
    image: 'registry.example.com/main:v1',
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
  const securityContext = { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } };
  const spec = { restartPolicy: 'Never', securityContext, containers: [container] };
  return withFate({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'kwok' }, spec }, fate);
}

async function until(name: string, awaited: string, holds: (state: PodState) => boolean): Promise<PodState> {
  const one = { apiVersion: 'v1', kind: 'Pod', namespace: 'kwok', name };
  const [found] = await ring.until(one, `pod ${name} ${awaited}`, ([object]) => {
    const state = object as unknown as PodState | undefined;
    return state && holds(state) ? undefined : `its state is ${JSON.stringify(state?.status)}`;
  });
  return found as unknown as PodState;
}

const inPhase = (phase: string) => (state: PodState) => state.status.phase === phase;
const isReady = ({ status }: PodState) =>
  status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True');

test('a pod runs, is ready, and has a terminal phase before it goes', async () => {
  const held = pod('runs');
  await ring.api.create({ ...held, metadata: { ...held.metadata, finalizers: ['ring.cdk8s-ml.dev/hold'] } });
  const state = await until('runs', 'running', inPhase('Running'));
  expect(state.spec.nodeName).toBe('one');
  expect(isReady(state)).toBe(true);
  await ring.api.del(held);
  const ended = await until('runs', 'failing', inPhase('Failed'));
  expect(ended.status.containerStatuses?.[0].state).toMatchObject({ terminated: { exitCode: 143 } });
  await ring.api.patch(held, { metadata: { finalizers: null } });
  await gone(ring.api, held);
});

test.each([
  [0, 'Succeeded', 'Completed'],
  [1, 'Failed', 'Error'],
  [137, 'Failed', 'OOMKilled'],
  [143, 'Failed', 'Error'],
])('a pod ends with exit code %i', async (exitCode, phase, reason) => {
  const name = `exits-${exitCode}`;
  await ring.api.create(pod(name));
  await until(name, 'running', inPhase('Running'));
  await meet(ring.api, pod(name), { exitCode });
  const { status } = await until(name, 'ending', inPhase(phase));
  expect(status.containerStatuses?.[0].state).toMatchObject({ terminated: { exitCode, reason } });
});

test('a pod is disrupted', async () => {
  await ring.api.create(pod('disrupted', { disrupted: 'NodeShutdown' }));
  const { status } = await until('disrupted', 'failing', inPhase('Failed'));
  expect(status.reason).toBe('NodeShutdown');
  expect(status.conditions).toContainEqual(
    expect.objectContaining({ type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet' }),
  );
});

test('a process is restarted in place', async () => {
  await ring.api.create(pod('restarts', { restarts: 3 }));
  const { status } = await until('restarts', 'being restarted', ({ status: { containerStatuses } }) =>
    Boolean(containerStatuses && containerStatuses[0].restartCount > 0),
  );
  expect(status.phase).toBe('Running');
  expect(status.containerStatuses?.[0].restartCount).toBe(3);
});

test('a pod whose image does not come waits', async () => {
  await ring.api.create(pod('no-image', { imagePull: 'fails' }));
  const { status } = await until('no-image', 'waiting', ({ status: { containerStatuses } }) =>
    Boolean(containerStatuses),
  );
  expect(status.containerStatuses?.[0].state).toEqual({ waiting: { reason: 'ImagePullBackOff' } });
});

test('a slow image and a slow start are waited for', async () => {
  await ring.api.create(pod('slow', { imagePull: '4s', readyAfter: '1s' }));
  await until('slow', 'creating its container', ({ status: { phase, containerStatuses } }) =>
    Boolean(phase === 'Pending' && containerStatuses),
  );
  const running = await until('slow', 'running', inPhase('Running'));
  expect(isReady(running)).toBe(false);
  await until('slow', 'being ready', isReady);
});

test('a pod that is never ready stays so', async () => {
  await ring.api.create(pod('never', { readyAfter: 'never' }));
  const state = await until('never', 'running', inPhase('Running'));
  expect(isReady(state)).toBe(false);
});

test('a node that dies is tainted, and its pods are being deleted', async () => {
  await addNodes(ring.api, [cpuNode('mortal', { labels: { mortal: 'true' } })]);
  const there = pod('there');
  await ring.api.create({ ...there, spec: { ...(there.spec as object), nodeSelector: { mortal: 'true' } } });
  await until('there', 'running', inPhase('Running'));
  await stopReporting(ring.api, 'mortal');
  const one = { apiVersion: 'v1', kind: 'Pod', namespace: 'kwok', name: 'there' };
  const isDeleted = ([object]: Manifest[]) =>
    object.metadata.deletionTimestamp ? undefined : 'it is not being deleted';
  const [left] = await ring.until(one, 'the pod being evicted', isDeleted, 180);
  expect((left as unknown as PodState).status.conditions).toContainEqual(
    expect.objectContaining({ type: 'DisruptionTarget', status: 'True', reason: 'DeletionByTaintManager' }),
  );
});
