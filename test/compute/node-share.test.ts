import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import type { GpuPoolProps, PoolPlacement } from '../../src';
import { Gpu, GpuModel, GpuSharing } from '../../src';
import { INSTANCE_TYPES } from '../../src/catalog/instance-types';
import { ClusterProfile } from '../../src/cluster/profile';
import { Provider } from '../../src/cluster/settings';
import { nodeShare } from '../../src/compute/node-share';
import { resolvePool } from '../../src/cluster/pool-placement';

const GIB = 1024 * 1024;
const AWS = new ClusterProfile({ name: 'lab', provider: Provider.AWS });

const pool = (props: GpuPoolProps): PoolPlacement => resolvePool('training', props, AWS).placement;
const h100 = (props: Partial<GpuPoolProps> = {}): PoolPlacement =>
  pool({ gpu: GpuModel.H100, instanceType: 'p5.48xlarge', ...props });
const share = (gpu: Gpu, of?: PoolPlacement, provider = Provider.AWS): [number, number] | undefined => {
  const found = nodeShare(gpu, of, provider);
  return found && [found.cpuMillis, found.memoryKib / GIB];
};

describe('nodeShare', () => {
  test('gives a pod its part of a node of the pool, rounded down', () => {
    expect(share(Gpu.h100(8), h100())).toEqual([189400, 1876]);
    expect(share(Gpu.h100(3), h100())).toEqual([71000, 703]);
    expect(share(Gpu.any(1), h100())).toEqual([23600, 234]);
  });

  test('takes what the pool says of its nodes', () => {
    const own = h100({ nodeCpu: Cpu.units(100), nodeMemory: Size.gibibytes(500) });
    expect(share(Gpu.h100(4), own)).toEqual([49000, 242]);
  });

  test('takes from the pool what it says, and from the catalogue the rest', () => {
    const own = pool({ gpu: GpuModel.H100, gpusPerNode: 8, nodeCpu: Cpu.units(22) });
    expect(share(Gpu.h100(8), own)).toEqual([20000, 1876]);
  });

  test('gives a slice or a turn its part of the GPU', () => {
    expect(share(Gpu.mig('1g.10gb'), h100({ sharing: GpuSharing.migSingle('1g.10gb') }))).toEqual([3300, 33]);
    expect(share(Gpu.mig('1g.10gb'), h100({ sharing: GpuSharing.migMixed() }))).toEqual([3300, 33]);
    expect(share(Gpu.mig('3g.40gb'), h100({ sharing: GpuSharing.migMixed() }))).toEqual([11800, 117]);
    expect(share(Gpu.any(1), h100({ sharing: GpuSharing.timeSliced({ replicas: 5 }) }))).toEqual([4700, 46]);
  });

  test('lets all shares of a node fit, however small they are', () => {
    const small = pool({
      gpu: GpuModel.T4,
      instanceType: 'g4dn.xlarge',
      sharing: GpuSharing.timeSliced({ replicas: 48 }),
    });
    const { cpuMillis, memoryKib } = nodeShare(Gpu.t4(1), small, Provider.AWS)!;
    expect([cpuMillis, memoryKib / 1024]).toEqual([60, 259]);
    expect(cpuMillis * 48).toBeLessThanOrEqual(small.usableCpuMillis!);
    expect((memoryKib / 1024) * 48).toBeLessThanOrEqual(small.usableMemoryMib!);
  });

  test('fits on every machine of the provider with the model when there is no pool', () => {
    // p5.4xlarge has the fewest cores and the least memory per GPU
    expect(share(Gpu.h100(1))).toEqual([14300, 219]);
    // which has one GPU only
    expect(share(Gpu.h100(8))).toEqual([189400, 1876]);
  });

  test('counts what the system keeps where only the size of the machine is known', () => {
    // a4-highgpu-8g: 224 cores and 3968 GiB, less a tenth, less 2 cores and 16 GiB
    expect(share(Gpu.b200(8), undefined, Provider.GCP)).toEqual([199600, 3555]);
  });

  test('looks at every provider for machines of your own', () => {
    const [cpu, memory] = share(Gpu.h100(8), undefined, Provider.ON_PREMISES)!;
    for (const provider of [Provider.AWS, Provider.GCP, Provider.AZURE]) {
      const [cpuThere, memoryThere] = share(Gpu.h100(8), undefined, provider)!;
      expect(cpu).toBeLessThanOrEqual(cpuThere);
      expect(memory).toBeLessThanOrEqual(memoryThere);
    }
  });

  test.each(INSTANCE_TYPES.filter(({ gpuFraction }) => gpuFraction === undefined).map((entry) => [entry.name, entry]))(
    'fits on %s',
    (_, { gpuModel, gpus, provider, vcpu, memoryGib }) => {
      if (gpus > 16) return;
      const found = nodeShare(Gpu.of(GpuModel.custom(gpuModel), gpus), undefined, provider as Provider)!;
      expect(found.cpuMillis).toBeLessThan(vcpu * 1000);
      expect(found.cpuMillis).toBeGreaterThan(0);
      expect(found.memoryKib).toBeLessThan(memoryGib * GIB);
      expect(found.memoryKib).toBeGreaterThan(0);
    },
  );

  test('says nothing when nothing is known', () => {
    expect(share(Gpu.any(1))).toBeUndefined();
    expect(share(Gpu.mig('1g.10gb'))).toBeUndefined();
    expect(share(Gpu.of(GpuModel.custom('hopper-next'), 1))).toBeUndefined();
    expect(share(Gpu.b200(1), undefined, Provider.AZURE)).toBeUndefined();
    expect(share(Gpu.any(2), pool({ gpu: GpuModel.custom('hopper-next'), gpusPerNode: 8 }))).toBeUndefined();
  });
});
