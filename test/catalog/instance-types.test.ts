import type { InstanceTypeEntry } from '../../src/catalog/instance-types';
import { INSTANCE_TYPE_SOURCES, INSTANCE_TYPES } from '../../src/catalog/instance-types';
import { gpuModel, instanceType, instanceTypesWith } from '../../src/catalog/catalog';

const names = INSTANCE_TYPES.map(({ name }) => name);
const each = INSTANCE_TYPES.map((entry): [string, InstanceTypeEntry] => [entry.name, entry]);

describe('INSTANCE_TYPES', () => {
  it('has every machine type once', () => {
    expect(names).toEqual([...new Set(names)]);
    expect(names.length).toBeGreaterThan(70);
  });

  it.each(each)('describes %s with figures that can be', (_name, entry) => {
    expect(gpuModel(entry.gpuModel)).toBeDefined();
    expect(entry.gpus).toBeGreaterThanOrEqual(1);
    expect(Number.isInteger(entry.gpus)).toBe(true);
    const optional = [entry.localNvmeGb, entry.efa, entry.rdma];
    for (const figure of optional) if (figure !== undefined) expect(figure).toBeGreaterThanOrEqual(0);
    const positive = [entry.vcpu, entry.memoryGib, entry.networkGbps, entry.gpuMemoryMib, entry.hourlyPriceUsd];
    for (const figure of positive) if (figure !== undefined) expect(figure).toBeGreaterThan(0);
    if (entry.gpuFraction !== undefined) {
      expect(entry.gpus).toBe(1);
      expect(entry.gpuFraction).toBeLessThan(1);
    }
  });

  it.each(each)('leaves pods of %s less than the machine has', (_name, entry) => {
    const { vcpu, memoryGib, allocatableCpuMillis, allocatableMemoryMib } = entry;
    expect((allocatableCpuMillis === undefined) === (allocatableMemoryMib === undefined)).toBe(true);
    if (allocatableCpuMillis === undefined || allocatableMemoryMib === undefined) return;
    expect(allocatableCpuMillis).toBeLessThan(vcpu! * 1000);
    expect(allocatableCpuMillis).toBeGreaterThan(vcpu! * 970);
    expect(allocatableMemoryMib).toBeLessThan(memoryGib! * 1024);
    expect(allocatableMemoryMib).toBeGreaterThan(memoryGib! * 1024 * 0.85);
  });

  it.each(each)('says when and where the price of %s was read', (_name, entry) => {
    expect(entry.region).toMatch(/^[a-z0-9-]+$/);
    expect(entry.asOf).toMatch(/^20\d\d(-\d\d-\d\d)?$/);
    expect(entry.source).toMatch(/^https:\/\//);
  });

  it('names the sources of the shapes', () => {
    for (const { source, asOf } of INSTANCE_TYPE_SOURCES) {
      expect(source).toMatch(/^https:\/\//);
      expect(asOf).toMatch(/^20\d\d(-\d\d-\d\d)?$/);
    }
  });
});

describe('instanceType', () => {
  it('knows p5.48xlarge as Karpenter does', () => {
    expect(instanceType('p5.48xlarge')).toEqual({
      name: 'p5.48xlarge',
      provider: 'aws',
      gpuModel: 'h100-sxm',
      gpus: 8,
      vcpu: 192,
      memoryGib: 2048,
      localNvmeGb: 30400,
      networkGbps: 3200,
      efa: 32,
      allocatableCpuMillis: 191450,
      allocatableMemoryMib: 1938410,
      hourlyPriceUsd: 55.04,
      region: 'us-east-1',
      asOf: '2026-07-20',
      source: expect.stringContaining('zz_generated.pricing_aws.go'),
    });
  });

  it.each([
    ['p4d.24xlarge', { gpuModel: 'a100-40', gpus: 8, efa: 4, allocatableMemoryMib: 1082712, hourlyPriceUsd: 21.958 }],
    ['p6-b300.48xlarge', { gpuModel: 'b300', gpus: 8, hourlyPriceUsd: 142.416 }],
    ['g6f.4xlarge', { gpuModel: 'l4', gpus: 1, gpuFraction: 0.5, gpuMemoryMib: 11444, hourlyPriceUsd: 0.95 }],
    ['p3dn.24xlarge', { gpuModel: 'v100', gpus: 8, gpuMemoryMib: 32768 }],
    ['trn1n.32xlarge', { gpuModel: 'trainium', gpus: 16, efa: 16, hourlyPriceUsd: 24.78 }],
    ['Standard_NC64as_T4_v3', { gpuModel: 't4', gpus: 4, region: 'eastus', hourlyPriceUsd: 4.352 }],
    ['Standard_ND96isr_H200_v5', { gpuModel: 'h200', gpus: 8, region: 'eastus2', hourlyPriceUsd: 84.8 }],
    ['a2-highgpu-4g', { gpuModel: 'a100-40', gpus: 4, vcpu: 48, memoryGib: 340, hourlyPriceUsd: 14.69 }],
    ['a3-ultragpu-8g', { gpuModel: 'h200', gpus: 8, vcpu: 224, memoryGib: 2952 }],
  ])('knows %s', (name, figures) => {
    expect(instanceType(name)).toMatchObject(figures);
  });

  it('leaves prices out that are not known', () => {
    for (const name of ['p5e.48xlarge', 'trn2.48xlarge', 'a4-highgpu-8g', 'a4x-highgpu-4g']) {
      expect([name, instanceType(name)!.hourlyPriceUsd]).toEqual([name, undefined]);
    }
  });

  it('tells sizes with InfiniBand from those without', () => {
    expect(instanceType('Standard_ND96isr_H100_v5')!.rdma).toBe(8);
    expect(instanceType('Standard_ND96is_H100_v5')!.rdma).toBe(0);
  });

  it('knows nothing of other names', () => {
    for (const name of ['', 'p5.96xlarge', 'P5.48XLARGE', 'constructor', '__proto__']) {
      expect(instanceType(name)).toBeUndefined();
    }
  });

  it('prefers an entry of the caller', () => {
    const own = {
      ...instanceType('p5e.48xlarge')!,
      hourlyPriceUsd: 61,
      asOf: '2026-11-01',
      source: 'https://x.example',
    };
    expect(instanceType('p5e.48xlarge', [own])).toBe(own);
    expect(instanceType('p5.48xlarge', [own])).toBe(instanceType('p5.48xlarge'));
    expect(instanceType('p5e.48xlarge')!.hourlyPriceUsd).toBeUndefined();
  });
});

describe('instanceTypesWith', () => {
  it('lists the smallest first and the cheapest of a size before the others', () => {
    expect(instanceTypesWith('h100-sxm', 4).map(({ name }) => name)).toEqual([
      'a3-highgpu-4g',
      'p5.48xlarge',
      'a3-highgpu-8g',
      'Standard_ND96is_H100_v5',
      'Standard_ND96is_flex_H100_v5',
      'Standard_ND96is_noIB_H100_v5',
      'a3-megagpu-8g',
      'Standard_ND96isr_H100_v5',
    ]);
  });

  it('puts unknown prices last and leaves parts of a GPU out', () => {
    expect(instanceTypesWith('h200', 8).at(-1)!.name).toBe('p5e.48xlarge');
    expect(instanceTypesWith('l4', 1).map(({ name }) => name)).not.toContain('g6f.large');
  });

  it('takes entries of the caller, and those in the place of its own', () => {
    const own: InstanceTypeEntry = { ...instanceType('p5.48xlarge')!, gpus: 16 };
    const names = instanceTypesWith('h100-sxm', 8, [own]).map(({ name, gpus }) => `${name} ${gpus}`);
    expect(names).toContain('p5.48xlarge 16');
    expect(names).not.toContain('p5.48xlarge 8');
  });

  it('finds none for a model or a number that nothing has', () => {
    expect(instanceTypesWith('h100-sxm', 32)).toEqual([]);
    expect(instanceTypesWith('h1000', 1)).toEqual([]);
  });
});
