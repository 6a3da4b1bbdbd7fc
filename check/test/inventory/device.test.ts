import { isAccelerator, isFabric, isMig, isShared } from '../../src/inventory/device';
import { deviceMisspelling } from '../../src/inventory/device-name';
import { gpusOf, gpusOfPod } from '../../src/inventory/gpu-count';
import type { PodFacts } from '../../src/inventory/pod';
import { inventoryOf } from './inventory-of';

const podOf = (...resources: string[]): PodFacts =>
  inventoryOf(`
apiVersion: v1
kind: Pod
metadata: { name: one }
spec: { containers: [${resources.map((each, index) => `{ name: c${index}, resources: ${each} }`).join(', ')}] }
`).pods[0];

test.each<[string, [resource: string, place: string, count: number | undefined][]]>([
  ['{ limits: { nvidia.com/gpu: 2, cpu: 4 } }', [['nvidia.com/gpu', 'limits', 2]]],
  ['{ requests: { nvidia.com/gpu: "3" } }', [['nvidia.com/gpu', 'requests', 3]]],
  ['{ requests: { nvidia.com/gpu: 1 }, limits: { nvidia.com/gpu: 2 } }', [['nvidia.com/gpu', 'limits', 2]]],
  ['{ limits: { nvidia.com/gpu: 500m } }', [['nvidia.com/gpu', 'limits', undefined]]],
  ['{ limits: { nvidia.com/gpu: some } }', [['nvidia.com/gpu', 'limits', undefined]]],
  ['{ limits: { nvidia.com/gpu: 2k } }', [['nvidia.com/gpu', 'limits', 2000]]],
  [
    '{ limits: { nvidia.com/mig-1g.5gb: 1, amd.com/gpu: 4 } }',
    [
      ['nvidia.com/mig-1g.5gb', 'limits', 1],
      ['amd.com/gpu', 'limits', 4],
    ],
  ],
  ['{ limits: { vpc.amazonaws.com/efa: 4, memory: 1Gi } }', []],
  ['{ requests: { nvidia.com/gpu: 0 }, limits: { nvidia.com/gpu: "0" } }', []],
])('%s asks for accelerators', (resources, expected) => {
  const [{ devices }] = podOf(resources).containers;
  expect(devices.map(({ resource, field, count }) => [resource, field.path.at(-2), count])).toEqual(expected);
});

test.each([
  ['nvidia.com/gpu', true, false, false, false],
  ['nvidia.com/gpu.shared', true, false, true, false],
  ['nvidia.com/mig-2g.20gb', true, true, false, false],
  ['nvidia.com/mig-2g.20gb.shared', true, true, true, false],
  ['own.nvidia.com/mig-2g.20gb', false, false, false, false],
  ['google.com/tpu', true, false, false, false],
  ['aws.amazon.com/neuroncore', true, false, false, false],
  ['vpc.amazonaws.com/efa', false, false, false, true],
  ['rdma/hca_shared', false, false, false, true],
  ['cpu', false, false, false, false],
])('what %s is', (resource, accelerator, mig, shared, fabric) => {
  expect([isAccelerator(resource), isMig(resource), isShared(resource), isFabric(resource)]).toEqual([
    accelerator,
    mig,
    shared,
    fabric,
  ]);
});

test.each<[string[], (number | undefined)[], number | undefined]>([
  [['{ limits: { nvidia.com/gpu: 2 } }', '{ limits: { amd.com/gpu: 3 } }'], [2, 3], 5],
  [['{}', '{ limits: { nvidia.com/gpu: 4 } }'], [0, 4], 4],
  [['{ limits: { nvidia.com/gpu: half } }', '{ limits: { nvidia.com/gpu: 4 } }'], [undefined, 4], undefined],
  [['{ limits: { google.com/tpu: 4, nvidia.com/mig-1g.5gb: 2, nvidia.com/gpu.shared: 3 } }'], [0], 0],
  [['{ limits: { google.com/tpu: some, nvidia.com/gpu: 1, amd.com/gpu: 2 } }'], [3], 3],
])('%s are so many GPUs', (resources, each, together) => {
  const pod = podOf(...resources);
  expect(pod.containers.map(gpusOf)).toEqual(each);
  expect(gpusOfPod(pod)).toBe(together);
});

test.each<[string, string | undefined]>([
  ['nvidia.com/gpus', 'nvidia.com/gpu'],
  ['NVIDIA.com/GPU', 'nvidia.com/gpu'],
  ['nvidia/gpu', 'nvidia.com/gpu'],
  ['nvidia.io/gpu', 'nvidia.com/gpu'],
  ['nvida.com/gpu', 'nvidia.com/gpu'],
  ['nvdia.com/gpu', 'nvidia.com/gpu'],
  ['nividia.com/gpu', 'nvidia.com/gpu'],
  ['amd.org/gpu', 'amd.com/gpu'],
  ['google.com/tpus', 'google.com/tpu'],
  ['aws.amazon.com/neuron-core', 'aws.amazon.com/neuroncore'],
  ['aws.amazon.com/neuron_cores', 'aws.amazon.com/neuroncore'],
  ['habana.ai/Gaudi', 'habana.ai/gaudi'],
  ['gpu', 'nvidia.com/gpu'],
  ['gpus', 'nvidia.com/gpu'],
  ['nvidia-gpu', 'nvidia.com/gpu'],
  ['nvidia_gpu', 'nvidia.com/gpu'],
  ['amd.gpu', 'amd.com/gpu'],
  ['tpu', 'google.com/tpu'],
  ['EFA', 'vpc.amazonaws.com/efa'],
  ['nvidia.com/mig-1g5gb', 'the profile as nvidia-smi lists it, such as nvidia.com/mig-1g.10gb'],
  ['nvidia.com/mig-1g.5gb', undefined],
  ['nvidia.com/mig-1g.10gb.me', undefined],
  ['nvidia.com/mig-3g.20gb.shared', undefined],
  ['nvidia.com/gpu', undefined],
  ['example.com/gpu', undefined],
  ['example.com/nvidia.com/gpu', undefined],
  ['own.example.com/efa', undefined],
  ['cpu', undefined],
  ['ephemeral-storage', undefined],
])('%s was meant as %s', (resource, meant) => {
  expect(deviceMisspelling(resource)).toBe(meant);
});
