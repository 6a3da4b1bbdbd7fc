import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  AccessMode,
  Acknowledge,
  Env,
  Gpu,
  GpuNodePool,
  ModelServer,
  ModelSource,
  Replicas,
  Rollout,
  Runtime,
  Scaling,
  Stage,
  TaintEffect,
} from 'cdk8s-ml';
import type { ClusterProfileProps, ModelServerProps } from 'cdk8s-ml';
import { chartWith, COMMIT, complaints, CPU_SERVER, GPU_SERVER, POOLS, serverOf, synth } from './fixtures';

type Props = Partial<ModelServerProps>;
type Profile = Partial<ClusterProfileProps>;

const PRODUCTION: Profile = { ...POOLS, stage: Stage.PRODUCTION };
const cpu = (props: Props, profile?: Profile) => complaints((chart) => serverOf(chart, CPU_SERVER, props), profile);
const gpu = (props: Props, profile?: Profile) => complaints((chart) => serverOf(chart, GPU_SERVER, props), profile);
const inPool = (pool: string, props: Props = {}, base = GPU_SERVER) =>
  complaints(
    (chart) => serverOf(chart, base, { gpu: Gpu.l40s(1), ...props, pool: GpuNodePool.fromProfile(chart, pool) }),
    POOLS,
  );
const ofMode = (accessMode: AccessMode) => ModelSource.claim('weights', { accessMode });
const vllm = (...args: string[]): Props => ({ runtime: Runtime.vllm({ args }) });
const seconds = (amount: number) => Duration.seconds(amount);
const range = { replicas: Replicas.between(2, 4) };
const SHORT = { terminationGracePeriod: seconds(90) };
const tritonOn = (model?: ModelSource): Props => ({ runtime: Runtime.triton({ image: 'a/triton:1' }), model });

/** For every diagnostic: what it must say, and the nearest thing that is right. */
const CASES: [id: string, wrong: () => string, words: RegExp, right: () => string][] = [
  [
    'SRV001',
    () => cpu({}, PRODUCTION),
    /replicas is 1, and the profile lab is for production[^]*Set replicas to Replicas.exactly\(2\)/,
    () => cpu({ replicas: Replicas.exactly(2) }, PRODUCTION),
  ],
  [
    'SRV001',
    () => gpu({ replicas: Replicas.between(1, 6) }, PRODUCTION),
    /replicas may fall to 1[^]*Replicas.between\(2, 6\)/,
    () => gpu({ replicas: Replicas.between(1, 6) }, POOLS),
  ],
  [
    'SRV002',
    () => gpu({ model: ModelSource.huggingFace('org/model', { revision: 'v1.2' }) }, PRODUCTION),
    /the revision of org\/model is 'v1.2', which may move/,
    () => gpu({}, PRODUCTION),
  ],
  [
    'SRV002',
    () => gpu({ model: ModelSource.huggingFace('org/model') }, PRODUCTION),
    /the revision of org\/model is not set/,
    () => gpu({ model: ModelSource.huggingFace('org/model') }, POOLS),
  ],
  [
    'SRV003',
    () => gpu({ startupProbe: { failureThreshold: 41 } }),
    /startupProbe gives up after 410 s \(41 times 10 s\), and loadTime is 420 s/,
    () => gpu({ startupProbe: { failureThreshold: 42 } }),
  ],
  [
    'SRV004',
    () => gpu({ terminationGracePeriod: seconds(134) }),
    /terminationGracePeriod is 134 s, and a replica that goes needs 135 s: 15 s of preStopSleep and 120 s of maxRequestDuration/,
    () => gpu({ terminationGracePeriod: seconds(135) }),
  ],
  [
    'SRV005',
    () => inPool('spot'),
    /pool spot has spot nodes, which leave a pod 110 s on aws: requests get 80 s to finish/,
    () => inPool('l40s'),
  ],
  [
    'SRV006',
    () => gpu({ scaling: Scaling.cpuUtilization(75) }),
    /scaling keeps cpu at 75 percent, and the server runs on GPUs/,
    () => gpu({ scaling: Scaling.memoryUtilization(75) }),
  ],
  [
    'SRV007',
    () => cpu({ ...range, memory: undefined, scaling: Scaling.memoryUtilization(55) }),
    /scaling keeps memory at 55 percent of its request, and memory is not set/,
    () => cpu({ ...range, scaling: Scaling.memoryUtilization(55) }),
  ],
  [
    'SRV008',
    () => complaints(() => Replicas.between(5, 3)),
    /Replicas.between\(5, 3\) has a minimum above its maximum[^]*Write Replicas.between\(3, 5\)/,
    () => complaints(() => Replicas.between(3, 5)),
  ],
  [
    'SRV009',
    () => complaints(() => Replicas.between(0, 3)),
    /Replicas.between got 0 for min[^]*KEDA[^]*KServe/,
    () => complaints(() => Replicas.between(1, 3)),
  ],
  [
    'SRV009',
    () => complaints(() => Replicas.exactly(0)),
    /Replicas.exactly got 0/,
    () => cpu({ replicas: Replicas.exactly(1) }),
  ],
  [
    'SRV010',
    () => cpu(range),
    /replicas is a range from 2 to 4 but scaling is not set[^]*Scaling.cpuUtilization\(70\)/,
    () => cpu({ ...range, scaling: Scaling.cpuUtilization(70) }),
  ],
  [
    'SRV010',
    () => gpu({ scaling: undefined }),
    /scaling is not set[^]*Scaling.inFlightRequests\(10\)/,
    () => gpu({ scaling: undefined, replicas: Replicas.exactly(2) }),
  ],
  [
    'SRV011',
    () => cpu({ replicas: Replicas.exactly(3), scaling: Scaling.cpuUtilization(70) }),
    /scaling is set but replicas is fixed at 3[^]*Replicas.between\(3, 12\)/,
    () => cpu({ replicas: Replicas.exactly(3) }),
  ],
  [
    'SRV012',
    () => cpu({ ...range, scaling: Scaling.inFlightRequests(4) }),
    /the runtime custom reports no metric of them[^]*inFlightMetric/,
    () => cpu({ ...range, scaling: Scaling.podsMetric('load', 4) }),
  ],
  [
    'SRV013',
    () => inPool('l40s', { replicas: Replicas.between(2, 13) }),
    /replicas is at most 13, and pool l40s has room for 12 \(3 nodes, 4 on each\)[^]*at most 12/,
    () => inPool('l40s', { replicas: Replicas.between(2, 12) }),
  ],
  [
    'SRV013',
    () => inPool('l40s', { replicas: Replicas.between(2, 12), rollout: Rollout.maxSurge(1) }),
    /at most 12 and 1 more during a rollout[^]*at most 11/,
    () => inPool('l40s', { replicas: Replicas.between(2, 11), rollout: Rollout.maxSurge(1) }),
  ],
  [
    'SRV014',
    () => inPool('l40s', { gpu: Gpu.l40s(2), replicas: Replicas.between(7, 8) }),
    /replicas is at least 7, and pool l40s has room for 6 \(3 nodes, 2 on each\)/,
    () => inPool('l40s', { gpu: Gpu.l40s(2), replicas: Replicas.between(6, 6) }),
  ],
  [
    'SRV014',
    () => inPool('l40s', { memory: Size.gibibytes(400), replicas: Replicas.exactly(4), scaling: undefined }),
    /replicas is at least 4, and pool l40s has room for 3 \(3 nodes, 1 on each\)/,
    () => inPool('l40s', { memory: Size.gibibytes(400), replicas: Replicas.exactly(3), scaling: undefined }),
  ],
  [
    'SRV015',
    () => gpu({ rollout: Rollout.maxUnavailable(2) }),
    /rollout is Rollout.maxUnavailable\(2\), and replicas is at least 2/,
    () => gpu({ rollout: Rollout.maxUnavailable(1) }),
  ],
  [
    'SRV015',
    () => cpu({ rollout: Rollout.recreate(), replicas: Replicas.exactly(2) }),
    /rollout is Rollout.recreate\(\), and replicas is 2/,
    () => cpu({ rollout: Rollout.recreate() }),
  ],
  [
    'SRV016',
    () => cpu({ model: ofMode(AccessMode.READ_WRITE_ONCE), rollout: Rollout.maxSurge() }),
    /claim weights is ReadWriteOnce, and rollout brings the new pod up beside the old one/,
    () => cpu({ model: ofMode(AccessMode.READ_WRITE_ONCE) }),
  ],
  ['SRV017', () => gpu({ model: undefined }), /the runtime is vLLM but model is not set/, () => gpu({})],
  [
    'SRV017',
    () => gpu({ ...tritonOn(), ...range, scaling: Scaling.memoryUtilization(70) }),
    /the runtime is Triton but model is not set/,
    () => gpu({ ...tritonOn(ModelSource.inImage('/repository')), ...range, scaling: Scaling.memoryUtilization(70) }),
  ],
  [
    'SRV017',
    () => cpu(tritonOn(ModelSource.huggingFace('org/model'))),
    /the model is org\/model of the Hugging Face hub, and Triton reads a model repository/,
    () => cpu(tritonOn(ModelSource.claim('repository'))),
  ],
  [
    'SRV018',
    () => gpu({ gpu: undefined }),
    /needs NVIDIA GPUs, and the pod has no GPU[^]*Set gpu/,
    () => gpu({ gpu: undefined, runtime: Runtime.vllm({ image: 'vllm/vllm-openai-cpu:v0.30.0' }) }),
  ],
  [
    'SRV018',
    () => gpu({ gpu: Gpu.resource('amd.com/gpu', 1) }),
    /needs NVIDIA GPUs, and the pod has amd.com\/gpu/,
    () =>
      gpu({ gpu: Gpu.resource('amd.com/gpu', 1), runtime: Runtime.vllm({ image: 'vllm/vllm-openai-rocm:v0.30.0' }) }),
  ],
  [
    'SRV019',
    () => gpu(vllm('--dtype=half', '--port=9')),
    /runtime.args\[1\] is '--port=9', and the runtime writes --port itself[^]*set port/,
    () => gpu(vllm('--dtype=half', '--ssl-keyfile=/tls/key')),
  ],
  [
    'SRV019',
    () => gpu(vllm('--served_model_name', 'x')),
    /the runtime writes --served-model-name itself/,
    () => gpu({ runtime: Runtime.vllm({ servedModelName: 'x' }) }),
  ],
  [
    'SRV020',
    () => gpu(vllm('--trust-remote-code')),
    /the arguments of the runtime contain --trust-remote-code/,
    () => gpu(vllm('--no-trust-remote-code')),
  ],
  [
    'SRV021',
    () => inPool('l40s', { gpu: undefined }, CPU_SERVER),
    /pool is l40s but gpu is not set/,
    () => inPool('l40s', {}, CPU_SERVER),
  ],
  [
    'SRV021',
    () => cpu({ tolerations: [{ key: 'nvidia.com/gpu', effect: TaintEffect.NO_SCHEDULE }] }),
    /tolerations contains nvidia.com\/gpu but gpu is not set/,
    () => cpu({ tolerations: [{ key: 'dedicated', value: 'serving' }] }),
  ],
  [
    'SRV022',
    () => cpu({ ...tritonOn(ModelSource.claim('repository')), servicePort: 8001 }),
    /servicePort is 8001, which is the grpc port/,
    () => cpu({ ...tritonOn(ModelSource.claim('repository')), servicePort: 8002 }),
  ],
  [
    'SRV022',
    () => cpu({ ...tritonOn(ModelSource.claim('repository')), servicePortName: 'grpc' }),
    /servicePortName is grpc, which is port 8001/,
    () => cpu({ ...tritonOn(ModelSource.claim('repository')), servicePortName: 'metrics' }),
  ],
];

describe('diagnostics of serving', () => {
  test.each(CASES)('%s fails with place, value and fix', (id, wrong, words) => {
    const message = wrong();
    expect(message).toMatch(new RegExp(`${id}: `));
    expect(message).toMatch(words);
    expect(message).toMatch(/Fix: .+\. ?.*\([a-z-]+\)/);
  });

  test.each(CASES)('%s passes the nearest thing that is right', (_id, _wrong, _words, right) => {
    expect(right()).toBe('');
  });

  test('SRV023 fails when the grace period outlives a spot node, and passes within its notice', () => {
    const longer = inPool('spot', { terminationGracePeriod: seconds(150) });
    expect(longer).toMatch(/SRV023: terminationGracePeriod is 150 s, and spot nodes of aws leave a pod 110 s/);
    const within = inPool('spot', { terminationGracePeriod: seconds(110), maxRequestDuration: seconds(90) });
    expect(within).not.toMatch(/SRV023|SRV004/);
  });

  test('every id of the room has a case here', () => {
    const ids = Array.from({ length: 22 }, (_, i) => `SRV${String(i + 1).padStart(3, '0')}`);
    expect([...new Set(CASES.map(([id]) => id))].sort()).toEqual(ids);
  });

  test('an unsafe one passes with a reason, an invalid one never', () => {
    const chart = chartWith(POOLS);
    const server = serverOf(chart, GPU_SERVER, { scaling: Scaling.cpuUtilization(75), ...SHORT });
    Acknowledge.of(server).add('SRV006', 'The tokenizer is what is busy.');
    Acknowledge.of(server).add('SRV004', 'Clients try again.');
    const { annotations } = synth(chart).HorizontalPodAutoscaler.metadata;
    expect(annotations).toMatchObject({
      'cdk8s-ml.dev/waive-cpu-scaling-of-gpu-server': 'The tokenizer is what is busy.',
      'cdk8s-ml.dev/waive-grace-shorter-than-requests': 'Clients try again.',
    });
    expect(() => Acknowledge.of(server).add('SRV010', 'no')).toThrow(/COR009/);
  });

  test('GPU008 fails when a server on CPUs says no CPU or memory, and passes with both', () => {
    const none = cpu({ cpu: undefined, memory: undefined });
    expect(none).toMatch(/\[platform\/chat\] GPU008: cpu is not set/);
    expect(none).toMatch(/\[platform\/chat\] GPU008: memory is not set/);
    expect(cpu({})).toBe('');
  });

  test('CLU003 fails for a metric that nothing in the cluster serves, and passes when the cluster is not known', () => {
    const bare: Profile = { ...POOLS, components: [] };
    expect(gpu({}, bare)).toMatch(
      /CLU003: scaling follows a metric of custom.metrics.k8s.io, and the profile lab has no custom-metrics/,
    );
    const external = { scaling: Scaling.externalMetric('queue', { target: 3 }) };
    expect(gpu(external, bare)).toMatch(/CLU003[^]*Component.EXTERNAL_METRICS/);
    expect([gpu({}), gpu({}, POOLS), gpu(external, POOLS)]).toEqual(['', '', '']);
    expect(gpu({ scaling: Scaling.memoryUtilization(70) }, bare)).toBe('');
  });

  test('CLU004 fails for a priority class that the profile lacks', () => {
    const profile: Profile = { priorityClasses: [{ name: 'ml-serve', value: 1000 }] };
    expect(cpu({ priorityClassName: 'ml-server' }, profile)).toMatch(/CLU004[^]*did you mean 'ml-serve'/);
    expect(cpu({ priorityClassName: 'ml-serve' }, profile)).toBe('');
  });

  test('GPU001, GPU002 and GPU007 fail for what no node of the pool has', () => {
    expect(inPool('l40s', { gpu: Gpu.h100(1) })).toMatch(/GPU001: the GPU is h100-sxm, and pool l40s has l40s/);
    expect(inPool('l40s', { gpu: Gpu.l40s(8) })).toMatch(/GPU002: a pod asks for 8 devices/);
    expect(inPool('l40s', { memory: Size.gibibytes(900) })).toMatch(/GPU007: memory is 900Gi/);
  });

  test('KUB018 fails for a CPU limit below the request, and passes for one that equals it', () => {
    expect(cpu({ cpuLimit: Cpu.millis(1999) })).toMatch(/KUB018: cpuLimit is 1999m, and cpu is 2\./);
    expect(cpu({ cpuLimit: Cpu.units(2) })).toBe('');
  });

  test('KUB009 fails for a token in plain text, which it never shows', () => {
    const token = Env.value('hf_abcdefghijklmnopqrstuvwxyz');
    const message = gpu({ model: ModelSource.huggingFace('org/model', { revision: COMMIT, token }) });
    expect(message).toMatch(/KUB009: env.HF_TOKEN looks like a secret in plain text/);
    expect(message).not.toContain('hf_abc');
  });

  test('KUB019 fails for an image that moves in production', () => {
    const runtime = Runtime.custom({ image: 'registry.example.com/sentiment', port: 8080, healthPath: '/' });
    const props = { runtime, replicas: Replicas.exactly(2) };
    expect(cpu(props, PRODUCTION)).toMatch(/KUB019: image 'registry.example.com\/sentiment' has no fixed tag/);
    expect(cpu(props, POOLS)).toBe('');
  });

  test('KUB005 fails for labels by which the Service finds the pods', () => {
    expect(cpu({ labels: { 'app.kubernetes.io/component': 'api' } })).toMatch(
      /KUB005: the label app.kubernetes.io\/component is always server/,
    );
    expect(cpu({ labels: { 'app.kubernetes.io/name': 'api' } })).toMatch(/KUB005/);
    expect(cpu({ labels: { 'app.kubernetes.io/part-of': 'api' } })).toBe('');
  });

  test('STO001 and STO005 fail when replicas cannot share the claim, and pass when they can', () => {
    const two = { replicas: Replicas.exactly(2) };
    const once = cpu({ ...two, model: ofMode(AccessMode.READ_WRITE_ONCE) });
    expect(once).toMatch(/STO001: claim weights is ReadWriteOnce, and there are up to 2 replicas/);
    expect(cpu({ ...two, model: ofMode(AccessMode.READ_WRITE_ONCE_POD) })).toMatch(/STO005/);
    expect(cpu({ ...two, model: ofMode(AccessMode.READ_ONLY_MANY) })).toBe('');
    expect(cpu({ ...two, model: ofMode(AccessMode.READ_WRITE_MANY) })).toBe('');
    expect(cpu({ ...two, model: ModelSource.claim('weights') })).toBe('');
  });

  test('KUB003 fails for two servers of one name', () => {
    const message = complaints((chart) => {
      serverOf(chart, CPU_SERVER);
      new ModelServer(chart, 'other', { ...CPU_SERVER, name: 'chat' });
    });
    expect(message).toMatch(/KUB003: Deployment chat is made twice/);
    expect(message).toMatch(/KUB003: Service chat is made twice/);
  });

  test('all problems of a server come in one error', () => {
    const message = cpu({
      ...range,
      cpu: undefined,
      cpuLimit: undefined,
      labels: { 'kueue.x-k8s.io/queue-name': 'q' },
    });
    expect(message).toMatch(/GPU008/);
    expect(message).toMatch(/SRV010/);
    expect(message).toMatch(/KUB005/);
  });
});
