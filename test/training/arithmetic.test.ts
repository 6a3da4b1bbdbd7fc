import { Acknowledge, DistributedTraining, Framework, Gpu, TrainingBackend } from 'cdk8s-ml';
import type { DistributedTrainingProps } from 'cdk8s-ml';
import { componentOf } from '../../src/cluster/backend-components';
import { BACKEND_TABLE } from '../../src/training/backends/table';
import { chartWith, GANG, only, synth } from './fixtures';
import { FRAMEWORKS } from './frameworks';

// Every place of a rendered object where the nodes, the processes of a node or those of the run are written, and that all of them say the same.

const NODES = 3;
const GPUS = 8;

/** What a number in an object counts. */
enum Count {
  NODES = 'nodes',
  PER_NODE = 'processes of a node',
  WORLD = 'processes of the run',
  GPUS = 'GPUs of a node',
  LAUNCHERS = 'launchers',
}

const VARIABLES: { readonly [name: string]: Count } = {
  PET_NNODES: Count.NODES,
  NUM_NODES: Count.NODES,
  PET_NPROC_PER_NODE: Count.PER_NODE,
  NUM_PROC_PER_NODE: Count.PER_NODE,
  DMLC_NUM_WORKER: Count.WORLD,
  NUM_PROCESSES: Count.WORLD,
  JAX_NUM_PROCESSES: Count.WORLD,
};

const FIELDS: { readonly [name: string]: Count } = {
  numNodes: Count.NODES,
  completions: Count.NODES,
  parallelism: Count.NODES,
  minAvailable: Count.NODES,
  minReplicas: Count.NODES,
  maxReplicas: Count.NODES,
  numProcPerNode: Count.PER_NODE,
  nprocPerNode: Count.PER_NODE,
  slotsPerWorker: Count.PER_NODE,
  'nvidia.com/gpu': Count.GPUS,
};

/** The fields of a launcher that has a Job of its own, and of the policy of a TrainJob, which counts its launchers there and not its nodes. */
const LAUNCHER_FIELDS = { completions: Count.LAUNCHERS, parallelism: Count.LAUNCHERS };
const MPI_POLICY_FIELDS = { numNodes: Count.LAUNCHERS };

function fieldsOf(object: object, around: typeof FIELDS): typeof FIELDS {
  if ('name' in object && object.name === 'launcher' && 'template' in object) return { ...around, ...LAUNCHER_FIELDS };
  return 'mpi' in object ? { ...around, ...MPI_POLICY_FIELDS } : around;
}

interface Told {
  readonly count: Count;
  readonly at: string;
  readonly value: number;
}

/** What an object says of the counts, wherever it says it. */
function told(value: unknown, at = '', around = FIELDS): Told[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => told(each, `${at}[${index}]`, around));
  if (typeof value !== 'object' || value === null) return [];
  const { name, value: text } = value as { name?: string; value?: string };
  const count = name === undefined ? undefined : VARIABLES[name];
  const variable = count === undefined ? [] : [{ count, at: `${at}.${name}`, value: Number(text) }];
  const tfConfig = name === 'TF_CONFIG' ? [{ count: Count.NODES, at: name, value: workersOf(String(text)) }] : [];
  const counts = fieldsOf(value, around);
  const fields = Object.entries(value).flatMap(([key, inner]) =>
    key in counts && typeof inner !== 'object'
      ? [{ count: counts[key], at: `${at}.${key}`, value: Number(inner) }]
      : told(inner, `${at}.${key}`, counts),
  );
  return [...variable, ...tfConfig, ...fields];
}

function workersOf(tfConfig: string): number {
  const { cluster } = JSON.parse(tfConfig.replace('$(NODE_RANK)', '0')) as { cluster: { worker: string[] } };
  return cluster.worker.length;
}

interface Replicated {
  readonly replicas: number;
}

/** Nodes of the kinds that count them by replicas: a master, which trains too, and workers. */
function replicasOf(spec: { [field: string]: unknown }): number | undefined {
  const roles = Object.entries(spec).find(([field]) => field.endsWith('ReplicaSpecs'))?.[1];
  if (roles === undefined) return undefined;
  const { Master, Worker } = roles as { Master?: Replicated; Worker: Replicated };
  return (Master?.replicas ?? 0) + Worker.replicas;
}

const CASES = Object.values(TrainingBackend).flatMap((backend) =>
  BACKEND_TABLE[backend].frameworks.map((name) => [backend, name] as [TrainingBackend, Framework['name']]),
);

function runOf(backend: TrainingBackend, props: Partial<DistributedTrainingProps>) {
  const component = componentOf(backend);
  const chart = chartWith({ components: component === undefined ? [] : [component] });
  Acknowledge.of(chart).add('TRN060', 'Of one backend: the namespace enforces baseline.');
  const command = ['python3', 'train.py'];
  const training = new DistributedTraining(chart, 'llm', { ...GANG, command, numNodes: NODES, backend, ...props });
  return { training, objects: synth(chart), chart };
}

describe.each(CASES)('%s with %s', (backend, name) => {
  const framework = FRAMEWORKS[name];
  const isSingle = name === 'jax' || name === 'tensorflow';
  const counts = isSingle ? [undefined, 1] : [undefined, 4, 1];

  test.each(counts)('says everywhere that there are 3 nodes with %s processes each', (numProcPerNode) => {
    const { training, objects } = runOf(backend, { framework, gpuPerNode: Gpu.h100(GPUS), numProcPerNode });
    const perNode = numProcPerNode ?? (isSingle ? 1 : GPUS);
    expect([training.numNodes, training.numProcPerNode, training.worldSize]).toEqual([NODES, perNode, NODES * perNode]);
    const right = {
      [Count.NODES]: NODES,
      [Count.PER_NODE]: perNode,
      [Count.WORLD]: NODES * perNode,
      [Count.GPUS]: GPUS,
      [Count.LAUNCHERS]: 1,
    };
    const all = objects.flatMap((object) => told(object));
    expect(all.filter(({ count, value }) => value !== right[count])).toEqual([]);
    expect(all.map(({ count }) => count)).toContain(Count.GPUS);
    const object = objects.find(({ kind }) => kind === BACKEND_TABLE[backend].resource);
    const replicas = replicasOf(object.spec);
    if (replicas === undefined) expect(all.map(({ count }) => count)).toContain(Count.NODES);
    else expect(replicas).toBe(NODES);
  });
});

test.each(['auto', 'gpu', '4', 2.5, 0])('numProcPerNode is a whole number, and %p is refused', (numProcPerNode) => {
  expect(() => runOf(TrainingBackend.INDEXED_JOB, { numProcPerNode: numProcPerNode as number })).toThrow(
    /numProcPerNode/,
  );
});

describe('parallelism', () => {
  const variables = (props: Partial<DistributedTrainingProps>): { [name: string]: string } => {
    const { env } = only(runOf(TrainingBackend.INDEXED_JOB, props).chart, 'Job').spec.template.spec.containers[0];
    const named = (env as { name: string; value: string }[]).filter(({ name }) => name.endsWith('_PARALLEL_SIZE'));
    return Object.fromEntries(named.map(({ name, value }) => [name, value]));
  };

  test('gives the program the sizes that were checked, and the data size that remains', () => {
    expect(variables({ parallelism: { tensor: 4, pipeline: 3 } })).toEqual({
      TENSOR_PARALLEL_SIZE: '4',
      PIPELINE_PARALLEL_SIZE: '3',
      DATA_PARALLEL_SIZE: '2',
    });
    expect(variables({ parallelism: { context: 2, data: 12, expert: 6, expertTensor: 1 } })).toEqual({
      CONTEXT_PARALLEL_SIZE: '2',
      DATA_PARALLEL_SIZE: '12',
      EXPERT_PARALLEL_SIZE: '6',
      EXPERT_TENSOR_PARALLEL_SIZE: '1',
    });
  });

  test('is counted in GPUs where one process has several', () => {
    const parallelism = { tensor: 8 };
    expect(variables({ framework: Framework.jax(), parallelism })).toMatchObject({ DATA_PARALLEL_SIZE: '3' });
  });

  test('adds nothing unless it is given', () => {
    expect(variables({})).toEqual({});
  });

  test.each([{ tensor: 0 }, { tensor: 1.5 }, { pipeline: '2' }, { tensors: 2 }, [8], 8, null])(
    'refuses %j',
    (parallelism) => {
      expect(() => variables({ parallelism: parallelism as object })).toThrow(/COR00\d: .*[pP]arallelism/);
    },
  );
});
