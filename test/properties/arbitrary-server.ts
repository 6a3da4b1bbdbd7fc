import { Duration } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { AccessMode, Env, ModelSource, Replicas, Rollout, Runtime, Scaling } from '../../src';
import { type Cluster, placed } from './arbitrary-cluster';
import { dnsLabel, dnsSubdomain, labelKey, labelValue, longLabelKey, oneOf } from './arbitrary-names';
import { anyArgument, cpu, largeSize, seconds, size } from './arbitrary-amounts';
import { image, podBaseProps, sparse } from './arbitrary-pod';
import { anyText } from './hostile';
import { call, maybe, mostly, type Written } from './written';

const DAY = 86400;
const port = fc.oneof(fc.integer({ min: 1, max: 65535 }), fc.constantFrom(80, 8000, 8001, 8002));
const path = mostly(
  fc.constantFrom('/', '/health', '/v1/health?deep=1', '/a%20b', `/${'p'.repeat(1000)}`, '/healthz#x'),
  fc.oneof(anyText, fc.constant('/日本')),
  150,
);
const args = fc.array(mostly(fc.constantFrom('--enable-auto-tool-choice', '--x=日本', '-v'), anyArgument), {
  maxLength: 3,
});

const models = {
  claim: call(
    'ModelSource.claim',
    ModelSource.claim,
    dnsSubdomain,
    fc.record(
      {
        mountPath: fc.constantFrom('/m', '/models//x/'),
        path: fc.constantFrom('chat/v3', '日本', './a'),
        accessMode: mostly(fc.constant(AccessMode.READ_WRITE_MANY), oneOf(AccessMode), 6),
      },
      { requiredKeys: [] },
    ),
  ),
  hub: call(
    'ModelSource.huggingFace',
    ModelSource.huggingFace,
    fc.constantFrom('org/model', 'gpt2', `${'o'.repeat(96)}/${'m'.repeat(96)}`, 'Org_1/a.b-c'),
    fc.record(
      {
        revision: fc.constantFrom('main', '0f'.repeat(20), 'refs/pr/1', '1.0', '0123456'),
        token: call('Env.secret', Env.secret, dnsSubdomain, fc.constant('token')),
        size,
      },
      { requiredKeys: [] },
    ),
  ),
  inImage: call('ModelSource.inImage', ModelSource.inImage, fc.constantFrom('/model', '/a//b', '/日本')),
};
const directory = fc.oneof(models.claim, models.inImage);
const anyModel = fc.oneof(models.claim, models.hub, models.inImage);

const metric = mostly(
  fc.constantFrom('requests_in_flight', 'vllm:num_requests_running', 'größe', 'm'.repeat(253), 'a b', '...'),
  fc.oneof(anyText, fc.constantFrom('a.b/c', '..', 'p%25')),
  30,
);
const target = fc.oneof(fc.constantFrom(0.001, 1, 2.5, 1e9, 0.3333), fc.integer({ min: 1, max: 500 }));
const scalingRule = fc.record(
  {
    stabilizationWindow: call('Duration.seconds', Duration.seconds, fc.constantFrom(0, 30, 3600)),
    pods: fc.constantFrom(1, 4, 10000),
    percent: fc.constantFrom(1, 50, 100, 10000),
    period: call('Duration.seconds', Duration.seconds, fc.constantFrom(1, 60, 1800)),
  },
  { requiredKeys: [] },
);
const signal: fc.Arbitrary<Written> = fc.oneof(
  call('Scaling.cpuUtilization', Scaling.cpuUtilization, fc.integer({ min: 1, max: 100 })),
  call('Scaling.memoryUtilization', Scaling.memoryUtilization, fc.integer({ min: 1, max: 100 })),
  call('Scaling.inFlightRequests', Scaling.inFlightRequests, target),
  call('Scaling.podsMetric', Scaling.podsMetric, metric, target),
  call(
    'Scaling.externalMetric',
    Scaling.externalMetric,
    metric,
    fc.record(
      {
        target,
        perReplica: fc.boolean(),
        labels: fc.dictionary(fc.oneof(labelKey, longLabelKey), labelValue, { maxKeys: 2 }),
      },
      { requiredKeys: ['target'] },
    ),
  ),
);
const together = (a: Scaling, b: Scaling | undefined, behavior: object | undefined): Scaling => {
  const both = b ? a.plus(b) : a;
  return behavior ? both.withBehavior(behavior) : both;
};
const scaling = call(
  'together',
  together,
  signal,
  maybe(signal),
  maybe(fc.record({ scaleUp: scalingRule, scaleDown: scalingRule }, { requiredKeys: [] })),
);

const probe = fc.record(
  {
    path,
    period: seconds(3600),
    timeout: seconds(3600),
    failureThreshold: fc.constantFrom(1, 3, 100000),
  },
  { requiredKeys: [] },
);

const fields = {
  cpuLimit: mostly(call('Cpu.units', Cpu.units, fc.constant(4096)), cpu, 6),
  loadTime: seconds(DAY),
  rollout: fc.oneof(
    call('Rollout.maxSurge', Rollout.maxSurge, fc.constantFrom(1, 3, 10000)),
    call('Rollout.maxUnavailable', Rollout.maxUnavailable, fc.constantFrom(1, 3, 10000)),
    call('Rollout.recreate', Rollout.recreate),
  ),
  maxRequestDuration: seconds(DAY),
  preStopSleep: call(
    'Duration.seconds',
    Duration.seconds,
    fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(3600)),
  ),
  startupProbe: probe,
  readinessProbe: probe,
  livenessProbe: probe,
  servicePort: port,
  servicePortName: mostly(
    dnsLabel(15).filter((text) => !text.includes('--')),
    fc.constantFrom('grpc', 'http', '1', 'a--b'),
  ),
  name: mostly(dnsLabel(), anyText),
};

const replicas = fc.oneof(
  fc.record({ replicas: call('Replicas.exactly', Replicas.exactly, fc.constantFrom(1, 2, 10000)) }),
  fc.record({
    replicas: call('Replicas.between', Replicas.between, fc.constantFrom(1, 2), fc.constantFrom(2, 9, 10000)),
    scaling,
  }),
);

interface Kind {
  readonly runtime: fc.Arbitrary<Written>;
  readonly model: fc.Arbitrary<Written | undefined>;
}

/** Runtimes, each with the models that it serves. */
export const RUNTIMES = {
  vllm: {
    runtime: call(
      'Runtime.vllm',
      Runtime.vllm,
      fc.record(
        {
          maxModelLen: fc.constantFrom(1, 4096, 1e9),
          gpuMemoryUtilization: fc.constantFrom(0.01, 0.9, 1),
          servedModelName: mostly(fc.constantFrom('chat', 'größe', 'a b'), anyText),
          port,
          args,
          image,
        },
        { requiredKeys: [] },
      ),
    ),
    model: anyModel,
  },
  triton: {
    runtime: call('Runtime.triton', Runtime.triton, fc.record({ image, args }, { requiredKeys: ['image'] })),
    model: directory,
  },
  custom: {
    runtime: call(
      'Runtime.custom',
      Runtime.custom,
      fc.record(
        {
          image,
          port,
          healthPath: path,
          command: fc.array(anyArgument, { minLength: 1, maxLength: 2 }),
          args,
          readyPath: path,
          metricsPath: path,
          metricsPort: port,
          inFlightMetric: metric,
        },
        { requiredKeys: ['image', 'port', 'healthPath'] },
      ),
    ),
    model: maybe(anyModel),
  },
} satisfies Record<string, Kind>;

/** Props of a ModelServer with a runtime, on GPUs or, where the runtime can, on CPUs. */
export function serverProps(cluster: Cluster, kind: keyof typeof RUNTIMES): fc.Arbitrary<Record<string, unknown>> {
  const { runtime, model } = RUNTIMES[kind];
  const onGpus = placed(cluster, 'gpu').map(({ queue: _queue, workloadPriorityClassName: _class, ...place }) => place);
  const place = kind === 'vllm' ? onGpus : fc.oneof(onGpus, fc.constant({}));
  return fc
    .tuple(
      podBaseProps(cluster.level),
      sparse(fields),
      replicas,
      place,
      fc.record({ runtime, model, cpu, memory: largeSize }),
    )
    .map((parts) => Object.assign({}, ...parts) as Record<string, unknown>);
}
