import { NAMESPACE } from './fixtures/rendered';
import { GPU_TOLERATION, RESTRICTED_CONTAINER, RESTRICTED_POD } from './fixtures/restricted';
import { appeared, running } from './fixtures/running';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { makePrerequisites } from './ring/accept/prerequisites';
import { ApiError } from './ring/api/api-client';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { eventText, warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// InferenceServices in standard mode under the real KServe, with the runtimes that it ships. No construct renders them yet.

const ring = useRing(...CLUSTER, 'kserve');

interface Resources {
  readonly requests?: { readonly [resource: string]: string };
  readonly limits?: { readonly [resource: string]: string };
}

const WHOLE = { cpu: '4', memory: '16Gi', 'nvidia.com/gpu': '1' };

function inferenceService(name: string, resources: Resources, model: object = {}): Manifest {
  return {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      predictor: {
        minReplicas: 2,
        maxReplicas: 4,
        scaleMetric: 'cpu',
        scaleTarget: 60,
        tolerations: [GPU_TOLERATION],
        securityContext: RESTRICTED_POD,
        model: {
          modelFormat: { name: 'vLLM' },
          storageUri: 'pvc://models/llama',
          resources,
          securityContext: RESTRICTED_CONTAINER,
          ...model,
        },
      },
    },
  };
}

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  const claim = { persistentVolumeClaim: { claimName: 'models' } };
  const user = { spec: { containers: [], volumes: [{ name: 'models', ...claim }] } };
  const metadata = { name: 'user', namespace: NAMESPACE };
  await makePrerequisites(ring.api, [{ apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template: user } }]);
  await addNodes(ring.api, [gpuNode('a', 'g6e.48xlarge')]);
});

interface Container {
  readonly volumeMounts: object[];
  readonly image: string;
  readonly args: string[];
  readonly resources: Resources;
  readonly livenessProbe?: object;
  readonly readinessProbe?: object;
  readonly startupProbe?: object;
}

const named = (apiVersion: string, kind: string, name: string): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, namespace: NAMESPACE },
});

test('a model on a claim becomes a Deployment of its runtime, a Service and an autoscaler with its bounds', async () => {
  const chat = inferenceService('chat', { requests: WHOLE, limits: WHOLE });
  await ring.api.apply(chat);
  const pods = await running(ring, 2);
  expect(pods.map(({ spec }) => spec.nodeName)).toEqual(['a', 'a']);
  const [container] = pods[0].spec.containers as unknown as Container[];
  expect(container.image).toMatch(/^vllm\/vllm-openai:v/);
  expect(container.args.join(' ')).toContain('/mnt/models');
  expect(container.resources.limits).toMatchObject(WHOLE);
  expect(pods[0].spec.volumes).toContainEqual(
    expect.objectContaining({ persistentVolumeClaim: { claimName: 'models' } }),
  );
  expect(container.volumeMounts).toContainEqual(
    expect.objectContaining({ mountPath: '/mnt/models', subPath: 'llama', readOnly: true }),
  );
  expect([container.readinessProbe, container.startupProbe, container.livenessProbe]).toEqual([
    expect.anything(),
    expect.anything(),
    undefined,
  ]);
  const scaler = await appeared(ring, named('autoscaling/v2', 'HorizontalPodAutoscaler', 'chat-predictor'));
  expect(scaler.spec).toMatchObject({
    minReplicas: 2,
    maxReplicas: 4,
    scaleTargetRef: { kind: 'Deployment', name: 'chat-predictor' },
    metrics: [{ resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } }],
  });
  const service = await appeared(ring, named('v1', 'Service', 'chat-predictor'));
  const { selector } = service.spec as { selector: { [label: string]: string } };
  for (const { metadata } of pods) expect(metadata.labels).toMatchObject(selector);
  expect(await warningsIn(ring.api, NAMESPACE, /^FailedCreate/)).toEqual([]);
  expect(await changesOfApplyingAgain(ring.api, [chat])).toEqual([]);
});

test('a CPU request without a limit gets a limit of one CPU, which no Deployment takes', async () => {
  const limits = { memory: '16Gi', 'nvidia.com/gpu': '1' };
  await ring.api.apply(inferenceService('unlimited', { requests: WHOLE, limits }));
  const events = { apiVersion: 'v1', kind: 'Event', namespace: NAMESPACE };
  await ring.until(events, 'KServe failing to make the Deployment', (all) => {
    const texts = all.map(({ message }) => String(message));
    return texts.some((text) => /must be less than or equal to cpu limit of 1/.test(text))
      ? undefined
      : texts.join('; ');
  });
});

test('more replicas at least than at most are refused', async () => {
  const wrong = inferenceService('wrong', { requests: WHOLE, limits: WHOLE });
  (wrong.spec as { predictor: { minReplicas: number } }).predictor.minReplicas = 9;
  const refused = ring.api.apply(wrong);
  await expect(refused).rejects.toBeInstanceOf(ApiError);
  await expect(refused).rejects.toThrow(/minReplicas|MinReplicas/);
});

const fetched = (name: string) =>
  inferenceService(name, { requests: WHOLE, limits: WHOLE }, { storageUri: 's3://models/llama' });

test('a model in a bucket is fetched by a container of KServe, which restricted refuses', async () => {
  await ring.api.apply(fetched('refused'));
  const events = { apiVersion: 'v1', kind: 'Event', namespace: NAMESPACE };
  await ring.until(events, 'the pods being refused', (all) => {
    const words = all.map(eventText);
    const told = words.some((text) => /^FailedCreate: .*restricted.*"storage-initializer" must set/.test(text));
    return told ? undefined : words.join('; ');
  });
});

test('with a security context from the platform, the container that fetches models is allowed', async () => {
  await ring.api.apply({
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'ClusterStorageContainer',
    metadata: { name: 'default' },
    spec: {
      container: {
        name: 'storage-initializer',
        image: 'registry.example.com/kserve/storage-initializer:v0.20.0',
        securityContext: RESTRICTED_CONTAINER,
      },
      supportedUriFormats: [{ prefix: 's3://' }],
    },
  });
  await ring.api.apply(fetched('fetched'));
  const [{ spec }] = await running(ring, 2, 'serving.kserve.io/inferenceservice=fetched');
  expect(spec.initContainers).toMatchObject([
    { name: 'storage-initializer', args: ['s3://models/llama', '/mnt/models'] },
  ]);
});

test('a format that no runtime serves makes nothing, and the InferenceService says so', async () => {
  const unknown = { modelFormat: { name: 'papyrus' } };
  await ring.api.apply(inferenceService('unread', { requests: WHOLE, limits: WHOLE }, unknown));
  const one = {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    namespace: NAMESPACE,
    name: 'unread',
  };
  await ring.until(one, 'KServe finding no runtime', ([object]) => {
    const words = JSON.stringify(object.status ?? {});
    return /[Nn]o runtime found to support/.test(words) ? undefined : words;
  });
  expect(await ring.api.find(named('apps/v1', 'Deployment', 'unread-predictor'))).toBeUndefined();
});
