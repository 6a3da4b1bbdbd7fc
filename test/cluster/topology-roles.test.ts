import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Affinity,
  type ClusterProfileProps,
  Component,
  type DistributedTrainingProps,
  Framework,
  Gpu,
  GpuTrainingJob,
  Provider,
  Queue,
  TaintEffect,
  Topology,
  TrainingBackend,
} from 'cdk8s-ml';
import { gang, MACHINE } from './fixtures/gang';
import { NAMESPACE, only, rendered } from './fixtures/rendered';
import { noPods, running } from './fixtures/running';
import { workloadHas } from './fixtures/workloads';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { addNodes, cpuNode, gpuNode } from './ring/nodes/nodes';
import { useRing } from './ring/use-ring';

// Gangs with a role beside the nodes, near each other under the real Kueue: three racks of two nodes, and a node without GPUs for the others.

const ring = useRing(...CLUSTER, 'kueue', 'mpi-operator', 'kuberay');

const RACK = 'example.com/rack';
const ZONE = 'topology.kubernetes.io/zone';
const NODES: [name: string, rack: string, zone: string][] = [
  ['a', 'r1', 'z-a'],
  ['b', 'r1', 'z-a'],
  ['c', 'r2', 'z-a'],
  ['d', 'r2', 'z-a'],
  ['e', 'r3', 'z-b'],
  ['f', 'r3', 'z-b'],
];
const QUEUE = 'racks';
const kueue = 'kueue.x-k8s.io/v1beta2';

/** A queue of which one flavor has a topology, and another, without GPUs, has none. */
function queueOnRacks(): Manifest[] {
  const levels = [ZONE, RACK, 'kubernetes.io/hostname'].map((nodeLabel) => ({ nodeLabel }));
  const flavor = (name: string, gpus: number) => ({
    name,
    resources: [
      { name: 'nvidia.com/gpu', nominalQuota: gpus },
      { name: 'cpu', nominalQuota: 2000 },
      { name: 'memory', nominalQuota: '20Ti' },
    ],
  });
  return [
    { apiVersion: kueue, kind: 'Topology', metadata: { name: 'racks' }, spec: { levels } },
    {
      apiVersion: kueue,
      kind: 'ResourceFlavor',
      metadata: { name: 'h100' },
      spec: {
        nodeLabels: { 'node.kubernetes.io/instance-type': MACHINE },
        tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
        topologyName: 'racks',
      },
    },
    { apiVersion: kueue, kind: 'ResourceFlavor', metadata: { name: 'cpu' }, spec: { nodeLabels: { role: 'cpu' } } },
    {
      apiVersion: kueue,
      kind: 'ClusterQueue',
      metadata: { name: QUEUE },
      spec: {
        namespaceSelector: {},
        resourceGroups: [
          { coveredResources: ['nvidia.com/gpu', 'cpu', 'memory'], flavors: [flavor('h100', 96), flavor('cpu', 0)] },
        ],
      },
    },
    {
      apiVersion: kueue,
      kind: 'LocalQueue',
      metadata: { name: QUEUE, namespace: NAMESPACE },
      spec: { clusterQueue: QUEUE },
    },
  ];
}

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(ring.api, [
    ...NODES.map(([name, rack, zone]) => gpuNode(name, MACHINE, { zone, labels: { [RACK]: rack } })),
    cpuNode('cpu', { labels: { role: 'cpu' } }),
  ]);
  for (const object of queueOnRacks()) await ring.api.apply(object);
});

const made: Manifest[] = [];

afterEach(async () => {
  await removeManifests(ring.api, made.splice(0));
  await noPods(ring);
});

const TOLERATIONS = [{ key: 'nvidia.com/gpu', effect: TaintEffect.NO_SCHEDULE }];

/** A cluster whose profile knows the topology. */
const RACKS: Partial<ClusterProfileProps> = {
  provider: Provider.ON_PREMISES,
  components: Object.values(Component),
  trainingBackend: TrainingBackend.JOB_SET,
  kueueFrameworks: [
    'batch/job',
    'jobset.x-k8s.io/jobset',
    'trainer.kubeflow.org/trainjob',
    'ray.io/rayjob',
    ...['pytorchjob', 'tfjob', 'jaxjob', 'xgboostjob', 'mpijob'].map((kind) => `kubeflow.org/${kind}`),
  ],
  topologyLevels: { rack: RACK },
  queues: [{ name: QUEUE, tolerations: TOLERATIONS, topology: [ZONE, RACK, 'kubernetes.io/hostname'] }],
  pools: {},
};

const queue = Queue.named(QUEUE);

type Run = Partial<DistributedTrainingProps> & { readonly run: string };

/** Starts a gang, and gives the object that runs it. */
async function start(props: Run, profile: Partial<ClusterProfileProps> = {}, kind = 'JobSet'): Promise<Manifest> {
  const manifests = gang({ ...RACKS, ...profile }, props);
  // A TrainJob wants its runtime first.
  for (const manifest of manifests.filter((one) => one.kind !== kind)) await ring.api.apply(manifest);
  const run = only(manifests, kind);
  await ring.api.apply(run);
  made.push(...manifests);
  return run;
}

/** Takes one node whole, outside of all queues. */
async function fill(node: string): Promise<Manifest> {
  const manifests = rendered({ provider: Provider.ON_PREMISES }, (chart) => {
    new GpuTrainingJob(chart, `fill-${node}`, {
      image: 'registry.example.com/trainer:v1',
      cpu: Cpu.units(8),
      memory: Size.gibibytes(64),
      activeDeadline: Duration.hours(5),
      gpu: Gpu.h100(8),
      affinity: Affinity.requireNodes('kubernetes.io/hostname', node),
    });
  });
  const job = only(manifests, 'Job');
  await ring.api.apply(job);
  made.push(job);
  await running(ring, 1, `batch.kubernetes.io/job-name=${job.metadata.name}`);
  return job;
}

const of = (run: string): string => `cdk8s-ml.dev/run=${run}`;

test.each([
  ['MPIJob', TrainingBackend.MPI_JOB, Framework.mpi(), 'training.kubeflow.org/job-role=worker'],
  ['RayJob', TrainingBackend.RAY_JOB, Framework.ray(), 'ray.io/node-type=worker'],
] as const)('the nodes of a %s go to the one rack that has room, or wait', async (kind, backend, framework, nodes) => {
  for (const node of ['a', 'c']) await fill(node);
  const run = kind.toLowerCase();
  const near = { queue, backend, framework, command: ['train'], topology: Topology.required('rack') };
  await start({ run, ...near }, {}, kind);
  const pods = await running(ring, 2, `${of(run)},${nodes}`);
  expect(pods.map(({ spec }) => spec.nodeName).sort()).toEqual(['e', 'f']);
  const large = await start({ run: `${run}-large`, numNodes: 3, ...near }, {}, kind);
  expect(await workloadHas(ring, large, 'QuotaReserved', 'False', /topology/)).toMatch(/fit only \d out of [23] pod/);
});
