import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { JsonPatch } from 'cdk8s';
import { Replicas } from 'cdk8s-ml';
import { deliver } from './fixtures/deliver';
import { reportExternal, serveExternalMetric } from './fixtures/metrics';
import type { Condition } from './fixtures/pods';
import { NAMESPACE, only } from './fixtures/rendered';
import { noPods, running } from './fixtures/running';
import { cpuServer, SERVER } from './fixtures/servers';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { removeManifests } from './ring/accept/remove-manifests';
import { type Manifest, title } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { addNodes, cpuNode } from './ring/nodes/nodes';
import { useRing } from './ring/use-ring';

// Servers of ours that KEDA scales: the autoscaler it makes, a server that sleeps, and two autoscalers for one server.

const ring = useRing(...CLUSTER, 'keda-webhooks');

/** What Prometheus answers to every query. */
let requests = 0;
let prometheus: Server;

beforeAll(async () => {
  await addNodes(ring.api, [cpuNode('one'), cpuNode('two')]);
  prometheus = createServer((_request, response) => {
    const result = [{ metric: {}, value: [Date.now() / 1000, String(requests)] }];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }));
  });
  await new Promise<void>((listening) => prometheus.listen(0, '127.0.0.1', listening));
});

afterAll(() => new Promise((closed) => prometheus.close(closed)));

const made: Manifest[] = [];

afterEach(async () => {
  await removeManifests(ring.api, made.splice(0).reverse());
  await noPods(ring);
  await ring.until({ ...AUTOSCALER, namespace: NAMESPACE }, 'autoscalers being gone', (all) =>
    all.length === 0 ? undefined : all.map(title).join(', '),
  );
});

/** A server whose replicas are somebody else's business. */
const unscaled = () =>
  cpuServer({ replicas: Replicas.exactly(2), scaling: undefined }, ({ resource }) => {
    resource.addJsonPatch(JsonPatch.remove('/spec/replicas'));
  });

async function start(objects: Manifest[]): Promise<Manifest> {
  made.push(...(await deliver(ring, objects)));
  return only(objects, 'Deployment');
}

const SCALED_OBJECT = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' };
const AUTOSCALER = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' };

function scaledObject(spec: object, name = 'by-requests'): Manifest {
  const { port } = prometheus.address() as AddressInfo;
  const metadata = { serverAddress: `http://127.0.0.1:${port}`, query: 'sum(in_flight)', threshold: '10' };
  return {
    ...SCALED_OBJECT,
    metadata: { name, namespace: NAMESPACE },
    spec: {
      scaleTargetRef: { name: SERVER },
      pollingInterval: 1,
      minReplicaCount: 2,
      maxReplicaCount: 6,
      triggers: [{ type: 'prometheus', metadata }],
      ...spec,
    },
  };
}

async function apply(manifest: Manifest): Promise<void> {
  await ring.api.apply(manifest);
  made.push(manifest);
}

/** The autoscaler that KEDA makes. */
async function autoscaler(name = 'by-requests'): Promise<Manifest> {
  const one = { ...AUTOSCALER, namespace: NAMESPACE, name: `keda-hpa-${name}` };
  const [found] = await ring.until(one, 'KEDA making an autoscaler', ([object]) => (object ? undefined : 'none'));
  return found;
}

/** Waits until a ScaledObject has a condition. */
async function says(type: string, status: string, name = 'by-requests'): Promise<void> {
  const one = { ...SCALED_OBJECT, namespace: NAMESPACE, name };
  await ring.until(one, `the ScaledObject being ${type} ${status}`, ([object]) => {
    const { conditions = [] } = (object?.status ?? {}) as { conditions?: Condition[] };
    const met = conditions.some((each) => each.type === type && each.status === status);
    return met ? undefined : JSON.stringify(conditions);
  });
}

async function replicas(deployment: Manifest, awaited: string, count: number): Promise<void> {
  const one = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: NAMESPACE, name: deployment.metadata.name };
  await ring.until(one, awaited, ([object]) => {
    const { replicas: now } = object.spec as { replicas: number };
    return now === count ? undefined : `it asks for ${now}`;
  });
}

test('a ScaledObject on a server becomes an autoscaler with its target and bounds, which scales it', async () => {
  requests = 3;
  const objects = unscaled();
  const deployment = await start(objects);
  const scaled = scaledObject({});
  await apply(scaled);
  await says('Ready', 'True');
  await says('Active', 'True');
  expect((await autoscaler()).spec).toMatchObject({
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: SERVER },
    minReplicas: 2,
    maxReplicas: 6,
    metrics: [
      {
        type: 'External',
        external: {
          metric: {
            name: 's0-prometheus',
            selector: { matchLabels: { 'scaledobject.keda.sh/name': 'by-requests' } },
          },
          target: { type: 'AverageValue', averageValue: '10' },
        },
      },
    ],
  });
  await running(ring, 2);
  await serveExternalMetric(ring, 's0-prometheus');
  const where = { namespace: NAMESPACE, labels: { 'scaledobject.keda.sh/name': 'by-requests' } };
  made.push(await reportExternal(ring, 's0-prometheus', '45', where));
  await replicas(deployment, 'the autoscaler asking for a replica per ten requests', 5);
  expect(await changesOfApplyingAgain(ring.api, [...objects, scaled])).toEqual([]);
});

test('a server that may sleep does so without requests, and wakes with the first', async () => {
  requests = 0;
  const deployment = await start(unscaled());
  await apply(scaledObject({ minReplicaCount: 0, cooldownPeriod: 1 }));
  await replicas(deployment, 'KEDA sending it to sleep', 0);
  await says('Active', 'False');
  await noPods(ring);
  expect((await autoscaler()).spec).toMatchObject({ minReplicas: 1, maxReplicas: 6 });
  requests = 1;
  await replicas(deployment, 'KEDA waking it', 1);
  await running(ring, 1);
});

test('an apply takes the replicas back from KEDA when the server says how many', async () => {
  requests = 0;
  const objects = cpuServer({ replicas: Replicas.exactly(2), scaling: undefined });
  const deployment = await start(objects);
  await apply(scaledObject({ minReplicaCount: 0, cooldownPeriod: 1 }));
  await replicas(deployment, 'KEDA sending it to sleep', 0);
  const changes = (await changesOfApplyingAgain(ring.api, objects)).join('; ');
  expect(changes).toContain('spec.replicas (0 -> 2)');
});

test('a trigger on the CPU of the container that serves has the request it needs', async () => {
  await start(unscaled());
  const trigger = { type: 'cpu', metricType: 'Utilization', metadata: { value: '70', containerName: 'server' } };
  await apply(scaledObject({ triggers: [trigger] }, 'by-cpu'));
  const { spec } = await autoscaler('by-cpu');
  expect((spec as { metrics: object[] }).metrics).toEqual([
    {
      type: 'ContainerResource',
      containerResource: {
        name: 'cpu',
        container: 'server',
        target: { type: 'Utilization', averageUtilization: 70 },
      },
    },
  ]);
});

describe('two autoscalers for one server', () => {
  it('are refused by the webhook of KEDA, when the first is one of Kubernetes', async () => {
    await start(cpuServer());
    await running(ring, 2);
    await expect(ring.api.apply(scaledObject({}))).rejects.toThrow(/is already managed by the hpa 'chat'/);
  });

  it('are refused as two ScaledObjects', async () => {
    await start(unscaled());
    await apply(scaledObject({}));
    await autoscaler();
    await expect(ring.api.apply(scaledObject({}, 'second'))).rejects.toThrow(/is already managed by the (hpa|Scaled)/);
  });

  it('are accepted when the first is of KEDA, and then neither scales', async () => {
    const objects = cpuServer();
    const scaler = only(objects, 'HorizontalPodAutoscaler');
    await start(objects.filter((object) => object !== scaler));
    await apply(scaledObject({}));
    await autoscaler();
    await apply(scaler);
    const one = { ...AUTOSCALER, namespace: NAMESPACE };
    await ring.until(one, 'both saying that the selector is ambiguous', (found) => {
      const words = found.flatMap(({ status }) => (status as { conditions?: Condition[] })?.conditions ?? []);
      const ambiguous = words.filter(({ reason }) => reason === 'AmbiguousSelector');
      return ambiguous.length === 2 ? undefined : JSON.stringify(words);
    });
  });
});
