import type { Chart } from 'cdk8s';
import {
  Acknowledge,
  Component,
  DistributedTraining,
  Env,
  Framework,
  Queue,
  TrainingBackend,
  type ClusterProfileProps,
  type DistributedTrainingProps,
} from 'cdk8s-ml';
import { componentOf } from '../../src/cluster/backend-components';
import { backendOf } from '../../src/training/backends/backends';
import { BACKEND_TABLE } from '../../src/training/backends/table';
import { complaints } from '../complaints';
import { chartWith, GANG, synth } from '../training/fixtures';

/** A gang of a backend, with the first framework that it runs. */
function gangOf(backend: TrainingBackend, props: Partial<DistributedTrainingProps> = {}): DistributedTrainingProps {
  const [name] = BACKEND_TABLE[backend].frameworks;
  const framework = (Framework as unknown as { [name: string]: () => Framework })[name]();
  return { ...GANG, backend, framework, command: ['python3', 'train.py'], ...props };
}

const profileOf = (backend: TrainingBackend): Partial<ClusterProfileProps> => {
  const component = componentOf(backend);
  const { kueueFramework } = backendOf(backend);
  return {
    components: [Component.KUEUE, ...(component === undefined ? [] : [component])],
    kueueFrameworks: kueueFramework === undefined ? [] : [kueueFramework],
  };
};

/** What one of the backends always says. */
const acknowledge = (chart: Chart): void => Acknowledge.of(chart).add('TRN060', 'The namespace enforces baseline.');

const says = (backend: TrainingBackend, id: string, props: Partial<DistributedTrainingProps> = {}): string =>
  complaints((chart) => {
    acknowledge(chart);
    new DistributedTraining(chart, id, gangOf(backend, props));
  }, profileOf(backend));

function chartOf(backend: TrainingBackend, props: Partial<DistributedTrainingProps> = {}): Chart {
  const chart = chartWith(profileOf(backend));
  acknowledge(chart);
  new DistributedTraining(chart, 'llm', gangOf(backend, props));
  return chart;
}

interface PodTemplate {
  readonly metadata?: { readonly labels?: object };
  readonly spec: {
    readonly containers: readonly { readonly name: string; readonly env?: readonly { readonly name: string }[] }[];
  };
}

/** Every pod template anywhere in an object, with the path to it. */
function templatesIn(value: unknown, path = ''): [path: string, template: PodTemplate][] {
  if (typeof value !== 'object' || value === null) return [];
  const own = value as { readonly spec?: { readonly containers?: unknown } };
  const here: [string, PodTemplate][] = Array.isArray(own.spec?.containers) ? [[path, value as PodTemplate]] : [];
  return [...here, ...Object.entries(value).flatMap(([key, field]) => templatesIn(field, `${path}.${key}`))];
}

const templatesOf = (backend: TrainingBackend, props: Partial<DistributedTrainingProps> = {}) =>
  synth(chartOf(backend, props)).flatMap((object: object) => templatesIn(object));

/** What operators look for. Kinds that are not here take any name. */
const CONTAINERS: { readonly [resource: string]: string } = {
  PyTorchJob: 'pytorch',
  TFJob: 'tensorflow',
  XGBoostJob: 'xgboost',
  JAXJob: 'jax',
  TrainJob: 'node',
};

/** Variables that operators set, over those of the user, by what their kind is called. */
const INJECTED: { readonly [resource: string]: readonly string[] } = {
  PyTorchJob: ['PET_NNODES', 'PET_NPROC_PER_NODE', 'MASTER_ADDR', 'MASTER_PORT', 'WORLD_SIZE', 'RANK'],
  TFJob: ['TF_CONFIG'],
  XGBoostJob: ['MASTER_ADDR', 'MASTER_PORT', 'WORLD_SIZE', 'RANK', 'WORKER_PORT', 'WORKER_ADDRS'],
  JAXJob: ['COORDINATOR_ADDRESS', 'COORDINATOR_PORT', 'NUM_PROCESSES', 'PROCESS_ID'],
  TrainJob: ['PET_NNODES', 'PET_NPROC_PER_NODE', 'PET_NODE_RANK', 'PET_MASTER_ADDR', 'PET_MASTER_PORT'],
  'MPIJob v1': ['OMPI_MCA_plm_rsh_agent', 'OMPI_MCA_orte_default_hostfile', 'I_MPI_HYDRA_BOOTSTRAP_EXEC'],
  MPIJob: ['OMPI_MCA_orte_default_hostfile', 'OMPI_MCA_orte_keep_fqdn_hostnames', 'K_MPI_JOB_ROLE'],
};

/** Variables of ours that a user may set otherwise. */
const OF_THE_USER = /^(HOME|USER|LOGNAME|NUMBA_CACHE_DIR|.*_HOME|.*_CACHE_DIR|CUDA_CACHE_PATH)$/;

describe.each(Object.values(TrainingBackend))('a gang as %s', (backend) => {
  const { resource, title = resource } = BACKEND_TABLE[backend];

  test('COR005 fails for a name that starts with a digit (N06)', () => {
    expect(says(backend, '7b-chat')).toMatch(/COR005: .*must start with a letter/);
  });

  test('takes names up to some length, and refuses every longer one (N07, N08)', () => {
    const fits = (length: number): string => says(backend, 'x'.repeat(length));
    const longest = Array.from({ length: 63 }, (_, index) => 63 - index).find((length) => fits(length) === '')!;
    expect(longest).toBeGreaterThanOrEqual(35);
    for (const length of [longest + 1, 63]) expect(fits(length)).toMatch(/KUB021|COR005/);
  });

  test('COR004 fails for no nodes and for less than none (B04)', () => {
    for (const numNodes of [0, -1]) expect(says(backend, 'llm', { numNodes })).toMatch(/COR004: .*numNodes/);
  });

  test('a master, chief or launcher is there once (B05)', () => {
    for (const object of synth(chartOf(backend))) {
      const specs = Object.entries((object.spec ?? {}) as object).find(([field]) =>
        field.endsWith('ReplicaSpecs'),
      )?.[1];
      for (const [role, { replicas }] of Object.entries((specs ?? {}) as { [role: string]: { replicas: number } })) {
        if (role !== 'Worker') expect([role, replicas]).toEqual([role, 1]);
      }
    }
  });

  test('a container is called as the operator looks for it (I20)', () => {
    const names = templatesOf(backend).map(([, { spec }]) => spec.containers[0].name);
    expect(names.length).toBeGreaterThan(0);
    if (resource in CONTAINERS) expect(new Set(names)).toEqual(new Set([CONTAINERS[resource]]));
  });

  test('KUB008 fails for every variable by which its processes find each other (I21)', () => {
    const set = templatesOf(backend).flatMap(([, { spec }]) => (spec.containers[0].env ?? []).map(({ name }) => name));
    const injected = INJECTED[title] ?? [];
    const reserved = [...new Set([...set, ...injected])].filter((name) => !OF_THE_USER.test(name));
    expect(reserved).toContain('RUN');
    for (const name of reserved) {
      expect([name, says(backend, 'llm', { env: { [name]: Env.value('1') } })]).toEqual([
        name,
        expect.stringContaining('KUB008'),
      ]);
    }
  });

  test('the label of its queue is on the object and on no pod, where each would be queued alone (D07)', () => {
    const label = 'kueue.x-k8s.io/queue-name';
    const props = { queue: Queue.named('research') };
    if (backendOf(backend).kueueFramework === undefined) {
      expect(says(backend, 'llm', props)).toContain('TRN019');
      return;
    }
    const queued = synth(chartOf(backend, props)).filter(({ metadata }) => metadata.labels?.[label] === 'research');
    expect(queued.map(({ kind }) => kind as string)).toEqual([resource]);
    for (const [path, { metadata }] of templatesOf(backend, props)) {
      expect([path, metadata?.labels]).toEqual([path, expect.not.objectContaining({ [label]: expect.anything() })]);
    }
  });

  test('its policy lets its own pods talk to each other on every port (D04)', () => {
    const objects = synth(chartOf(backend));
    const { spec } = objects.find(({ kind }) => kind === 'NetworkPolicy');
    const mine = spec.podSelector.matchLabels as { [label: string]: string };
    expect(spec.ingress).toContainEqual({ from: [{ podSelector: { matchLabels: mine } }] });
    const selected = objects.flatMap((object: object) => templatesIn(object));
    for (const [path, { metadata }] of selected)
      expect([path, metadata?.labels]).toEqual([path, expect.objectContaining(mine)]);
  });

  test('another spec under the same run has the same name, which the API server refuses (D26)', () => {
    const nameOf = (props: Partial<DistributedTrainingProps>): string =>
      synth(chartOf(backend, props)).find(({ kind }) => kind === resource).metadata.name;
    expect(nameOf({ run: 'v1', image: 'a/b:2' })).toBe(nameOf({ run: 'v1' }));
    expect(nameOf({ run: 'v2' })).not.toBe(nameOf({ run: 'v1' }));
  });
});
