import { gpuModel } from '../../src/catalog/catalog';
import {
  MIG_GEOMETRIES,
  MIG_SOURCE,
  migGeometry,
  migProfile,
  migProfiles,
  migSlices,
} from '../../src/catalog/mig-profiles';

const slicesOf = (profile: string): number => Number(/^(\d)g/.exec(profile)![1]);
const models = MIG_GEOMETRIES.flatMap(({ models }) => models);
const SLICES_OF_A_QUARTERED_GPU = 4;

describe('MIG_GEOMETRIES', () => {
  it('has every model once, and only models that are known', () => {
    expect(models).toEqual([...new Set(models)]);
    for (const model of models) expect(gpuModel(model)).toBeDefined();
    expect(MIG_SOURCE.source).toMatch(/^https:\/\//);
  });

  it.each(models)('cuts %s into no more than it has', (model) => {
    const { profiles, balanced } = migGeometry(model)!;
    const whole = Math.max(...Object.keys(profiles).map(slicesOf));
    expect([SLICES_OF_A_QUARTERED_GPU, 7]).toContain(whole);
    for (const [profile, count] of Object.entries(profiles)) {
      expect(profile).toMatch(/^[12347]g\.\d{1,3}gb(\+me|\+gfx|\+me\.all|-me)?$/);
      expect(count * slicesOf(profile)).toBeLessThanOrEqual(whole);
    }
    const used = Object.entries(balanced).map(([profile, count]) => count * slicesOf(profile));
    expect(used.reduce((a, b) => a + b)).toBeLessThanOrEqual(whole);
    for (const profile of Object.keys(balanced)) expect(Object.keys(profiles)).toContain(profile);
  });

  it.each(models)('gives the slices of %s no more memory than it has', (model) => {
    const marketingGb = gpuModel(model)!.marketingGb!;
    for (const profile of migProfiles(model)) {
      const { count, memoryGb } = migProfile(model, profile)!;
      expect(count * memoryGb).toBeLessThanOrEqual(marketingGb * 1.03); // names round up
    }
  });
});

describe('migProfile', () => {
  it('needs the model: one name gives different counts', () => {
    expect(migSlices('a100-80', '1g.10gb')).toBe(7);
    expect(migSlices('h100-sxm', '1g.10gb')).toBe(7);
    expect(migSlices('a100-40', '1g.10gb')).toBe(4);
    expect(migSlices('h200', '1g.35gb')).toBe(4);
    expect(migSlices('gb300', '1g.35gb')).toBe(7);
  });

  it('names the resource as the device plugin does', () => {
    expect(migProfile('a100-40', '3g.20gb')).toEqual({
      profile: '3g.20gb',
      count: 2,
      memoryGb: 20,
      resourceName: 'nvidia.com/mig-3g.20gb',
    });
    expect(migProfile('a100-40', '1g.5gb+me')!.resourceName).toBe('nvidia.com/mig-1g.5gb.me');
  });

  it('knows no profile of a model without MIG, nor one that the model lacks', () => {
    expect(migProfiles('l40s')).toEqual([]);
    expect(migProfile('l40s', '1g.10gb')).toBeUndefined();
    expect(migProfile('h100-sxm', '1g.5gb')).toBeUndefined();
    expect(migProfile('h100-sxm', 'toString')).toBeUndefined();
    expect(migSlices('h100', '1g.10gb')).toBeUndefined();
  });

  it('lists the profiles of a model', () => {
    expect(migProfiles('h100-sxm')).toEqual([
      '1g.10gb',
      '1g.10gb+me',
      '1g.20gb',
      '2g.20gb',
      '3g.40gb',
      '4g.40gb',
      '7g.80gb',
    ]);
    expect(migGeometry('h100-sxm')!.balanced).toEqual({ '1g.10gb': 2, '2g.20gb': 1, '3g.40gb': 1 });
  });
});
