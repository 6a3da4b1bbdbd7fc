import { Framework, Topology, TrainingBackend } from 'cdk8s-ml';
import { RACKS_AND_CPUS_QUEUE as queue, useRacks } from './fixtures/racks';
import { PODS, running } from './fixtures/running';
import { workloadHas } from './fixtures/workloads';
import { CLUSTER } from './ring/components';
import { useRing } from './ring/use-ring';

// Gangs with a role beside the nodes, near each other under the real Kueue; the others go to the node without GPUs.

const ring = useRing(...CLUSTER, 'kueue', 'mpi-operator', 'kuberay');
const { start, fill } = useRacks(ring);

test.each([
  ['MPIJob', TrainingBackend.MPI_JOB, Framework.mpi(), 'training.kubeflow.org/job-role=worker'],
  ['RayJob', TrainingBackend.RAY_JOB, Framework.ray(), 'ray.io/node-type=worker'],
] as const)('the nodes of a %s go to the one rack that has room, or wait', async (kind, backend, framework, nodes) => {
  for (const node of ['a', 'c']) await fill(node);
  const run = kind.toLowerCase();
  const near = { queue, backend, framework, command: ['train'], topology: Topology.required('rack') };
  await start({ run, ...near }, {}, kind);
  const pods = await running(ring, 2, `cdk8s-ml.dev/run=${run},${nodes}`);
  expect(pods.map(({ spec }) => spec.nodeName).sort()).toEqual(['e', 'f']);
  const large = await start({ run: `${run}-large`, numNodes: 3, ...near }, {}, kind);
  await workloadHas(ring, large, 'QuotaReserved', 'False', /fit only \d out of [23] pod|does not support Topology/);
  expect((await ring.api.list({ ...PODS, labels: `cdk8s-ml.dev/run=${run}-large` })).items).toEqual([]);
});
