import { ApiObject, Duration, JsonPatch, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import type { ModelServerProps } from 'cdk8s-ml';
import {
  AccessMode,
  Acknowledge,
  Affinity,
  Claim,
  Env,
  Gpu,
  GpuNodePool,
  ImagePullPolicy,
  ModelServer,
  ModelSource,
  Replicas,
  Rollout,
  Runtime,
  Scaling,
  SecurityProfile,
  SharedMemory,
  TaintEffect,
  Volume,
} from 'cdk8s-ml';
import { chartWith, containerOf, CPU_SERVER, GPU_SERVER, objectsOf, POOLS, serverOf, synth } from './fixtures';

const SELECTOR = { 'app.kubernetes.io/name': 'chat', 'app.kubernetes.io/component': 'server' };
const shared = Volume.scratch({ mountPath: '/handover', sizeLimit: Size.gibibytes(3) });

const EVERYTHING: Omit<Required<ModelServerProps>, 'pool'> = {
  runtime: Runtime.vllm({
    image: 'vllm/vllm-openai@sha256:0f0e0d0c0b0a09080706050403020100ffeeddccbbaa99887766554433221100',
    maxModelLen: 16384,
    gpuMemoryUtilization: 0.9,
    servedModelName: 'assistant',
    port: 9000,
    args: ['--enable-prefix-caching'],
  }),
  model: ModelSource.claim('weights', {
    path: 'chat/v3',
    mountPath: '/weights',
    accessMode: AccessMode.READ_ONLY_MANY,
  }),
  gpu: Gpu.l40s(2),
  cpu: Cpu.millis(11500),
  cpuLimit: Cpu.units(14),
  memory: Size.gibibytes(88),
  env: { LOG_LEVEL: Env.value('info'), VLLM_API_KEY: Env.secret('chat', 'key') },
  workingDir: '/app',
  ephemeralStorage: Size.gibibytes(9),
  volumes: [Volume.configMap('settings', { mountPath: '/settings', readOnly: true }), shared],
  initContainers: [{ name: 'warm-up', image: 'busybox:1.37', command: ['true'], volumes: [shared] }],
  sidecars: [{ name: 'logs', image: 'fluent/fluent-bit:4.0.3', cpu: Cpu.millis(50), memory: Size.mebibytes(64) }],
  sharedMemory: SharedMemory.of(Size.gibibytes(11)),
  security: SecurityProfile.restricted(1234),
  serviceAccountName: 'chat',
  automountServiceAccountToken: true,
  imagePullSecrets: ['registry'],
  imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
  labels: { team: 'nlp' },
  annotations: { 'example.com/ticket': 'ML-12' },
  affinity: Affinity.requireNodes('topology.kubernetes.io/zone', 'eu-1a'),
  tolerations: [{ key: 'dedicated', value: 'serving', effect: TaintEffect.NO_SCHEDULE }],
  runtimeClassName: 'nvidia',
  priorityClassName: 'ml-serve',
  schedulerName: 'my-scheduler',
  terminationGracePeriod: Duration.seconds(333),
  loadTime: Duration.minutes(11),
  replicas: Replicas.between(3, 4),
  scaling: Scaling.inFlightRequests(2.5)
    .plus(Scaling.podsMetric('vllm_kv_cache_usage', 0.75))
    .plus(Scaling.externalMetric('queue_length', { target: 30, labels: { queue: 'chat' } }))
    .withBehavior({ scaleUp: { pods: 3, percent: 40 }, scaleDown: { stabilizationWindow: Duration.minutes(8) } }),
  rollout: Rollout.maxSurge(2),
  maxRequestDuration: Duration.seconds(270),
  preStopSleep: Duration.seconds(22),
  startupProbe: { path: '/ready', period: Duration.seconds(7), timeout: Duration.seconds(3), failureThreshold: 210 },
  readinessProbe: { path: '/ready', period: Duration.seconds(4), timeout: Duration.seconds(2), failureThreshold: 5 },
  livenessProbe: { path: '/live', period: Duration.seconds(13), timeout: Duration.seconds(12), failureThreshold: 8 },
  servicePort: 8081,
  servicePortName: 'openai',
  name: 'assistant',
};

describe('ModelServer', () => {
  test('minimal', () => {
    expect(objectsOf(CPU_SERVER)).toMatchSnapshot();
  });

  test('everything', () => {
    const chart = chartWith(POOLS);
    const all: Required<ModelServerProps> = { ...EVERYTHING, pool: GpuNodePool.fromProfile(chart, 'l40s') };
    new ModelServer(chart, 'chat', all);
    expect(synth(chart)).toMatchSnapshot();
  });

  test('renders the objects that its replicas ask for, under one name', () => {
    const kinds = (replicas?: Replicas, scaling?: Scaling) =>
      Object.keys(objectsOf(CPU_SERVER, { replicas, scaling })).sort();
    expect(kinds()).toEqual(['Deployment', 'Service']);
    expect(kinds(Replicas.exactly(2))).toEqual(['Deployment', 'PodDisruptionBudget', 'Service']);
    const scaling = Scaling.cpuUtilization(65);
    expect(kinds(Replicas.between(1, 3), scaling)).toEqual(['Deployment', 'HorizontalPodAutoscaler', 'Service']);
    expect(kinds(Replicas.between(2, 3), scaling)).toHaveLength(4);
    const names = Object.values(objectsOf(GPU_SERVER)).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    expect(names).toEqual(Array(4).fill('ml-serving/chat'));
  });

  test('says the count in one place only: the Deployment, or the autoscaler', () => {
    expect(objectsOf(CPU_SERVER).Deployment.spec.replicas).toBe(1);
    expect(objectsOf(CPU_SERVER, { replicas: Replicas.exactly(3) }).Deployment.spec.replicas).toBe(3);
    const { Deployment, HorizontalPodAutoscaler: hpa } = objectsOf(GPU_SERVER);
    expect(Deployment.spec).not.toHaveProperty('replicas');
    expect(hpa.spec).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'chat' },
      minReplicas: 2,
      maxReplicas: 9,
    });
  });

  test('finds its pods by labels that never change, and leaves those of a training run of its name alone', () => {
    const { Deployment, Service, PodDisruptionBudget } = objectsOf(GPU_SERVER, { labels: { team: 'nlp' } });
    expect(Deployment.spec.selector).toEqual({ matchLabels: SELECTOR });
    expect(Service.spec.selector).toEqual(SELECTOR);
    expect(PodDisruptionBudget.spec.selector).toEqual({ matchLabels: SELECTOR });
    expect(Deployment.spec.template.metadata.labels).toEqual({ ...SELECTOR, team: 'nlp' });
    const labels = { ...SELECTOR, team: 'nlp', 'app.kubernetes.io/managed-by': 'cdk8s-ml' };
    expect(Deployment.metadata.labels).toEqual(labels);
    expect(Service.metadata.labels).toEqual(labels);
    expect(PodDisruptionBudget.metadata.labels).toEqual(labels);
  });

  test('offers the server within the cluster on port 80, by the name of its port', () => {
    expect(objectsOf(CPU_SERVER).Service.spec).toEqual({
      type: 'ClusterIP',
      selector: SELECTOR,
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    });
    expect(containerOf(CPU_SERVER).ports).toEqual([{ name: 'http', containerPort: 8080 }]);
    const other = objectsOf(CPU_SERVER, { servicePort: 8443, servicePortName: 'api' });
    expect(other.Service.spec.ports).toEqual([{ name: 'api', port: 8443, targetPort: 'http' }]);
  });

  test('knows its address', () => {
    const chart = chartWith();
    expect(serverOf(chart, CPU_SERVER).url).toBe('http://chat.ml-serving.svc');
    expect(new ModelServer(chart, 'other', { ...CPU_SERVER, servicePort: 81 }).url).toBe(
      'http://other.ml-serving.svc:81',
    );
  });

  test('lets one replica go at a time, and a sick one whenever', () => {
    expect(objectsOf(GPU_SERVER).PodDisruptionBudget.spec).toEqual({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: SELECTOR },
    });
  });

  test('keeps replicas apart by zone and node where it can, each version for itself', () => {
    const spread = (topologyKey: string) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: SELECTOR },
      matchLabelKeys: ['pod-template-hash'],
    });
    const constraints = [spread('topology.kubernetes.io/zone'), spread('kubernetes.io/hostname')];
    expect(objectsOf(GPU_SERVER).Deployment.spec.template.spec.topologySpreadConstraints).toEqual(constraints);
    expect(objectsOf(CPU_SERVER).Deployment.spec.template.spec).not.toHaveProperty('topologySpreadConstraints');
  });

  test('asks for a GPU as a limit too, as text, and for CPU without a limit unless one is said', () => {
    expect(containerOf(GPU_SERVER).resources).toEqual({
      requests: { cpu: '6', memory: '44Gi', 'nvidia.com/gpu': '1' },
      limits: { memory: '44Gi', 'nvidia.com/gpu': '1' },
    });
    expect(containerOf(CPU_SERVER, { cpuLimit: Cpu.millis(2500) }).resources).toEqual({
      requests: { cpu: '2', memory: '7Gi' },
      limits: { cpu: '2500m', memory: '7Gi' },
    });
  });

  test('goes to GPU nodes with GPUs only', () => {
    const gpuPod = objectsOf(GPU_SERVER).Deployment.spec.template.spec;
    expect(gpuPod.tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
    const cpuPod = objectsOf(CPU_SERVER).Deployment.spec.template.spec;
    expect(cpuPod).not.toHaveProperty('tolerations');
    expect(cpuPod).not.toHaveProperty('nodeSelector');
    expect(cpuPod).not.toHaveProperty('affinity');
  });

  test('takes selector and tolerations from its pool', () => {
    const chart = chartWith(POOLS);
    serverOf(chart, GPU_SERVER, { pool: GpuNodePool.fromProfile(chart, 'l40s') });
    expect(synth(chart).Deployment.spec.template.spec).toMatchObject({
      nodeSelector: { pool: 'l40s' },
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
    });
  });

  test('is started again by the scheduler of the Deployment, not kept from being moved', () => {
    const { metadata, spec } = objectsOf(GPU_SERVER).Deployment.spec.template;
    expect(metadata).not.toHaveProperty('annotations');
    expect(spec).not.toHaveProperty('restartPolicy');
  });

  test('leaves the load time where tools that read manifests find it, and never in the pod template', () => {
    expect(objectsOf(GPU_SERVER).Deployment.metadata.annotations).toEqual({
      'cdk8s-ml.dev/path': 'platform/chat',
      'cdk8s-ml.dev/load-time': '420s',
    });
    expect(objectsOf(CPU_SERVER).Deployment.metadata.annotations).toEqual({ 'cdk8s-ml.dev/path': 'platform/chat' });
  });

  test('keeps a patch of the user on every object it makes', () => {
    const chart = chartWith();
    const server = serverOf(chart, GPU_SERVER);
    const patches: [ApiObject, string, unknown][] = [
      [ApiObject.of(server), '/spec/minReadySeconds', 17],
      [server.service, '/spec/sessionAffinity', 'ClientIP'],
      [server.autoscaler!, '/spec/maxReplicas', 11],
      [server.disruptionBudget!, '/spec/maxUnavailable', '25%'],
    ];
    for (const [object, path, value] of patches) object.addJsonPatch(JsonPatch.add(path, value));
    const objects = synth(chart);
    expect(objects.Deployment.spec.minReadySeconds).toBe(17);
    expect(objects.Service.spec.sessionAffinity).toBe('ClientIP');
    expect(objects.HorizontalPodAutoscaler.spec.maxReplicas).toBe(11);
    expect(objects.PodDisruptionBudget.spec.maxUnavailable).toBe('25%');
    const children = server.node.children.map(({ node }) => node.id);
    expect(children).toEqual(['Resource', 'Service', 'Autoscaler', 'DisruptionBudget']);
  });

  test('knows what it resolved', () => {
    const chart = chartWith();
    const gpu = serverOf(chart, GPU_SERVER);
    expect(gpu.serverName).toBe('chat');
    expect(gpu.gpu?.count).toBe(1);
    expect([gpu.replicas.min, gpu.replicas.max]).toEqual([2, 9]);
    expect(gpu.loadTime?.toMinutes()).toBe(7);
    expect([gpu.runtime.kind, gpu.runtime.image, gpu.runtime.port]).toEqual(['vllm', 'vllm/vllm-openai:v0.30.0', 8000]);
    expect([gpu.runtime.metricsPath, gpu.runtime.metricsPort]).toEqual(['/metrics', 8000]);
    const cpu = new ModelServer(chart, 'sentiment', CPU_SERVER);
    expect([cpu.gpu, cpu.autoscaler, cpu.disruptionBudget, cpu.servicePort]).toEqual([
      undefined,
      undefined,
      undefined,
      80,
    ]);
  });

  test('keeps what it was given, whatever becomes of the objects of the user', () => {
    const args = ['--enable-prefix-caching'];
    const scaleUp = { pods: 3 };
    const labels: Record<string, string> = { team: 'nlp' };
    const chart = chartWith();
    const server = serverOf(chart, GPU_SERVER, {
      runtime: Runtime.vllm({ args }),
      scaling: Scaling.inFlightRequests(2).withBehavior({ scaleUp }),
      labels,
    });
    const before = JSON.stringify(synth(chart));
    args[0] = '--port=1';
    scaleUp.pods = -1;
    labels.team = 'not a label';
    new ModelServer(chartWith(), 'other', CPU_SERVER); // from now on everything is rendered anew
    expect(JSON.stringify(synth(chart))).toBe(before);
    expect(server.node.children).toHaveLength(4);
  });

  test('carries the reason for what was acknowledged', () => {
    const chart = chartWith(POOLS);
    const server = serverOf(chart, GPU_SERVER, { pool: GpuNodePool.fromProfile(chart, 'spot') });
    Acknowledge.of(server).add('SRV005', 'Two more replicas run on demand.');
    expect(synth(chart).Deployment.metadata.annotations['cdk8s-ml.dev/waive-serving-on-spot']).toBe(
      'Two more replicas run on demand.',
    );
  });

  test.each([
    ['7b-chat', /must start with a letter/],
    ['Chat', /lower-case letters/],
    [`c${'h'.repeat(63)}`, /no more than 63 characters, and has 64/],
    ['chat.v2', /lower-case letters/],
  ])('refuses %s as a name, which a Service cannot have', (id, words) => {
    expect(() => new ModelServer(chartWith(), id, CPU_SERVER)).toThrow(words);
    expect(() => new ModelServer(chartWith(), id, CPU_SERVER)).toThrow(/COR005/);
    expect(() => new ModelServer(chartWith(), id, { ...CPU_SERVER, name: 'chat' })).not.toThrow();
  });

  test('takes a name of 63 characters', () => {
    const name = `c${'h'.repeat(62)}`;
    expect(objectsOf(CPU_SERVER, { name }).Service.metadata.name).toBe(name);
  });

  test('names the property that was probably meant, and every other problem with it', () => {
    const wrong = { ...CPU_SERVER, replica: 3, liveProbe: {}, cpu: 2, servicePort: 0 } as unknown as ModelServerProps;
    expect(() => new ModelServer(chartWith(), 'chat', wrong)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /'replica' is not a property of ModelServerProps[^]*Write replicas[^]*'liveProbe'[^]*cpu is 2, not a Cpu[^]*servicePort is 0/,
        ),
      }),
    );
  });

  test.each([
    [{ runtime: undefined }, /runtime is not set/],
    [{ runtime: 'vllm' }, /runtime is 'vllm', not a Runtime/],
    [{ model: 'org/model' }, /model is 'org\/model', not a ModelSource/],
    [{ gpu: 1 }, /gpu is 1, not a Gpu/],
    [{ pool: 'l40s' }, /pool is 'l40s', not a GPU pool/],
    [{ replicas: 3 }, /replicas is 3, not a Replicas/],
    [{ scaling: { cpu: 70 } }, /scaling is an object, not a Scaling/],
    [{ rollout: 'Recreate' }, /rollout is 'Recreate', not a Rollout/],
    [{ loadTime: 240 }, /loadTime is 240, not a Duration/],
    [{ loadTime: Duration.days(2) }, /loadTime is 172800 seconds/],
    [{ loadTime: Duration.millis(10500) }, /loadTime is 10.5 seconds/],
    [{ maxRequestDuration: Duration.seconds(0) }, /maxRequestDuration is 0 seconds/],
    [{ preStopSleep: null }, /preStopSleep is null, not a Duration/],
    [{ startupProbe: { period: Duration.seconds(0) } }, /startupProbe.period is 0 seconds/],
    [{ livenessProbe: { failureThreshold: 0 } }, /livenessProbe.failureThreshold is 0/],
    [{ readinessProbe: { timeout: Duration.seconds(0) } }, /readinessProbe.timeout is 0 seconds/],
    [{ readinessProbe: { path: 'health' } }, /readinessProbe.path 'health' is no absolute path/],
    [{ livenessProbe: { successThreshold: 2 } }, /'successThreshold' is not a property of ProbeOptions/],
    [{ livenessProbe: { initialDelay: Duration.seconds(60) } }, /'initialDelay' is not a property of ProbeOptions/],
    [{ servicePort: 65536 }, /servicePort is 65536/],
    [{ servicePort: '8080' }, /servicePort is '8080', not a number/],
    [{ servicePortName: 'a-name-with-16-c' }, /servicePortName has 16 characters, and 15 is the limit/],
    [{ servicePortName: '8080' }, /servicePortName '8080' must contain a letter/],
    [{ servicePortName: 'a--b' }, /servicePortName 'a--b' must not contain '--'/],
    [{ servicePortName: 'HTTP' }, /servicePortName 'HTTP' must consist of lower-case/],
    [{ image: 'vllm/vllm-openai:v0.30.0' }, /'image' is not a property of ModelServerProps/],
    [{ command: ['vllm'] }, /'command' is not a property of ModelServerProps/],
  ])('refuses %p', (props, words) => {
    const wrong = { ...CPU_SERVER, ...(props as object) } as ModelServerProps;
    const make = () => new ModelServer(chartWith(), 'chat', wrong);
    expect(make).toThrow(words);
    expect(make).toThrow(/\[platform\/chat\] COR/);
  });

  test('mounts a claim made here read-only', () => {
    const chart = chartWith();
    const models = new Claim(chart, 'models', { size: Size.gibibytes(90) });
    serverOf(chart, GPU_SERVER, { model: ModelSource.on(models, { path: 'chat/v3/' }) });
    const { spec } = synth(chart).Deployment.spec.template;
    expect(spec.volumes[0]).toEqual({ name: 'models', persistentVolumeClaim: { claimName: 'models', readOnly: true } });
    expect(spec.containers[0].volumeMounts[0]).toEqual({ name: 'models', mountPath: '/models', readOnly: true });
    expect(spec.containers[0].args[0]).toBe('/models/chat/v3');
    expect(spec.securityContext).not.toHaveProperty('fsGroup');
  });
});
