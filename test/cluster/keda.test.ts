import { Size } from 'cdk8s';
import { ModelServer, Replicas, Runtime, Scaling } from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import { deliver } from './fixtures/deliver';
import { NAMESPACE, only, rendered } from './fixtures/rendered';
import { running } from './fixtures/running';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { addNodes, cpuNode } from './ring/nodes/nodes';
import { useRing } from './ring/use-ring';

// ScaledObjects on our servers under KEDA's real operator. No construct renders them yet.

const ring = useRing(...CLUSTER, 'keda');

const HPAS = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', namespace: NAMESPACE };

beforeAll(() => addNodes(ring.api, [cpuNode('one'), cpuNode('two')]));

/** A server on CPUs as our construct renders it. */
function server(name: string, replicas: Replicas, scaling?: Scaling): Manifest[] {
  return rendered({}, (chart) => {
    new ModelServer(chart, name, {
      runtime: Runtime.custom({ image: 'registry.example.com/sentiment:v2.1', port: 8080, healthPath: '/alive' }),
      cpu: Cpu.millis(500),
      memory: Size.gibibytes(1),
      replicas,
      scaling,
    });
  });
}

function scaledObject(name: string, min: number, max: number): Manifest {
  const query = 'sum(rate(requests_total[2m]))';
  const metadata = { serverAddress: 'http://prometheus.monitoring:9090', query, threshold: '10' };
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      scaleTargetRef: { name },
      minReplicaCount: min,
      maxReplicaCount: max,
      triggers: [{ type: 'prometheus', metadata }],
    },
  };
}

interface Hpa {
  readonly scaleTargetRef: { readonly kind: string; readonly name: string };
}

test('a server of a fixed size gets an autoscaler with the bounds of the ScaledObject, which lifts it to them', async () => {
  const objects = await deliver(ring, server('sentiment', Replicas.exactly(1)));
  const scaled = scaledObject('sentiment', 2, 5);
  await ring.api.apply(scaled);
  const [hpa] = await ring.until({ ...HPAS, name: 'keda-hpa-sentiment' }, 'KEDA making an HPA', ([made]) =>
    made ? undefined : 'there is none',
  );
  expect(hpa.spec).toMatchObject({
    minReplicas: 2,
    maxReplicas: 5,
    scaleTargetRef: { kind: 'Deployment', name: only(objects, 'Deployment').metadata.name },
    metrics: [{ type: 'External', external: { target: { type: 'AverageValue', averageValue: '10' } } }],
  });
  await running(ring, 2, 'app.kubernetes.io/name=sentiment');
  expect(await changesOfApplyingAgain(ring.api, [scaled])).toEqual([]);
});

test('a server that scales itself gets a second autoscaler, which nobody refuses', async () => {
  await deliver(ring, server('twice', Replicas.between(2, 4), Scaling.cpuUtilization(70)));
  await ring.api.apply(scaledObject('twice', 1, 9));
  const onTwice = (all: Manifest[]) =>
    all.filter(({ spec }) => (spec as Hpa).scaleTargetRef.name === 'twice').map(({ metadata }) => metadata.name);
  const both = await ring.until(HPAS, 'two autoscalers', (all) =>
    onTwice(all).length === 2 ? undefined : `there is ${onTwice(all).join(', ')}`,
  );
  expect(onTwice(both).sort()).toEqual(['keda-hpa-twice', 'twice']);
});
