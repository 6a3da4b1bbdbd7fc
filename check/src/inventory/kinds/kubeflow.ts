import type { Field } from '../field';
import type { Inventory } from '../inventory';
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
    const node = jobSet?.at('replicatedJobs').items.find((each) => each.at('name').text === 'node');
    const template = node?.at('template', 'spec', 'template');
    const numNodes = trainer.at('numNodes');
    const ofRuntime = runtime?.at('spec', 'mlPolicy', 'numNodes');
    const count = numNodes.integer ?? ofRuntime?.integer ?? 1;
    const deadline = job.at('spec', 'activeDeadlineSeconds');
    const ofJob = node?.at('template', 'spec', 'activeDeadlineSeconds');
    return {
      nature: Nature.RUN,
      roles: [
        {
          name: 'node',
          replicas: numNodes,
          count,
          processes: trainer.at('numProcPerNode'),
          pod: {
            metadata: template?.at('metadata') ?? job.at('metadata', 'none'),
            specs: [...(template ? [template.at('spec')] : [job.at('spec', 'podSpec')])],
            containers: [{ field: trainer, resourcesKey: 'resourcesPerNode' }],
            partial: true,
          },
        },
      ],
      run: {
        deadline: bound(!deadline.exists && ofJob?.exists ? ofJob : deadline),
        ...(jobSet ? { ttl: bound(jobSet.at('ttlSecondsAfterFinished')) } : {}),
      },
      gang: count > 1,
    };
  },
};

export const NOTEBOOKS: KindReader = {
  group: 'kubeflow.org',
  kinds: ['Notebook'],
  read: ({ top }) => ({
    nature: Nature.INTERACTIVE,
    roles: [{ name: 'pod', pod: podsOf(top.at('spec', 'template')) }],
  }),
};
