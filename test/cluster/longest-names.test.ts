import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Acknowledge, Component, DistributedTraining, Framework, TrainingBackend } from 'cdk8s-ml';
import { componentOf } from '../../src/cluster/backend-components';
import { BACKEND_TABLE } from '../../src/training/backends/table';
import { NAMESPACE, rendered } from './fixtures/rendered';
import { noPods, running } from './fixtures/running';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { addNodes, cpuNode } from './ring/nodes/nodes';
import { useRing } from './ring/use-ring';

// The longest name that the library lets a gang have: operators make longer ones of it for pods and their host names, and what
// passes 63 characters never starts, or has no address.

const ring = useRing(...CLUSTER, 'training-operator', 'jobset', 'trainer', 'mpi-operator');
const OPERATORS = [Component.TRAINING_OPERATOR, Component.JOBSET, Component.TRAINER, Component.MPI_OPERATOR];
const NODES = 11; // numbers of two digits
const LONGEST = 63;

const BACKENDS = Object.values(TrainingBackend).filter((backend) => {
  // Its kind has another version than that of the MPI operator; mpi-job-v1.test.ts looks at its names.
  if (backend === TrainingBackend.MPI_JOB_V1) return false;
  const component = componentOf(backend);
  return component === undefined || OPERATORS.includes(component);
});

const FRAMEWORKS = Framework as unknown as { [name: string]: () => Framework };

/** Each backend with the first framework of its row, and with a launcher where that is another. */
const GANGS = BACKENDS.flatMap((backend) =>
  BACKEND_TABLE[backend].frameworks
    .filter((name, index) => index === 0 || name === 'mpi')
    .map((name) => [backend, name] as const),
);

function gang(backend: TrainingBackend, name: Framework['name'], length: number): Manifest[] {
  const framework = FRAMEWORKS[name]();
  return rendered({ components: OPERATORS }, (chart) => {
    Acknowledge.of(chart).add('TRN061', 'The training operator of the ring runs without MPIJob.');
    new DistributedTraining(chart, 'x'.repeat(length), {
      backend,
      framework,
      numNodes: NODES,
      image: 'registry.example.com/trainer:v2',
      command: ['python3', 'train.py'],
      cpu: Cpu.units(1),
      memory: Size.gibibytes(4),
      activeDeadline: Duration.hours(1),
    });
  });
}

/** The gang whose name is the longest that is let pass. */
function longest(backend: TrainingBackend, name: Framework['name']): Manifest[] {
  for (let length = LONGEST; length > 0; length--) {
    try {
      return gang(backend, name, length);
    } catch (error) {
      if (!/KUB021|COR005/.test(String(error))) throw error;
    }
  }
  throw new Error(`no name is short enough for ${backend}`);
}

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    Array.from({ length: NODES + 1 }, (_, index) => cpuNode(`cpu-${index}`)),
  );
});

test.each(GANGS)('all pods of a gang as %s with %s come under the longest name', async (backend, name) => {
  const objects = longest(backend, name);
  try {
    for (const object of objects) await ring.api.apply(object);
    const launchers = name === 'mpi' ? 1 : 0;
    const pods = await running(ring, NODES + launchers, 'app.kubernetes.io/component=training');
    // Nobody looks for a launcher by its host name, which the kubelet cuts to fit.
    const named = pods.filter(({ metadata }) => metadata.labels!['training.kubeflow.org/job-role'] !== 'launcher');
    expect(named).toHaveLength(backend === TrainingBackend.MPI_JOB ? NODES : NODES + launchers);
    for (const { metadata, spec } of named) {
      const { hostname = metadata.name! } = spec as { readonly hostname?: string };
      expect(hostname.length).toBeLessThanOrEqual(LONGEST);
    }
  } finally {
    await removeManifests(ring.api, objects);
    await noPods(ring);
  }
});
