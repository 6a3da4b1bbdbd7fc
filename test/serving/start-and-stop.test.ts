import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { GpuNodePool, ModelServer, Provider, Runtime } from 'cdk8s-ml';
import type { ModelServerProps } from 'cdk8s-ml';
import { Acknowledge } from 'cdk8s-ml';
import { chartWith, containerOf, CPU_SERVER, GPU_SERVER, objectsOf, POOLS, serverOf, synth } from './fixtures';

const seconds = (amount: number) => Duration.seconds(amount);

/** The Deployment of a server on spot nodes of a provider. */
function onSpot(provider: Provider, props: Partial<ModelServerProps> = {}) {
  const chart = chartWith({ ...POOLS, provider });
  const server = serverOf(chart, GPU_SERVER, { ...props, pool: GpuNodePool.fromProfile(chart, 'spot') });
  Acknowledge.of(server).add('SRV005', 'A test of what is rendered.');
  return synth(chart).Deployment.spec;
}

describe('ModelServer, how replicas start', () => {
  test('gives twice the load time, and ten minutes at least', () => {
    const budget = (loadTime?: Duration) => {
      const { periodSeconds, failureThreshold } = containerOf(CPU_SERVER, { loadTime }).startupProbe;
      return [periodSeconds, failureThreshold];
    };
    expect(budget()).toEqual([10, 60]);
    expect(budget(seconds(1))).toEqual([10, 60]);
    expect(budget(seconds(300))).toEqual([10, 60]);
    expect(budget(seconds(301))).toEqual([10, 61]);
    expect(budget(Duration.hours(1))).toEqual([10, 720]);
  });

  test('never delays a probe, since the startup probe is what waits', () => {
    const { startupProbe, readinessProbe, livenessProbe } = containerOf(GPU_SERVER);
    for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
      expect(probe).not.toHaveProperty('initialDelaySeconds');
      expect(probe.httpGet.port).toBe('http');
    }
  });

  test('asks often whether it is ready, and is patient before it starts it again', () => {
    const { readinessProbe, livenessProbe } = containerOf(CPU_SERVER);
    expect(readinessProbe).toEqual({
      httpGet: { path: '/alive', port: 'http' },
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 3,
    });
    expect(livenessProbe).toEqual({
      httpGet: { path: '/alive', port: 'http' },
      periodSeconds: 10,
      timeoutSeconds: 10,
      failureThreshold: 6,
      terminationGracePeriodSeconds: 30,
    });
  });

  test('takes paths from the runtime, readiness deciding when it has started', () => {
    const runtime = Runtime.custom({ image: 'a/b:1', port: 8000, healthPath: '/alive', readyPath: '/ready' });
    const { startupProbe, readinessProbe, livenessProbe } = containerOf(CPU_SERVER, { runtime });
    const paths = [startupProbe, readinessProbe, livenessProbe].map((probe) => probe.httpGet.path);
    expect(paths).toEqual(['/ready', '/ready', '/alive']);
  });

  test('takes what the user says of a probe, and fills the rest', () => {
    const { startupProbe, readinessProbe, livenessProbe } = containerOf(CPU_SERVER, {
      loadTime: seconds(400),
      startupProbe: { period: seconds(30) },
      readinessProbe: { path: '/r', timeout: seconds(2) },
      livenessProbe: { failureThreshold: 9 },
    });
    expect(startupProbe).toMatchObject({ periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 27 });
    expect(readinessProbe).toMatchObject({ httpGet: { path: '/r' }, periodSeconds: 5, timeoutSeconds: 2 });
    expect(livenessProbe).toMatchObject({ httpGet: { path: '/alive' }, periodSeconds: 10, failureThreshold: 9 });
  });

  test('lets a rollout wait for a node, an image, the old pod and the model', () => {
    const { progressDeadlineSeconds } = objectsOf(GPU_SERVER).Deployment.spec;
    expect(progressDeadlineSeconds).toBe(840 + 150 + 900);
    expect(objectsOf(CPU_SERVER).Deployment.spec.progressDeadlineSeconds).toBe(600 + 150 + 900);
  });
});

describe('ModelServer, how replicas go', () => {
  const times = (props: Partial<ModelServerProps>) => {
    const { terminationGracePeriodSeconds, containers } = objectsOf(GPU_SERVER, props).Deployment.spec.template.spec;
    const [{ lifecycle, livenessProbe, args }] = containers;
    const sleep = lifecycle?.preStop.sleep.seconds as number | undefined;
    return [terminationGracePeriodSeconds, sleep, args.at(-1), livenessProbe.terminationGracePeriodSeconds];
  };

  test('waits until nobody sends requests, then for the longest one, then a little', () => {
    expect(times({})).toEqual([150, 15, '--shutdown-timeout=120', 30]);
    expect(times({ maxRequestDuration: seconds(600) })).toEqual([630, 15, '--shutdown-timeout=600', 30]);
    expect(times({ maxRequestDuration: seconds(1) })).toEqual([31, 15, '--shutdown-timeout=1', 30]);
    expect(times({ preStopSleep: seconds(40) })).toEqual([175, 40, '--shutdown-timeout=120', 55]);
    expect(times({ preStopSleep: seconds(0) })).toEqual([135, undefined, '--shutdown-timeout=120', 15]);
    expect(times({ terminationGracePeriod: seconds(400) })).toEqual([400, 15, '--shutdown-timeout=120', 30]);
  });

  test('fits into what spot nodes leave a pod, a third for each part when it is little', () => {
    const of = (provider: Provider, props: Partial<ModelServerProps> = {}) => {
      const { spec } = onSpot(provider, props).template;
      const [{ lifecycle, args }] = spec.containers;
      return [spec.terminationGracePeriodSeconds, lifecycle.preStop.sleep.seconds, args.at(-1)];
    };
    expect(of(Provider.AWS)).toEqual([110, 15, '--shutdown-timeout=80']);
    expect(of(Provider.GCP)).toEqual([15, 5, '--shutdown-timeout=5']);
    expect(of(Provider.AZURE)).toEqual([25, 8, '--shutdown-timeout=9']);
    expect(of(Provider.ON_PREMISES)).toEqual([150, 15, '--shutdown-timeout=120']);
    expect(of(Provider.AWS, { maxRequestDuration: seconds(20) })).toEqual([50, 15, '--shutdown-timeout=20']);
  });

  test('tells the server to stop before it is killed', () => {
    for (const provider of [Provider.AWS, Provider.GCP, Provider.AZURE, Provider.ON_PREMISES]) {
      const { spec } = onSpot(provider).template;
      const [{ args, lifecycle }] = spec.containers;
      const drained = Number(args.at(-1).split('=')[1]) + lifecycle.preStop.sleep.seconds;
      expect(drained).toBeLessThan(spec.terminationGracePeriodSeconds);
    }
  });

  test('never sleeps longer than it may live, which the API server would refuse', () => {
    const chart = chartWith();
    const server = new ModelServer(chart, 'chat', {
      ...GPU_SERVER,
      preStopSleep: seconds(90),
      terminationGracePeriod: seconds(60),
    });
    Acknowledge.of(server).add('SRV004', 'A test of what is rendered.');
    const { spec } = synth(chart).Deployment.spec.template;
    expect(spec.terminationGracePeriodSeconds).toBe(60);
    expect(spec.containers[0].lifecycle.preStop.sleep.seconds).toBe(60);
    expect(spec.containers[0].args.at(-1)).toBe('--shutdown-timeout=0');
  });

  test('adds up, whatever the user says', () => {
    const amount = fc.option(fc.integer({ min: 1, max: 2000 }), { nil: undefined });
    const given = (value: number | undefined) => (value === undefined ? undefined : seconds(value));
    fc.assert(
      fc.property(amount, amount, amount, (sleep, longest, grace) => {
        const chart = chartWith();
        const server = serverOf(chart, GPU_SERVER, {
          preStopSleep: given(sleep),
          maxRequestDuration: given(longest),
          terminationGracePeriod: given(grace),
        });
        Acknowledge.of(server).add('SRV004', 'A test of what is rendered.');
        const { spec } = synth(chart).Deployment.spec.template;
        const [{ lifecycle, args, startupProbe, livenessProbe }] = spec.containers;
        const slept = lifecycle?.preStop.sleep.seconds ?? 0;
        const answered = Number(args.at(-1).split('=')[1]);
        expect(slept + answered).toBeLessThanOrEqual(spec.terminationGracePeriodSeconds);
        expect(answered).toBeLessThanOrEqual(longest ?? 120);
        for (const { terminationGracePeriodSeconds } of [startupProbe, livenessProbe]) {
          expect(terminationGracePeriodSeconds).toBeGreaterThan(0);
          expect(terminationGracePeriodSeconds).toBeLessThanOrEqual(spec.terminationGracePeriodSeconds);
        }
        if (grace === undefined) expect(slept + answered + 15).toBe(spec.terminationGracePeriodSeconds);
      }),
      { numRuns: 60, seed: 20261121 },
    );
  });
});
