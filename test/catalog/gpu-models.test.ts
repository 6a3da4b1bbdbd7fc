import { gpuModel } from '../../src/catalog/catalog';
import type { GpuModelEntry } from '../../src/catalog/gpu-models';
import { GPU_MODEL_SOURCES, GPU_MODELS } from '../../src/catalog/gpu-models';
import { migGeometry } from '../../src/catalog/mig-profiles';

const each = GPU_MODELS.map((entry): [string, GpuModelEntry] => [entry.key, entry]);
const MIB_PER_GB = 1e9 / 2 ** 20;

describe('GPU_MODELS', () => {
  it('has every model once', () => {
    const keys = GPU_MODELS.map(({ key }) => key);
    expect(keys).toEqual([...new Set(keys)]);
  });

  it.each(each)('describes %s with figures that can be', (key, entry) => {
    expect(key).toMatch(/^[a-z0-9][a-z0-9-]*$/);
    expect(entry.resourceName).toMatch(/^[a-z.]+\/[a-z]+$/);
    const { memoryMib, marketingGb, computeCapability } = entry;
    if (memoryMib !== undefined && marketingGb !== undefined) {
      expect(memoryMib).toBeGreaterThan(marketingGb * MIB_PER_GB * 0.9);
      expect(memoryMib).toBeLessThan(marketingGb * 1024 * 1.02);
    }
    if (computeCapability !== undefined) expect(computeCapability).toMatch(/^\d+\.\d$/);
  });

  it('knows a MIG layout for every model that has MIG, and for no other', () => {
    for (const { key, mig } of GPU_MODELS) expect([key, migGeometry(key) !== undefined]).toEqual([key, mig === true]);
  });

  it('tells models with one name on AWS apart by memory', () => {
    const values = GPU_MODELS.flatMap(({ labels: { karpenterAws } }) =>
      karpenterAws ? [`${karpenterAws.name} ${karpenterAws.memoryMib ?? ''}`] : [],
    );
    expect(values.length).toBeGreaterThan(10);
    expect(values).toEqual([...new Set(values)]);
  });

  it('gives every product and accelerator to one model', () => {
    for (const values of [
      GPU_MODELS.flatMap(({ labels }) => labels.gfdProduct),
      GPU_MODELS.flatMap(({ labels: { gke, gkeAlso } }) => [gke, gkeAlso].filter((value) => value !== undefined)),
    ]) {
      expect(values).toEqual([...new Set(values)]);
      for (const value of values) expect(value).toMatch(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/);
    }
  });

  it('names dated sources', () => {
    for (const { source, asOf } of GPU_MODEL_SOURCES) {
      expect(source).toMatch(/^https:\/\//);
      expect(asOf).toMatch(/^20\d\d(-\d\d-\d\d)?$/);
    }
  });
});

describe('gpuModel', () => {
  it.each([
    ['h100-sxm', { memoryMib: 81920, marketingGb: 80, bf16Tflops: 989, mig: true, resourceName: 'nvidia.com/gpu' }],
    ['a10g', { memoryMib: 22888, marketingGb: 24, mig: false }],
    ['h200', { memoryMib: 144384, bf16Tflops: 989 }],
    ['b200', { memoryMib: 183359, bf16Tflops: 2250 }],
    ['b300', { memoryMib: 275040, bf16Tflops: 2250 }],
    ['gb200', { arm64Host: true, bf16Tflops: 2500 }],
    ['mi300x', { resourceName: 'amd.com/gpu', bf16Tflops: 1300 }],
    ['trainium2', { resourceName: 'aws.amazon.com/neuron' }],
  ])('knows %s', (key, figures) => {
    expect(gpuModel(key)).toMatchObject(figures);
  });

  it('says which models cannot compute in bf16', () => {
    const without = GPU_MODELS.filter(({ bf16Tflops }) => bf16Tflops === 0).map(({ key }) => key);
    expect(without).toEqual(['t4', 't4g', 'v100']);
  });

  it('knows the labels that select the A100 with 80 GB', () => {
    expect(gpuModel('a100-80')!.labels).toMatchObject({
      gke: 'nvidia-a100-80gb',
      karpenterAws: { name: 'a100', memoryMib: 81920 },
      karpenterAzure: 'A100',
    });
  });

  it('prefers an entry of the caller and takes new ones', () => {
    const own = { ...gpuModel('l4')!, key: 'l5' };
    expect(gpuModel('l5', [own])).toBe(own);
    expect(gpuModel('l5')).toBeUndefined();
    expect(gpuModel('constructor')).toBeUndefined();
  });
});
