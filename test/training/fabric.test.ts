import { Size } from 'cdk8s';
import type { ClusterProfileProps, DistributedTrainingProps } from 'cdk8s-ml';
import { Acknowledge, Fabric, Gpu, GpuModel, GpuNodePool, Provider } from 'cdk8s-ml';
import { DistributedTraining } from 'cdk8s-ml';
import { chartWith, GANG, only, POOLS, synth } from './fixtures';

function gangIn(
  props: Partial<DistributedTrainingProps>,
  poolName?: string,
  profile: Partial<ClusterProfileProps> = POOLS,
) {
  const chart = chartWith(profile);
  const pool = poolName === undefined ? undefined : GpuNodePool.fromProfile(chart, poolName);
  new DistributedTraining(chart, 'llm', { ...GANG, pool, ...props });
  return chart;
}

const podOf = (...given: Parameters<typeof gangIn>) => only(gangIn(...given), 'Job').spec.template;
const resourcesOf = (...given: Parameters<typeof gangIn>) => podOf(...given).spec.containers[0].resources;
const variables = (...given: Parameters<typeof gangIn>): { [name: string]: string } =>
  Object.fromEntries(
    podOf(...given).spec.containers[0].env.map(({ name, value }: { name: string; value: string }) => [name, value]),
  );

describe('EFA', () => {
  test('takes all interfaces of the machine type, as request and limit, without a host path or a capability', () => {
    const { requests, limits } = resourcesOf({ fabric: Fabric.efa() }, 'h100');
    expect(requests['vpc.amazonaws.com/efa']).toBe('32');
    expect(limits['vpc.amazonaws.com/efa']).toBe('32');
    expect(limits).not.toHaveProperty('hugepages-2Mi');
    const text = JSON.stringify(podOf({ fabric: Fabric.efa() }, 'h100'));
    expect(text).not.toMatch(/hostPath|IPC_LOCK|privileged|hostNetwork|FI_PROVIDER|FI_EFA_USE_DEVICE_RDMA|NCCL_PROTO/);
  });

  test('takes so many interfaces and huge pages as are asked for, whole pages', () => {
    const fabric = Fabric.efa({ interfaces: 4, hugePages: Size.mebibytes(5119) });
    expect(resourcesOf({ fabric }).limits).toMatchObject({ 'vpc.amazonaws.com/efa': '4', 'hugepages-2Mi': '5Gi' });
  });

  test('TRN020 needs the number of interfaces', () => {
    expect(() => synth(gangIn({ fabric: Fabric.efa() }))).toThrow(/TRN020: fabric is efa, and the number .*\n.*pool/);
  });

  test('TRN021 refuses more than the machine has, machines without, and other clouds', () => {
    expect(() => synth(gangIn({ fabric: Fabric.efa({ interfaces: 33 }) }, 'h100'))).toThrow(
      /TRN021: fabric asks for 33 interfaces of EFA, and a node of pool h100 has 32/,
    );
    const small = { ...POOLS, pools: { small: { gpu: GpuModel.L4, instanceType: 'g6.xlarge' } } };
    expect(() =>
      synth(gangIn({ fabric: Fabric.efa(), gpuPerNode: Gpu.l4(1), cpu: undefined, memory: undefined }, 'small', small)),
    ).toThrow(/TRN021: .*a node of pool small has 0/);
    const azure = { provider: Provider.AZURE };
    expect(() => synth(gangIn({ fabric: Fabric.efa({ interfaces: 1 }) }, undefined, azure))).toThrow(
      /TRN021: .*is of azure/,
    );
  });

  test('TRN022 reports a part of a node, and then gives its part of the interfaces', () => {
    const props = { fabric: Fabric.efa(), gpuPerNode: Gpu.h100(4) };
    expect(() => synth(gangIn(props, 'h100'))).toThrow(/TRN022: gpuPerNode is 4, and a node of pool h100 has 8 GPUs/);
  });
});

describe('InfiniBand and RoCE', () => {
  test('asks for the device of the plugin, and sets no variable that is not asked for', () => {
    expect(resourcesOf({ fabric: Fabric.infiniband() }).limits['rdma/ib']).toBe('1');
    expect(Object.keys(variables({ fabric: Fabric.infiniband() })).filter((name) => name.startsWith('NCCL_'))).toEqual(
      [],
    );
  });

  test('passes on what the site needs', () => {
    const fabric = Fabric.roce({
      resourceName: 'rdma/hca_shared_devices_a',
      devices: 2,
      adapters: 'mlx5',
      networks: ['fabric/rail-0', 'rail-1'],
      gidIndex: 3,
      trafficClass: 106,
    });
    expect(resourcesOf({ fabric }).requests['rdma/hca_shared_devices_a']).toBe('2');
    expect(variables({ fabric })).toMatchObject({ NCCL_IB_HCA: 'mlx5', NCCL_IB_GID_INDEX: '3', NCCL_IB_TC: '106' });
    expect(podOf({ fabric }).metadata.annotations['k8s.v1.cni.cncf.io/networks']).toBe('fabric/rail-0, rail-1');
  });

  test('refuses what is no resource or network', () => {
    expect(() => Fabric.infiniband({ resourceName: 'ib' })).toThrow(/resourceName.*domain/);
    expect(() => Fabric.roce({ networks: ['a/b/c'] })).toThrow(/networks\[0\]/);
    expect(() => Fabric.roce({ networks: [] })).toThrow(/networks/);
    expect(() => Fabric.efa({ interfaces: NaN })).toThrow(/interfaces/);
  });
});

describe('GPUDirect RDMA on GKE', () => {
  const gke = { provider: Provider.GCP };
  const made = (fabric: Fabric, profile: Partial<ClusterProfileProps> = gke) => {
    const chart = gangIn({ fabric }, undefined, profile);
    Acknowledge.of(chart).add('KUB017', 'This namespace is privileged.');
    return only(chart, 'Job').spec.template;
  };

  test('attaches the networks of the cards beside that of the pods', () => {
    const { annotations } = made(Fabric.gpuDirectRdma()).metadata;
    expect(annotations['networking.gke.io/default-interface']).toBe('eth0');
    const interfaces = JSON.parse(annotations['networking.gke.io/interfaces'] as string) as object[];
    expect(interfaces).toHaveLength(9);
    expect(interfaces.slice(0, 2)).toEqual([
      { interfaceName: 'eth0', network: 'default' },
      { interfaceName: 'eth2', network: 'rdma-0' },
    ]);
    expect(interfaces[8]).toEqual({ interfaceName: 'eth9', network: 'rdma-7' });
  });

  test('attaches networks of other names', () => {
    const { annotations } = made(Fabric.gpuDirectRdma({ networks: ['left', 'right'] })).metadata;
    expect(JSON.parse(annotations['networking.gke.io/interfaces'] as string)).toEqual([
      { interfaceName: 'eth0', network: 'default' },
      { interfaceName: 'eth2', network: 'left' },
      { interfaceName: 'eth3', network: 'right' },
    ]);
  });

  test('mounts plugin and driver of the node, for reading, without capabilities', () => {
    const { containers, volumes } = made(Fabric.gpuDirectRdma()).spec;
    expect(volumes).toEqual(
      expect.arrayContaining([
        { name: 'nvidia', hostPath: { path: '/home/kubernetes/bin/nvidia', type: 'Directory' } },
        { name: 'gib', hostPath: { path: '/home/kubernetes/bin/gib', type: 'Directory' } },
      ]),
    );
    expect(containers[0].volumeMounts).toEqual(
      expect.arrayContaining([
        { name: 'nvidia', mountPath: '/usr/local/nvidia', readOnly: true },
        { name: 'gib', mountPath: '/usr/local/gib', readOnly: true },
      ]),
    );
    expect(containers[0].env).toContainEqual({ name: 'NCCL_NET', value: 'gIB' });
    expect(containers[0].env).toContainEqual({ name: 'LD_LIBRARY_PATH', value: '/usr/local/nvidia/lib64' });
    expect(JSON.stringify(containers)).not.toMatch(/privileged|"add"/);
  });

  test('KUB017 names the host paths, which no namespace below privileged takes', () => {
    expect(() => synth(gangIn({ fabric: Fabric.gpuDirectRdma() }, undefined, gke))).toThrow(
      /KUB017: \/home\/kubernetes\/bin\/nvidia of the node is mounted[^]*KUB017: \/home\/kubernetes\/bin\/gib/,
    );
  });

  test('TRN021 refuses other clouds', () => {
    expect(() => made(Fabric.gpuDirectRdma(), { provider: Provider.AWS })).toThrow(
      /TRN021: fabric is gpudirect-rdma, and the profile lab is of aws/,
    );
  });

  test('refuses bad networks', () => {
    expect(() => Fabric.gpuDirectRdma({ networks: [] })).toThrow(/networks has 0 items/);
    expect(() => Fabric.gpuDirectRdma({ networks: ['RDMA_0'] })).toThrow(/networks\[0\]/);
  });
});
