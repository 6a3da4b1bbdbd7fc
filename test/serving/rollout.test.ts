import { AccessMode, Gpu, ModelSource, Replicas, Rollout, Scaling } from 'cdk8s-ml';
import type { ModelServerProps } from 'cdk8s-ml';
import { CPU_SERVER, GPU_SERVER, objectsOf } from './fixtures';

const RECREATE = { type: 'Recreate' };
const rolling = (maxSurge: number, maxUnavailable: number) => ({
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge, maxUnavailable },
});
const strategy = (base: ModelServerProps, props: Partial<ModelServerProps> = {}) =>
  objectsOf(base, props).Deployment.spec.strategy;
const scaling = Scaling.memoryUtilization(80);

describe('Rollout', () => {
  test('surges on CPUs, which are at hand', () => {
    expect(strategy(CPU_SERVER)).toEqual(rolling(1, 0));
    expect(strategy(CPU_SERVER, { replicas: Replicas.exactly(4) })).toEqual(rolling(1, 0));
  });

  test('makes room first on GPUs, which are scarce', () => {
    expect(strategy(GPU_SERVER)).toEqual(rolling(0, 1));
    expect(strategy(GPU_SERVER, { replicas: Replicas.exactly(1), scaling: undefined })).toEqual(RECREATE);
    expect(strategy(GPU_SERVER, { replicas: Replicas.between(1, 4), scaling })).toEqual(rolling(0, 1));
  });

  test('makes room first for a claim that one node may mount', () => {
    const model = ModelSource.claim('weights', { accessMode: AccessMode.READ_WRITE_ONCE });
    expect(strategy(CPU_SERVER, { model })).toEqual(RECREATE);
    expect(strategy(CPU_SERVER, { model: ModelSource.claim('weights') })).toEqual(rolling(1, 0));
  });

  test('is what the user says, a spare GPU for one', () => {
    expect(strategy(GPU_SERVER, { rollout: Rollout.maxSurge() })).toEqual(rolling(1, 0));
    expect(strategy(GPU_SERVER, { rollout: Rollout.maxSurge(3) })).toEqual(rolling(3, 0));
    expect(strategy(CPU_SERVER, { rollout: Rollout.maxUnavailable() })).toEqual(rolling(0, 1));
    expect(strategy(CPU_SERVER, { gpu: Gpu.any(1), rollout: Rollout.recreate() })).toEqual(RECREATE);
  });

  test.each([0, -1, 1.5, NaN, '2', null])('refuses %p pods', (pods) => {
    expect(() => Rollout.maxSurge(pods as number)).toThrow(/Rollout.maxSurge\(pods\) is/);
    expect(() => Rollout.maxUnavailable(pods as number)).toThrow(/Rollout.maxUnavailable\(pods\) is/);
  });
});
