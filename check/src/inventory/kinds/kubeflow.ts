import type { Field } from '../field';
import type { Inventory } from '../inventory';
import type { LayerWays } from '../layered-field';
import { LayeredField } from '../layered-field';
import type { PodPlaces } from '../pod';
import type { Resource } from '../resource';
import type { RoleDescription, RunBounds } from '../workload';
import { bound, Nature } from '../workload';
import { podsOf } from './core';
import type { KindReader } from './kind-reader';

// Kinds of Kubeflow: training operator v1, MPI operator v2beta1, Trainer v2, notebooks.

/** Where each kind keeps its roles, and where the run policy is. */
const REPLICA_SPECS: { readonly [kind: string]: string } = {
  PyTorchJob: 'pytorchReplicaSpecs',
  TFJob: 'tfReplicaSpecs',
  XGBoostJob: 'xgbReplicaSpecs',
  MXJob: 'mxReplicaSpecs',
  PaddleJob: 'paddleReplicaSpecs',
  JAXJob: 'jaxReplicaSpecs',
  MPIJob: 'mpiReplicaSpecs',
};

function policyBounds(policy: Field): RunBounds {
  return {
    deadline: bound(policy.at('activeDeadlineSeconds')),
    retries: bound(policy.at('backoffLimit')),
    ttl: bound(policy.at('ttlSecondsAfterFinished')),
    cleanPodPolicy: policy.at('cleanPodPolicy'),
  };
}

/** Where the processes of a pod are counted: once for all, whatever the role. */
function processesOf({ kind, top }: Resource): Field | undefined {
  if (kind === 'PyTorchJob') {
    const elastic = top.at('spec', 'elasticPolicy', 'nProcPerNode');
    return elastic.exists ? elastic : top.at('spec', 'nprocPerNode');
  }
  return kind === 'MPIJob' ? top.at('spec', 'slotsPerWorker') : undefined;
}

export const TRAINING_JOBS: KindReader = {
  group: 'kubeflow.org',
  kinds: Object.keys(REPLICA_SPECS),
  read: (job) => {
    const specs = job.at('spec', REPLICA_SPECS[job.kind]);
    const processes = processesOf(job);
    const roles = specs.entries.map(([name, role]): RoleDescription => {
      const pod = podsOf(role.at('template'));
      return { name, replicas: role.at('replicas'), processes, pod };
    });
    const workers = roles.reduce((sum, { replicas }) => sum + (replicas?.integer ?? 1), 0);
    return { nature: Nature.RUN, roles, run: policyBounds(job.at('spec', 'runPolicy')), gang: workers > 1 };
  },
};

/** Runtimes that a TrainJob can name, its own namespace first. */
function runtimeOf(job: Resource, inventory: Inventory): Resource | undefined {
  const ref = job.at('spec', 'runtimeRef');
  const name = ref.at('name').text ?? '';
  const kind = ref.at('kind').text ?? 'ClusterTrainingRuntime';
  const namespace = kind === 'TrainingRuntime' ? job.namespace : undefined;
  return inventory.find('trainer.kubeflow.org', kind, name, namespace);
}

export const TRAIN_JOBS: KindReader = {
  group: 'trainer.kubeflow.org',
  kinds: ['TrainJob'],
  read: (job, inventory) => {
    const trainer = job.at('spec', 'trainer');
    const runtime = runtimeOf(job, inventory);
    const jobSet = runtime?.at('spec', 'template', 'spec');
    const jobs = jobSet?.at('replicatedJobs').items ?? [];
    const named = (name: string): Field | undefined => jobs.find((each) => each.at('name').text === name);
    const node = named('node');
    const launcher = isLaunched(runtime) ? named('launcher') : undefined;
    const numNodes = trainer.at('numNodes');
    // Beside a launcher the runtime counts launchers, and its Job the nodes.
    const ofRuntime = launcher
      ? node?.at('template', 'spec', 'parallelism')
      : runtime?.at('spec', 'mlPolicy', 'numNodes');
    const nodes = { name: 'node', replicas: numNodes, count: numNodes.integer ?? ofRuntime?.integer ?? 1 };
    const processes = trainer.at('numProcPerNode');
    const roles: RoleDescription[] =
      launcher && node
        ? [
            { name: 'launcher', pod: trainingPods(job, launcher) },
            { ...nodes, processes, pod: podsOf(node.at('template', 'spec', 'template')) },
          ]
        : [{ ...nodes, processes, pod: trainingPods(job, node) }];
    const deadline = job.at('spec', 'activeDeadlineSeconds');
    const ofJob = node?.at('template', 'spec', 'activeDeadlineSeconds');
    return {
      nature: Nature.RUN,
      roles,
      run: {
        deadline: bound(!deadline.exists && ofJob?.exists ? ofJob : deadline),
        ...(jobSet ? { ttl: bound(jobSet.at('ttlSecondsAfterFinished')) } : {}),
      },
      gang: roles.reduce((sum, { count = 1 }) => sum + count, 0) > 1,
    };
  },
};

/** Whether a launcher that is none of the nodes starts the processes of a runtime. One that is a node has what the nodes have. */
function isLaunched(runtime: Resource | undefined): boolean {
  const mpi = runtime?.at('spec', 'mlPolicy', 'mpi');
  return mpi !== undefined && mpi.exists && mpi.at('runLauncherAsNode').boolean !== true;
}

/** What a TrainJob says of the container `node`, which it else leaves as its runtime has it. */
const TRAINER_WAYS: LayerWays = { names: { resources: 'resourcesPerNode' }, listsByName: ['env'] };

/** The pods that run what a TrainJob says: of a Job of its runtime, when that is here. */
function trainingPods(job: Resource, ofRuntime: Field | undefined): PodPlaces {
  const template = ofRuntime?.at('template', 'spec', 'template');
  const trainer = job.at('spec', 'trainer');
  const node = template?.at('spec', 'containers').items.find((each) => each.at('name').text === 'node');
  if (template && node && !isPatched(job)) {
    const field = new LayeredField(trainer, node, TRAINER_WAYS);
    return { metadata: template.at('metadata'), specs: [template.at('spec')], containers: [{ field, replaces: node }] };
  }
  return {
    metadata: template?.at('metadata') ?? job.at('metadata', 'none'),
    specs: [...(template ? [template.at('spec')] : [job.at('spec', 'podSpec')])],
    containers: [{ field: trainer, resourcesKey: 'resourcesPerNode' }],
    partial: true,
  };
}

/** Whether a TrainJob changes the pods of its runtime, in whatever way its version calls it. */
function isPatched(job: Resource): boolean {
  return ['runtimePatches', 'podTemplateOverrides', 'podSpecOverrides'].some((name) => job.at('spec', name).exists);
}

/** What the runs of a runtime have in common; what is absent, the TrainJob may say. */
export const TRAINING_RUNTIMES: KindReader = {
  group: 'trainer.kubeflow.org',
  kinds: ['ClusterTrainingRuntime', 'TrainingRuntime'],
  read: ({ top }) => ({
    nature: Nature.RUN,
    roles: top.at('spec', 'template', 'spec', 'replicatedJobs').items.map((job) => ({
      name: job.at('name').text ?? '',
      pod: podsOf(job.at('template', 'spec', 'template'), { partial: true }),
    })),
  }),
};

export const NOTEBOOKS: KindReader = {
  group: 'kubeflow.org',
  kinds: ['Notebook'],
  read: ({ top }) => ({
    nature: Nature.INTERACTIVE,
    roles: [{ name: 'pod', pod: podsOf(top.at('spec', 'template')) }],
  }),
};
