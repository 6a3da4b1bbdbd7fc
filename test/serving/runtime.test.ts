import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Env, Gpu, ModelSource, Runtime, SecurityProfile, Volume } from 'cdk8s-ml';
import type { CustomRuntimeOptions, ModelServerProps, TritonOptions, VllmOptions } from 'cdk8s-ml';
import { COMMIT, containerOf, CPU_SERVER, GPU_SERVER, objectsOf } from './fixtures';

const claim = ModelSource.claim('weights');
const vllm = (options: VllmOptions, props: Partial<ModelServerProps> = {}) =>
  containerOf(GPU_SERVER, { runtime: Runtime.vllm(options), ...props });
const custom = (options: Partial<CustomRuntimeOptions>, props: Partial<ModelServerProps> = {}) =>
  containerOf(CPU_SERVER, {
    runtime: Runtime.custom({ image: 'a/b:1', port: 8000, healthPath: '/ok', ...options }),
    ...props,
  });
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const envOf = (container: any): Record<string, unknown> =>
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  Object.fromEntries(container.env.map(({ name, value, valueFrom }: any) => [name, value ?? valueFrom]));

describe('Runtime.vllm', () => {
  test('names model, revision, port and the time to stop, and nothing that was not said', () => {
    const { image, command, args, ports } = vllm({});
    expect(image).toBe('vllm/vllm-openai:v0.30.0');
    expect(command).toEqual(['vllm', 'serve']);
    expect(args).toEqual([
      'org/model',
      `--revision=${COMMIT}`,
      '--served-model-name=chat',
      '--port=8000',
      '--shutdown-timeout=120',
    ]);
    expect(ports).toEqual([{ name: 'http', containerPort: 8000 }]);
  });

  test('takes every option', () => {
    const options: Required<VllmOptions> = {
      image: 'registry.example.com/vllm:v1',
      maxModelLen: 2048,
      gpuMemoryUtilization: 0.85,
      servedModelName: 'assistant',
      port: 9001,
      args: ['--kv-cache-dtype=fp8'],
    };
    const { image, args, ports } = vllm(options, { model: claim });
    expect(image).toBe('registry.example.com/vllm:v1');
    expect(args).toEqual([
      '/models',
      '--served-model-name=assistant',
      '--port=9001',
      '--max-model-len=2048',
      '--gpu-memory-utilization=0.85',
      '--shutdown-timeout=120',
      '--kv-cache-dtype=fp8',
    ]);
    expect(ports[0].containerPort).toBe(9001);
  });

  test('spreads the model over the GPUs of the pod, unless the user says how', () => {
    const parallel = (gpus: number, ...args: string[]) =>
      vllm({ args }, { gpu: Gpu.any(gpus) }).args.filter((arg: string) => arg.includes('parallel') || arg === '-tp=2');
    expect(parallel(1)).toEqual([]);
    expect(parallel(4)).toEqual(['--tensor-parallel-size=4']);
    expect(parallel(4, '--data-parallel-size=4')).toEqual(['--data-parallel-size=4']);
    expect(parallel(4, '--tensor_parallel_size=2')).toEqual(['--tensor_parallel_size=2']);
    expect(parallel(4, '-tp=2')).toEqual(['-tp=2']);
  });

  test('keeps its caches where it may write, and tells its makers nothing', () => {
    expect(envOf(vllm({}))).toMatchObject({
      VLLM_CACHE_ROOT: '/cache/vllm',
      VLLM_NO_USAGE_STATS: '1',
      HOME: '/home/run',
    });
    const env = { VLLM_CACHE_ROOT: Env.value('/scratch') };
    const entries = vllm({}, { env }).env.filter(({ name }: { name: string }) => name === 'VLLM_CACHE_ROOT');
    expect(entries).toEqual([{ name: 'VLLM_CACHE_ROOT', value: '/scratch' }]);
  });

  test('leaves the hub alone when the model is at hand', () => {
    expect(envOf(vllm({}, { model: claim })).HF_HUB_OFFLINE).toBe('1');
    expect(envOf(vllm({}))).not.toHaveProperty('HF_HUB_OFFLINE');
  });

  test.each([
    [{ maxModelLen: 0 }, /maxModelLen is 0/],
    [{ gpuMemoryUtilization: 1.1 }, /gpuMemoryUtilization is 1.1/],
    [{ port: 70000 }, /port is 70000/],
    [{ args: ['--a', 3] }, /args\[1\] is 3, not text/],
    [{ maxModelLength: 1 }, /Write maxModelLen/],
    [null, /is null/],
  ])('refuses %p', (options, words) => {
    expect(() => Runtime.vllm(options as VllmOptions)).toThrow(words);
  });
});

describe('Runtime.triton', () => {
  const runtime = Runtime.triton({ image: 'nvcr.io/nvidia/tritonserver:26.06-py3', args: ['--log-verbose=1'] });
  const props = { runtime, model: ModelSource.claim('weights', { path: 'repository' }) };

  test('serves a repository over HTTP and gRPC, and keeps the metrics to itself', () => {
    const { Deployment, Service } = objectsOf(CPU_SERVER, { ...props, gpu: Gpu.any(1) });
    const [container] = Deployment.spec.template.spec.containers;
    expect(container.args).toEqual([
      'tritonserver',
      '--model-repository=/models/repository',
      '--exit-timeout-secs=120',
      '--log-verbose=1',
    ]);
    expect(container.ports).toEqual([
      { name: 'http', containerPort: 8000 },
      { name: 'grpc', containerPort: 8001 },
      { name: 'metrics', containerPort: 8002 },
    ]);
    expect(Service.spec.ports).toEqual([
      { name: 'http', port: 80, targetPort: 'http' },
      { name: 'grpc', port: 8001, targetPort: 'grpc' },
    ]);
    expect(container.readinessProbe.httpGet.path).toBe('/v2/health/ready');
    expect(container.livenessProbe.httpGet.path).toBe('/v2/health/live');
    expect([runtime.metricsPath, runtime.metricsPort]).toEqual(['/metrics', 8002]);
  });

  test('needs an image, since its backends depend on the models', () => {
    expect(() => Runtime.triton({} as TritonOptions)).toThrow(/image is not set/);
  });
});

describe('Runtime.custom', () => {
  test('starts what the image starts, or what the user says', () => {
    expect(custom({})).not.toHaveProperty('command');
    expect(custom({})).not.toHaveProperty('args');
    const { command, args } = custom({ command: ['serve'], args: ['--model=$(MODEL_DIR)'] }, { model: claim });
    expect([command, args]).toEqual([['serve'], ['--model=$(MODEL_DIR)']]);
  });

  test('has a port for metrics when they are elsewhere', () => {
    expect(custom({ metricsPath: '/m' }).ports).toHaveLength(1);
    expect(custom({ metricsPath: '/m', metricsPort: 9090 }).ports[1]).toEqual({ name: 'metrics', containerPort: 9090 });
  });

  test.each([
    [{ port: 0 }, /port is 0/],
    [{ port: 65536 }, /port is 65536/],
    [{ port: '8080' }, /port is '8080', not a number/],
    [{ healthPath: 'ok' }, /healthPath 'ok' is no absolute path/],
    [{ readyPath: '/a b' }, /readyPath '\/a b' is no absolute path/],
    [{ command: [] }, /command has 0 items/],
    [{ livePath: '/x' }, /'livePath' is not a property of CustomRuntimeOptions/],
  ])('refuses %p', (options, words) => {
    expect(() => custom(options as Partial<CustomRuntimeOptions>)).toThrow(words);
  });

  test('is checked like every image', () => {
    expect(() => custom({ image: 'http://a/b:1' })).toThrow(/KUB007/);
  });
});

describe('ModelSource', () => {
  test('tells a program of your own where the model is', () => {
    expect(
      custom({}, { model: ModelSource.claim('weights', { path: '/v3'.slice(1), mountPath: '/m/' }) }).env[0],
    ).toEqual({
      name: 'MODEL_DIR',
      value: '/m/v3',
    });
    expect(envOf(custom({}, { model: ModelSource.inImage('/opt/model/') })).MODEL_DIR).toBe('/opt/model');
    const env = envOf(custom({}, { model: GPU_SERVER.model }));
    expect(env).toMatchObject({
      MODEL_ID: 'org/model',
      MODEL_REVISION: COMMIT,
      HF_TOKEN: { secretKeyRef: { name: 'hub', key: 'token' } },
    });
  });

  test('keeps those variables to itself', () => {
    const env = { MODEL_DIR: Env.value('/elsewhere') };
    expect(() => custom({}, { model: claim, env })).toThrow(/KUB008: env.MODEL_DIR is set/);
    expect(() => custom({}, { env })).not.toThrow();
  });

  test('gives a download a cache that holds the model and what is made of it', () => {
    const cache = (options: object, props: Partial<ModelServerProps> = {}) => {
      const { volumes } = objectsOf(GPU_SERVER, {
        model: ModelSource.huggingFace('org/model', options),
        ...props,
      }).Deployment.spec.template.spec;
      return volumes.find(({ name }: { name: string }) => name === 'cache')?.emptyDir.sizeLimit;
    };
    expect(cache({ size: Size.gibibytes(100) })).toBe('140Gi');
    expect(cache({})).toBe('64Gi'); // the model of the GPU is not known: 44 GiB of memory
    const known = { gpu: Gpu.l40s(2), cpu: Cpu.units(9) };
    expect(parseInt(cache({}, known))).toBeGreaterThan(2 * 44 + 20 - 1);
    expect(parseInt(cache({}, known))).toBeLessThan(2 * 48 + 20 + 1);
    const volumes = [Volume.ephemeralClaim({ mountPath: '/cache', size: Size.gibibytes(300) })];
    expect(cache({}, { volumes })).toBeUndefined();
  });

  test('needs no such cache for a model that is at hand', () => {
    const { volumes } = objectsOf(GPU_SERVER, { model: claim }).Deployment.spec.template.spec;
    expect(volumes.find(({ name }: { name: string }) => name === 'cache').emptyDir.sizeLimit).toBe('20Gi');
  });

  test('runs as the image says where it must', () => {
    const spec = objectsOf(GPU_SERVER, { security: SecurityProfile.image() }).Deployment.spec.template.spec;
    expect(spec.securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
  });

  test.each([
    [() => ModelSource.huggingFace('--port=1'), /'--port=1' is no repository/],
    [() => ModelSource.huggingFace('/models/x'), /is no repository/],
    [() => ModelSource.huggingFace('a/b/c'), /is no repository/],
    [() => ModelSource.huggingFace('a/..'), /is no repository/],
    [() => ModelSource.huggingFace('ørg/model'), /is no repository/],
    [() => ModelSource.huggingFace(`org/${'m'.repeat(97)}`), /is no repository/],
    [() => ModelSource.huggingFace(''), /modelId is empty/],
    [() => ModelSource.huggingFace(undefined as never), /modelId is undefined, not text/],
    [() => ModelSource.huggingFace('a/b', { revision: '-x' }), /revision '-x' is no revision/],
    [() => ModelSource.huggingFace('a/b', { revision: 'a..b' }), /is no revision/],
    [() => ModelSource.huggingFace('a/b', { token: 'hf_x' } as never), /token is 'hf_x', not an EnvValue/],
    [() => ModelSource.huggingFace('a/b', { commit: COMMIT } as never), /'commit' is not a property/],
    [() => ModelSource.claim('My_Claim'), /claimName 'My_Claim' must consist of lower-case/],
    [() => ModelSource.claim('models', { path: '/abs' }), /path '\/abs' is absolute/],
    [() => ModelSource.claim('models', { path: 'a/../../b' }), /contains '..'/],
    [() => ModelSource.claim('models', { mountPath: 'models' }), /which is not absolute/],
    [() => ModelSource.on({} as never), /claim is an object, not a Claim/],
    [() => ModelSource.inImage('model'), /which is not absolute/],
    [() => ModelSource.inImage('/'), /would hide the whole image/],
  ])('refuses what is no model: %#', (make, words) => {
    expect(make).toThrow(words);
  });

  test('takes a repository without an organisation', () => {
    expect(custom({}, { model: ModelSource.huggingFace('gpt2') }).env[0]).toEqual({ name: 'MODEL_ID', value: 'gpt2' });
  });
});
