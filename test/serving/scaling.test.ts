import { Duration } from 'cdk8s';
import { Gpu, Replicas, Runtime, Scaling } from 'cdk8s-ml';
import type { ExternalMetricOptions, ModelServerProps, ScalingBehavior } from 'cdk8s-ml';
import { CPU_SERVER, GPU_SERVER, objectsOf } from './fixtures';

const hpa = (base: ModelServerProps, scaling: Scaling, props: Partial<ModelServerProps> = {}) =>
  objectsOf(base, { replicas: Replicas.between(2, 5), scaling, ...props }).HorizontalPodAutoscaler.spec;
const metricsOf = (scaling: Scaling, props: Partial<ModelServerProps> = {}) => hpa(CPU_SERVER, scaling, props).metrics;

describe('Scaling', () => {
  test('follows CPU and memory of the container that serves, whatever stands beside it', () => {
    const metric = (name: string, averageUtilization: number) => ({
      type: 'ContainerResource',
      containerResource: { name, container: 'server', target: { type: 'Utilization', averageUtilization } },
    });
    expect(metricsOf(Scaling.cpuUtilization(70))).toEqual([metric('cpu', 70)]);
    expect(metricsOf(Scaling.memoryUtilization(85))).toEqual([metric('memory', 85)]);
    expect(metricsOf(Scaling.cpuUtilization(70).plus(Scaling.memoryUtilization(85)))).toEqual([
      metric('cpu', 70),
      metric('memory', 85),
    ]);
  });

  test('follows the requests that vLLM works on or keeps waiting, per replica', () => {
    expect(hpa(GPU_SERVER, Scaling.inFlightRequests(12)).metrics).toEqual([
      {
        type: 'Pods',
        pods: {
          metric: { name: 'vllm_requests_in_flight' },
          target: { type: 'AverageValue', averageValue: '12' },
        },
      },
    ]);
  });

  test('follows the metric that a runtime of your own reports', () => {
    const inFlightMetric = 'http_requests_in_flight';
    const runtime = Runtime.custom({ image: 'a/b:1', port: 8000, healthPath: '/', inFlightMetric });
    expect(metricsOf(Scaling.inFlightRequests(3), { runtime })[0].pods.metric).toEqual({ name: inFlightMetric });
  });

  test('writes targets as quantities, exact to three decimals', () => {
    const average = (value: number) => metricsOf(Scaling.podsMetric('load', value))[0].pods.target.averageValue;
    expect([average(10), average(2.5), average(0.001), average(0.1 + 0.2)]).toEqual(['10', '2500m', '1m', '300m']);
  });

  test('tells a total, which replicas share, from an average, which they do not', () => {
    const external = (options: ExternalMetricOptions) => metricsOf(Scaling.externalMetric('queue', options))[0];
    expect(external({ target: 30, labels: { queue: 'chat' } })).toEqual({
      type: 'External',
      external: {
        metric: { name: 'queue', selector: { matchLabels: { queue: 'chat' } } },
        target: { type: 'AverageValue', averageValue: '30' },
      },
    });
    expect(external({ target: 0.4, perReplica: false })).toEqual({
      type: 'External',
      external: { metric: { name: 'queue' }, target: { type: 'Value', value: '400m' } },
    });
  });

  test('comes soon and goes slowly on GPUs, and as Kubernetes does on CPUs', () => {
    expect(hpa(GPU_SERVER, Scaling.inFlightRequests(12)).behavior).toEqual({
      scaleUp: { stabilizationWindowSeconds: 30, policies: [{ type: 'Pods', value: 2, periodSeconds: 60 }] },
      scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }] },
    });
    expect(hpa(CPU_SERVER, Scaling.cpuUtilization(70))).not.toHaveProperty('behavior');
  });

  test('takes what the user says of the speed, and keeps the rest', () => {
    const behavior = (base: ModelServerProps, given: ScalingBehavior) =>
      hpa(base, Scaling.memoryUtilization(60).withBehavior(given)).behavior;
    expect(behavior(GPU_SERVER, { scaleUp: { pods: 4 }, scaleDown: { period: Duration.minutes(9) } })).toEqual({
      scaleUp: { stabilizationWindowSeconds: 30, policies: [{ type: 'Pods', value: 4, periodSeconds: 60 }] },
      scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Pods', value: 1, periodSeconds: 540 }] },
    });
    expect(
      behavior(GPU_SERVER, { scaleUp: { percent: 50, stabilizationWindow: Duration.seconds(0) } }).scaleUp,
    ).toEqual({
      stabilizationWindowSeconds: 0,
      policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }],
    });
    expect(behavior(CPU_SERVER, { scaleDown: { stabilizationWindow: Duration.minutes(9) } })).toEqual({
      scaleDown: { stabilizationWindowSeconds: 540 },
    });
    expect(behavior(CPU_SERVER, { scaleUp: { pods: 4, percent: 100, period: Duration.seconds(15) } })).toEqual({
      scaleUp: {
        policies: [
          { type: 'Pods', value: 4, periodSeconds: 15 },
          { type: 'Percent', value: 100, periodSeconds: 15 },
        ],
      },
    });
  });

  test('keeps the speed when signals are joined, the later one winning', () => {
    const slow = Scaling.memoryUtilization(60).withBehavior({ scaleUp: { pods: 1 } });
    const fast = Scaling.memoryUtilization(70).withBehavior({ scaleUp: { pods: 9 } });
    const pods = (scaling: Scaling) => hpa(CPU_SERVER, scaling).behavior.scaleUp.policies[0].value;
    expect([pods(slow.plus(Scaling.cpuUtilization(70))), pods(slow.plus(fast)), pods(fast.plus(slow))]).toEqual([
      1, 9, 1,
    ]);
  });

  test.each([0, -1, 101, 70.5, NaN, '70', null])('refuses %p percent', (percent) => {
    expect(() => Scaling.cpuUtilization(percent as number)).toThrow(/Scaling.cpuUtilization\(percent\) is/);
    expect(() => Scaling.memoryUtilization(percent as number)).toThrow(/Scaling.memoryUtilization\(percent\) is/);
  });

  test.each([0, -1, Infinity, NaN, '5', undefined])('refuses %p as a target', (target) => {
    const average = target as number;
    expect(() => Scaling.inFlightRequests(average)).toThrow(/COR00[14]/);
    expect(() => Scaling.podsMetric('load', average)).toThrow(/COR00[14]/);
    expect(() => Scaling.externalMetric('queue', { target: average })).toThrow(/COR00[134]/);
  });

  test.each([
    [() => Scaling.podsMetric('', 1), /metricName\) is empty/],
    [() => Scaling.podsMetric('a\u0000b', 1), /U\+0000/],
    [() => Scaling.podsMetric('..', 1), /COR004: .*'\.\.' stands for a directory, which the API server refuses/],
    [
      () => Scaling.externalMetric('a/b', { target: 1 }),
      /COR004: .*'a\/b' contains '\/', which the API server refuses/,
    ],
    [
      () => Runtime.custom({ image: 'a:1', port: 80, healthPath: '/', inFlightMetric: 'p%25' }),
      /COR004: inFlightMetric 'p%25' contains '%'/,
    ],
    [() => Scaling.externalMetric('queue', null as never), /options|props is null/],
    [() => Scaling.externalMetric('queue', { target: 1, perPod: true } as never), /'perPod'/],
    [() => Scaling.externalMetric('queue', { target: 1, labels: { 'a b': 'c' } }), /labels has the key 'a b'/],
    [() => Scaling.cpuUtilization(70).plus('cpu' as never), /other is 'cpu', not a Scaling/],
    [() => Scaling.cpuUtilization(70).withBehavior({ scaleup: {} } as never), /Write scaleUp/],
    [() => Scaling.cpuUtilization(70).withBehavior({ scaleUp: { pods: 0 } }), /scaleUp.pods is 0/],
    [
      () => Scaling.cpuUtilization(70).withBehavior({ scaleUp: { period: Duration.minutes(31) } }),
      /scaleUp.period is 1860 seconds/,
    ],
    [
      () => Scaling.cpuUtilization(70).withBehavior({ scaleDown: { stabilizationWindow: Duration.hours(2) } }),
      /scaleDown.stabilizationWindow is 7200 seconds/,
    ],
  ])('refuses what it cannot render: %#', (make, words) => {
    expect(make).toThrow(words);
  });

  test('counts as a server on GPUs whatever the GPU is', () => {
    const runtime = Runtime.custom({ image: 'a/b:1', port: 8000, healthPath: '/' });
    expect(hpa(CPU_SERVER, Scaling.memoryUtilization(60), { runtime, gpu: Gpu.any(1) })).toHaveProperty('behavior');
  });
});

describe('Replicas', () => {
  test('is a count or a range', () => {
    const parts = ({ min, max, scales }: Replicas) => [min, max, scales];
    expect(parts(Replicas.exactly(3))).toEqual([3, 3, false]);
    expect(parts(Replicas.between(2, 7))).toEqual([2, 7, true]);
    expect(parts(Replicas.between(4, 4))).toEqual([4, 4, true]);
  });

  test.each([-1, 1.5, NaN, Infinity, '3', null, undefined, 2147483648])('refuses %p', (count) => {
    expect(() => Replicas.exactly(count as number)).toThrow(/Replicas.exactly\(count\) is/);
    expect(() => Replicas.between(count as number, 5)).toThrow(/Replicas.between\(min\) is/);
    expect(() => Replicas.between(1, count as number)).toThrow(/Replicas.between\(max\) is/);
  });
});
