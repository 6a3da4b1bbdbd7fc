import { Gpu, GpuModel } from 'cdk8s-ml';
import { complaint } from '../complaints';

describe('Gpu', () => {
  test('asks for devices of any NVIDIA model', () => {
    expect(Gpu.any(3)).toMatchObject({ count: 3, resourceName: 'nvidia.com/gpu', model: undefined });
  });

  test.each([
    [Gpu.t4(2), GpuModel.T4],
    [Gpu.l4(2), GpuModel.L4],
    [Gpu.a10g(2), GpuModel.A10G],
    [Gpu.l40s(2), GpuModel.L40S],
    [Gpu.a100(2), GpuModel.A100_80GB],
    [Gpu.h100(2), GpuModel.H100],
    [Gpu.h200(2), GpuModel.H200],
    [Gpu.b200(2), GpuModel.B200],
    [Gpu.of(GpuModel.GB200, 2), GpuModel.GB200],
  ])('asks for one model', (gpu, model) => {
    expect(gpu.model).toBe(model);
    expect(gpu.count).toBe(2);
    expect(gpu.resourceName).toBe('nvidia.com/gpu');
  });

  test('knows the resource of AMD', () => {
    expect(Gpu.of(GpuModel.MI300X, 8).resourceName).toBe('amd.com/gpu');
  });

  test('asks for one MIG slice', () => {
    expect(Gpu.mig('1g.10gb')).toMatchObject({
      count: 1,
      resourceName: 'nvidia.com/mig-1g.10gb',
      migProfile: '1g.10gb',
    });
  });

  test('asks for devices of another plugin', () => {
    expect(Gpu.resource('aws.amazon.com/neuron', 4)).toMatchObject({
      count: 4,
      resourceName: 'aws.amazon.com/neuron',
    });
    expect(Gpu.resource('example.com/npu', 1).resourceName).toBe('example.com/npu');
  });

  test.each([0.5, 1.5, 15.9])('KUB024 fails for %p of a GPU and points to slices', (count) => {
    const message = complaint(() => Gpu.h100(count));
    expect(message).toMatch(/^KUB024: Gpu\.of got .* GPUs, and Kubernetes gives whole devices only\./);
    expect(message).toContain('Gpu.mig(...)');
  });

  test('KUB024 passes for whole GPUs', () => {
    expect(complaint(() => Gpu.h100(16))).toBe('');
  });

  test.each([0, -1, 17, NaN, Infinity, 16.5])('COR004 fails for %p GPUs', (count) => {
    expect(complaint(() => Gpu.any(count))).toMatch(/^COR004: Gpu\.any\(count\) is/);
  });

  test.each(['1', null, undefined, 2n])('COR001 fails for %p as count', (count) => {
    expect(complaint(() => Gpu.any(count as unknown as number))).toMatch(/^COR001/);
  });

  test('COR001 fails for a model by its name', () => {
    expect(complaint(() => Gpu.of('h100' as unknown as GpuModel, 1))).toMatch(
      /^COR001: model is 'h100', not a GpuModel/,
    );
  });

  test.each([
    ['gpu', "(did you mean 'nvidia.com/gpu'?)"],
    ['nvidia.com/GPU', "(did you mean 'nvidia.com/gpu'?)"],
    ['nvidia/gpu', 'is offered by no device plugin'],
    ['nvidia.com/mig-1g5gb', 'is offered by no device plugin'],
    ['amd.com/gpus', "(did you mean 'amd.com/gpu'?)"],
    ['a/b/c', "at most one '/'"],
    ['requests.nvidia.com/gpu', 'belongs to Kubernetes itself'],
    ['kubernetes.io/gpu', 'belongs to Kubernetes itself'],
    ['node.kubernetes.io/gpu', 'belongs to Kubernetes itself'],
  ])('KUB025 fails for the resource %s', (name, why) => {
    const message = complaint(() => Gpu.resource(name, 1));
    expect(message).toMatch(/^KUB025: the resource /);
    expect(message).toContain(why);
  });

  test.each(['nvidia.com/gpu', 'nvidia.com/gpu.shared', 'nvidia.com/mig-3g.40gb', 'amd.com/gpu', 'example.com/npu'])(
    'KUB025 passes for the resource %s',
    (name) => {
      expect(complaint(() => Gpu.resource(name, 1))).toBe('');
    },
  );

  test.each(['1g5gb', '10g.5gb', 'mig-1g.5gb', '1G.5GB', ''])('COR004 fails for the MIG profile %p', (profile) => {
    expect(complaint(() => Gpu.mig(profile))).toMatch(/^COR004/);
  });

  test.each(['1g.5gb', '7g.80gb', '1g.10gb.me', '1g.24gb.gfx'])('takes the MIG profile %s', (profile) => {
    expect(complaint(() => Gpu.mig(profile))).toBe('');
  });
});

describe('GpuModel', () => {
  test('takes a model that only the profile knows', () => {
    expect(GpuModel.custom('mi400-oam').key).toBe('mi400-oam');
  });

  test.each(['', 'H100', 'a b', '-x', 'x'.repeat(41)])('COR004 fails for the key %p', (key) => {
    expect(complaint(() => GpuModel.custom(key))).toMatch(/^COR004/);
  });
});
