import { Runtime } from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import { deliver } from './fixtures/deliver';
import { reportCpu, serveMetrics } from './fixtures/metrics';
import { type Condition, pods } from './fixtures/pods';
import { NAMESPACE, only } from './fixtures/rendered';
import { noPods } from './fixtures/running';
import { cpuServer, gpuServer, SERVER, SERVER_MACHINE } from './fixtures/servers';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { withFate } from './ring/nodes/fates';
import { addNodes, cpuNode, gpuNode } from './ring/nodes/nodes';
import { type Pod, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// Servers come up slowly, are rolled out, scaled and drained: by the controllers of Kubernetes, without an operator.

const ring = useRing(...CLUSTER);

beforeAll(async () => {
  await addNodes(ring.api, [
    gpuNode('l40s', SERVER_MACHINE, { resources: { 'nvidia.com/gpu': '2' } }),
    gpuNode('h100', 'p5.48xlarge'),
    cpuNode('cpu-a', { zone: 'eu-central-1a' }),
    cpuNode('cpu-b', { zone: 'eu-central-1b' }),
  ]);
  await serveMetrics(ring);
});

const made: Manifest[] = [];

afterEach(async () => {
  await removeManifests(ring.api, made.splice(0));
  await noPods(ring);
});

/** A server whose pods take their time to be ready. */
const slow = (objects: Manifest[], readyAfter = '1s'): Manifest[] =>
  objects.map((object) => withFate(object, { readyAfter }));
const never = (objects: Manifest[]): Manifest[] => objects.map((object) => withFate(object, { readyAfter: 'never' }));

/** Another version of a server on GPUs. */
const newVersion = (): Manifest[] => gpuServer({ runtime: Runtime.vllm({ maxModelLen: 4096 }) });

async function start(objects: Manifest[]): Promise<Manifest> {
  made.push(...(await deliver(ring, objects)));
  return only(objects, 'Deployment');
}

const isReady = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp === undefined &&
  (status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false);

/** The pods, when so many are ready and no others are left. */
function ready(count: number): Promise<Pod[]> {
  return pods(ring, { namespace: NAMESPACE }, `${count} pods being ready`, (all) =>
    all.length === count && all.every(isReady) ? undefined : 'not yet',
  );
}

const nodesOf = (found: Pod[]) => found.map(({ spec }) => spec.nodeName).sort();

/** Waits until so many pods behind the Service get requests, and so many others do not. */
async function endpoints(awaited: string, wanted: { ready: number; others: number }): Promise<void> {
  const slices = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', namespace: NAMESPACE };
  await ring.until(slices, awaited, (all) => {
    const found = all.flatMap((slice) => (slice.endpoints ?? []) as { conditions: { ready: boolean } }[]);
    const ready = found.filter(({ conditions }) => conditions.ready).length;
    const others = found.length - ready;
    return ready === wanted.ready && others === wanted.others ? undefined : `${ready} get requests, ${others} do not`;
  });
}

interface AutoscalerStatus {
  readonly conditions?: Condition[];
  readonly desiredReplicas?: number;
}

/** Waits until the autoscaler has a condition with a reason, and gives its words. */
async function autoscalerSays(type: string, reason: string): Promise<string> {
  let words = '';
  const one = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', namespace: NAMESPACE, name: SERVER };
  await ring.until(one, `the autoscaler saying ${type} ${reason}`, ([object]) => {
    const { conditions = [] } = (object?.status ?? {}) as AutoscalerStatus;
    const found = conditions.find((each) => each.type === type && each.reason === reason);
    words = found?.message ?? '';
    return found ? undefined : JSON.stringify(conditions);
  });
  return words;
}

async function replicasOf(deployment: Manifest, awaited: string, count: number): Promise<void> {
  const { apiVersion, kind, metadata } = deployment;
  await ring.until({ apiVersion, kind, namespace: NAMESPACE, name: metadata.name }, awaited, ([object]) => {
    const { replicas } = object.spec as { replicas: number };
    return replicas === count ? undefined : `it asks for ${replicas}`;
  });
}

const PDB = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', namespace: NAMESPACE, name: SERVER };

/** Waits until the budget lets so many pods go. */
async function budget(allowed: number): Promise<void> {
  await ring.until(PDB, `the budget allowing ${allowed}`, ([object]) => {
    const { disruptionsAllowed } = (object.status ?? {}) as { disruptionsAllowed?: number };
    return disruptionsAllowed === allowed ? undefined : JSON.stringify(object.status);
  });
}

describe('a server on GPUs', () => {
  it('is lifted to its minimum, on the nodes of its pool, and may be applied again', async () => {
    const objects = slow(gpuServer());
    await start(objects);
    expect(nodesOf(await ready(2))).toEqual(['l40s', 'l40s']);
    await endpoints('both pods getting requests', { ready: 2, others: 0 });
    expect(await changesOfApplyingAgain(ring.api, objects)).toEqual([]);
    expect(await warningsIn(ring.api, NAMESPACE, /FailedCreate|FailedScheduling/)).toEqual([]);
  });

  it('is kept below its maximum, and asks the metrics API for requests in flight', async () => {
    const deployment = await start(slow(gpuServer()));
    await ring.api.patch(deployment, { spec: { replicas: 20 } });
    await replicasOf(deployment, 'the autoscaler taking it back to its maximum', 8);
    const words = await autoscalerSays('ScalingActive', 'FailedGetPodsMetric');
    expect(words).toContain('unable to get metric vllm_requests_in_flight');
  });

  it('is rolled out without a spare GPU: an old pod goes before a new one comes', async () => {
    await start(slow(gpuServer()));
    const old = await ready(2);
    for (const object of slow(newVersion())) await ring.api.apply(object);
    let most = 0;
    await pods(ring, { namespace: NAMESPACE }, 'the new version being ready', (all) => {
      most = Math.max(most, all.length);
      const fresh = all.filter(({ metadata }) => !old.some((pod) => pod.metadata.name === metadata.name));
      return all.length === 2 && fresh.length === 2 && fresh.every(isReady) ? undefined : 'not yet';
    });
    expect(most).toBe(2);
  });

  it('sends no request to a version that is never ready, and keeps the old one', async () => {
    await start(slow(gpuServer()));
    await ready(2);
    for (const object of never(newVersion())) await ring.api.apply(object);
    await endpoints('the new pod getting no requests', { ready: 1, others: 1 });
    await budget(0);
    const all = await pods(ring, { namespace: NAMESPACE }, 'the new pod running', (found) =>
      found.filter(({ status }) => status.phase === 'Running').length === 2 ? undefined : 'not yet',
    );
    // A drain may take it all the same: it serves nobody.
    await ring.api.evict(all.find((pod) => !isReady(pod))!);
    await expect(ring.api.evict(all.find(isReady)!)).rejects.toMatchObject({ status: 429 });
  });
});

describe('a server on CPUs', () => {
  it('is spread over zones, beside the GPU nodes', async () => {
    await start(slow(cpuServer()));
    expect(nodesOf(await ready(2))).toEqual(['cpu-a', 'cpu-b']);
  });

  it('is never short of a replica while it is rolled out', async () => {
    await start(slow(cpuServer()));
    const old = await ready(2);
    for (const object of slow(cpuServer({ cpu: Cpu.millis(1500) }))) await ring.api.apply(object);
    let fewest = 2;
    let most = 2;
    await pods(ring, { namespace: NAMESPACE }, 'the new version being ready', (all) => {
      fewest = Math.min(fewest, all.filter(isReady).length);
      most = Math.max(most, all.length);
      const fresh = all.filter(({ metadata }) => !old.some((pod) => pod.metadata.name === metadata.name));
      return all.length === 2 && fresh.length === 2 && fresh.every(isReady) ? undefined : 'not yet';
    });
    expect([fewest, most]).toEqual([2, 3]);
  });

  it('gives a drain one pod at a time', async () => {
    await start(slow(cpuServer(), '4s'));
    const [first, second] = await ready(2);
    await budget(1);
    await ring.api.evict(first);
    await expect(ring.api.evict(second)).rejects.toMatchObject({
      status: 429,
      reason: expect.stringContaining("would violate the pod's disruption budget") as string,
    });
    await ready(2);
    await budget(1);
    await ring.api.evict(second);
  });

  it('grows with its load to its maximum, and is in no hurry to shrink', async () => {
    const deployment = await start(slow(cpuServer()));
    await reportCpu(ring, await ready(2), 'server', '1900m');
    await replicasOf(deployment, 'more replicas coming', 5);
    await reportCpu(ring, await ready(5), 'server', '100m');
    expect(await autoscalerSays('AbleToScale', 'ScaleDownStabilized')).toContain('recent recommendations were higher');
    await replicasOf(deployment, 'all replicas staying', 5);
  });
});
