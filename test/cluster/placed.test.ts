import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  CapacityType,
  Checkpoints,
  DistributedTraining,
  Fabric,
  Framework,
  Gpu,
  GpuModel,
  GpuNodePool,
  GpuSharing,
  GpuTrainingJob,
  type ClusterProfileProps,
  type DistributedTrainingProps,
  type GpuTrainingJobProps,
  Provider,
} from 'cdk8s-ml';
import { instanceTypesWith } from '../../src/catalog/catalog';
import { GPU_MODELS } from '../../src/catalog/gpu-models';
import { deliver } from './fixtures/deliver';
import { pods, podsIn, refusal } from './fixtures/pods';
import { NAMESPACE, only, rendered } from './fixtures/rendered';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { addNodes, cpuNode, gpuNode } from './ring/nodes/nodes';
import type { Pod } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// The real scheduler places what the constructs render on nodes of the catalogue's machines: in the pool and nowhere else.

const ring = useRing(...CLUSTER);

const RUN = {
  image: 'registry.example.com/trainer:v1.0',
  command: ['python', 'train.py'],
  activeDeadline: Duration.hours(1),
};

function node(name: string): Manifest {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name } };
}

/** Delivers one run in a pool of the profile and gives its Job; CPU and memory are those that the construct derives. */
async function inPool(
  name: string,
  pool: string,
  gpu: Gpu,
  profile: Partial<ClusterProfileProps>,
  props: Partial<GpuTrainingJobProps> = {},
): Promise<Manifest> {
  const objects = rendered(
    profile,
    (chart) => new GpuTrainingJob(chart, name, { ...RUN, gpu, pool: GpuNodePool.fromProfile(chart, pool), ...props }),
  );
  const [job] = await deliver(ring, objects);
  return job;
}

const of = (job: Manifest) => ({ namespace: NAMESPACE, job: job.metadata.name! });
const nodesOf = (pods: Pod[]) => pods.map(({ spec }) => spec.nodeName).sort();

const PROVIDERS = { aws: Provider.AWS, gcp: Provider.GCP, azure: Provider.AZURE };

/** Every whole machine of the catalogue, with its GPUs. */
const MACHINES = GPU_MODELS.flatMap(({ key }) =>
  instanceTypesWith(key).map((machine) => ({ ...machine, model: modelOf(key) })),
);

describe('a machine that a run fills, by the share that is derived,', () => {
  test('is any of the catalogue', () => expect(MACHINES.length).toBeGreaterThan(50));

  test.each(Object.entries(PROVIDERS))('of %s', async (provider, of_) => {
    const machines = MACHINES.filter((machine) => machine.provider === provider);
    expect(machines.length).toBeGreaterThan(5);
    await addNodes(
      ring.api,
      machines.map(({ name }) => gpuNode(nameOf(name), name)),
    );
    const pools = Object.fromEntries(
      machines.map(({ name, model }) => [nameOf(name), { gpu: model, instanceType: name, maxNodes: 1 }]),
    );
    const jobs = rendered({ provider: of_, pools }, (chart) => {
      for (const { name, model, gpus } of machines) {
        const pool = GpuNodePool.fromProfile(chart, nameOf(name));
        new GpuTrainingJob(chart, nameOf(name), { ...RUN, gpu: Gpu.of(model, gpus), pool });
      }
    });
    await deliver(ring, jobs);
    const pods = await podsIn(ring, { namespace: NAMESPACE }, 'Running', machines.length);
    for (const { metadata, spec } of pods) expect(spec.nodeName).toBe(metadata.labels?.['app.kubernetes.io/name']);
    await removeManifests(ring.api, [...machines.map(({ name }) => node(nameOf(name))), ...jobs]);
  });
});

function nameOf(machineType: string): string {
  return machineType.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

function modelOf(key: string): GpuModel {
  const model = Object.values(GpuModel).find((each: unknown) => each instanceof GpuModel && each.key === key);
  return (model as GpuModel | undefined) ?? GpuModel.custom(key);
}

describe('in a cluster with several pools', () => {
  const NODES = [
    gpuNode('h100-a', 'p5.48xlarge', { zone: 'eu-central-1a' }),
    gpuNode('h100-b', 'p5.48xlarge', { zone: 'eu-central-1a' }),
    gpuNode('l40s-a', 'g6e.12xlarge'),
    gpuNode('own-a', 'p5e.48xlarge', { labels: { 'example.com/pool': 'own' } }),
    cpuNode('cpu-a'),
  ];
  const POOLS = {
    provider: Provider.AWS,
    pools: {
      h100: { gpu: GpuModel.H100, instanceType: 'p5.48xlarge' },
      l40s: { gpu: GpuModel.L40S, instanceType: 'g6e.12xlarge' },
      own: { gpu: GpuModel.H200, instanceType: 'p5e.48xlarge', nodeSelector: { 'example.com/pool': 'own' } },
    },
  };
  const gang = (name: string, props: Partial<DistributedTrainingProps>) =>
    rendered(POOLS, (chart) => {
      new DistributedTraining(chart, name, {
        ...RUN,
        framework: Framework.pytorch(),
        checkpoints: Checkpoints.claim('ckpt'),
        numNodes: 2,
        gpuPerNode: Gpu.h100(4),
        pool: GpuNodePool.fromProfile(chart, 'h100'),
        ...props,
      });
    });

  beforeAll(() => addNodes(ring.api, NODES));

  it('a run lands in the pool that it names, by the labels that the pool has', async () => {
    const l40s = await inPool('small', 'l40s', Gpu.l40s(1), POOLS);
    expect(nodesOf(await podsIn(ring, of(l40s), 'Running', 1))).toEqual(['l40s-a']);
    const own = await inPool('own', 'own', Gpu.h200(1), POOLS);
    expect(nodesOf(await podsIn(ring, of(own), 'Running', 1))).toEqual(['own-a']);
    await removeManifests(ring.api, [l40s, own]);
  });

  it('a gang takes whole nodes with all interfaces of their fabric, and waits when they are taken', async () => {
    const whole = { gpuPerNode: Gpu.h100(8), fabric: Fabric.efa(), cpu: Cpu.units(60), memory: Size.gibibytes(500) };
    const [job, ...others] = await deliver(ring, gang('fabric', whole));
    expect(nodesOf(await podsIn(ring, of(job), 'Running', 2))).toEqual(['h100-a', 'h100-b']);
    const [second, ...more] = await deliver(ring, gang('greedy', { ...whole, gpuPerNode: Gpu.h100(8) }));
    expect(await refusal(ring, of(second))).toMatch(/Insufficient vpc.amazonaws.com\/efa/);
    await removeManifests(ring.api, [job, ...others, second, ...more]);
  });

  it('a run without a pool goes to any node of its model', async () => {
    const [job] = await deliver(
      ring,
      rendered(POOLS, (chart) => new GpuTrainingJob(chart, 'anywhere', { ...RUN, gpu: Gpu.l40s(4) })),
    );
    expect(nodesOf(await podsIn(ring, of(job), 'Running', 1))).toEqual(['l40s-a']);
    await removeManifests(ring.api, [job]);
  });

  it('a pod without GPUs stays off the nodes that have them', async () => {
    const pod = (name: string, cpu: string): Manifest => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', labels: { test: name } },
      spec: { containers: [{ name: 'main', image: 'example.com/web:1', resources: { requests: { cpu } } }] },
    });
    await ring.api.create(pod('web', '1'));
    expect(nodesOf(await podsIn(ring, { namespace: 'default', labels: 'test=web' }, 'Running', 1))).toEqual(['cpu-a']);
    await ring.api.create(pod('large', '30'));
    const words = await refusal(ring, { namespace: 'default', labels: 'test=large' });
    expect(words).toContain('untolerated taint(s)');
    expect(words).toContain('Insufficient cpu');
    await removeManifests(ring.api, [pod('web', '1'), pod('large', '30')]);
  });

  it('two runs of one gang share nodes, and no node has two members of one run', async () => {
    const [first, second] = [gang('llm', { run: 'v1' }), gang('llm', { run: 'v2' })];
    const jobs = [only(await deliver(ring, first), 'Job'), only(await deliver(ring, second), 'Job')];
    for (const job of jobs) {
      const nodes = nodesOf(await podsIn(ring, of(job), 'Running', 2));
      expect(new Set(nodes).size).toBe(2);
    }
    await removeManifests(ring.api, [...first, ...second]);
  });

  it('a gang that is larger than its pool starts in part without a gang scheduler', async () => {
    const objects = gang('wide', { numNodes: 4, gpuPerNode: Gpu.h100(8) });
    const job = only(await deliver(ring, objects), 'Job');
    const words = await refusal(ring, of(job));
    expect(words).toMatch(/^0\/5 nodes are available: .*2 Insufficient nvidia\.com\/gpu/);
    const started = await pods(ring, of(job), 'half of it running', (all) =>
      all.filter(({ status }) => status.phase === 'Running').length === 2 && all.length === 4 ? undefined : 'not yet',
    );
    expect(nodesOf(started.filter(({ status }) => status.phase === 'Running'))).toEqual(['h100-a', 'h100-b']);
    await removeManifests(ring.api, objects);
  });

  it('what asks for more than a node has left stays pending with the words of the scheduler', async () => {
    const filling = await inPool('filling', 'l40s', Gpu.l40s(3), POOLS);
    await podsIn(ring, of(filling), 'Running', 1);
    const waiting = await inPool('waiting', 'l40s', Gpu.l40s(2), POOLS);
    expect(await refusal(ring, of(waiting))).toMatch(/^0\/5 nodes .* 1 Insufficient nvidia\.com\/gpu/);
    await removeManifests(ring.api, [filling]);
    expect(nodesOf(await podsIn(ring, of(waiting), 'Running', 1))).toEqual(['l40s-a']);
    await removeManifests(ring.api, [waiting]);
  });
});

describe('on nodes that are told apart otherwise', () => {
  it('GKE nodes are found by their accelerator', async () => {
    await addNodes(ring.api, [gpuNode('gke', 'a3-highgpu-8g'), gpuNode('gke-l4', 'g2-standard-12')]);
    const profile = { provider: Provider.GCP, pools: { l4: { gpu: GpuModel.L4, gpusPerNode: 1 } } };
    const job = await inPool('gke', 'l4', Gpu.l4(1), profile);
    expect(nodesOf(await podsIn(ring, of(job), 'Running', 1))).toEqual(['gke-l4']);
    await removeManifests(ring.api, [job]);
  });

  it('spot nodes of Azure are tolerated by runs of their pool only', async () => {
    const taints = ['nvidia.com/gpu', 'kubernetes.azure.com/scalesetpriority'].map((key) => ({
      key,
      value: key.startsWith('kub') ? 'spot' : '',
      effect: 'NoSchedule',
    }));
    const machine = 'Standard_NC24ads_A100_v4';
    const labels = { agentpool: 'a100' };
    await addNodes(ring.api, [gpuNode('spot', machine, { taints, labels })]);
    const pool = { gpu: GpuModel.A100_80GB, instanceType: machine };
    const profile = {
      provider: Provider.AZURE,
      pools: { steady: pool, spot: { ...pool, nodeSelector: labels, capacityType: CapacityType.SPOT } },
    };
    const steady = await inPool('steady', 'steady', Gpu.of(GpuModel.A100_80GB, 1), profile);
    expect(await refusal(ring, of(steady))).toContain('1 node(s) had untolerated taint(s)');
    const checkpoints = Checkpoints.claim('ckpt');
    const spot = await inPool('spot', 'spot', Gpu.of(GpuModel.A100_80GB, 1), profile, { checkpoints });
    expect(nodesOf(await podsIn(ring, of(spot), 'Running', 1))).toEqual(['spot']);
    await removeManifests(ring.api, [steady, spot]);
  });

  it('slices and shares are asked for by the names under which the device plugin offers them', async () => {
    await addNodes(ring.api, [
      gpuNode('sliced', 'p4de.24xlarge', {
        labels: { 'example.com/pool': 'sliced' },
        resources: { 'nvidia.com/gpu': '0', 'nvidia.com/mig-1g.10gb': '56' },
      }),
      gpuNode('shared', 'p4de.24xlarge', {
        labels: { 'example.com/pool': 'shared' },
        resources: { 'nvidia.com/gpu': '0', 'nvidia.com/gpu.shared': '32' },
      }),
    ]);
    const pool = { gpu: GpuModel.A100_80GB, instanceType: 'p4de.24xlarge' };
    const profile = {
      provider: Provider.AWS,
      pools: {
        sliced: { ...pool, nodeSelector: { 'example.com/pool': 'sliced' }, sharing: GpuSharing.migMixed() },
        shared: {
          ...pool,
          nodeSelector: { 'example.com/pool': 'shared' },
          sharing: GpuSharing.timeSliced({ replicas: 4, renamed: true }),
        },
      },
    };
    const slice = await inPool('slice', 'sliced', Gpu.mig('1g.10gb'), profile);
    const share = await inPool('share', 'shared', Gpu.a100(1), profile);
    expect(nodesOf(await podsIn(ring, of(slice), 'Running', 1))).toEqual(['sliced']);
    expect(nodesOf(await podsIn(ring, of(share), 'Running', 1))).toEqual(['shared']);
  });
});
