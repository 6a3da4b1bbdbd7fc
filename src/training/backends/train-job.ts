import type { Container } from '../../../imports/k8s';
import type { TrainingRuntimeSpecMlPolicy, TrainJobSpec } from '../../../imports/trainer.kubeflow.org';
import { TrainingBackend } from '../../cluster/settings';
import type { Problem } from '../../core/diagnostics';
import {
  ARGO_SYNC_OPTIONS_ANNOTATION,
  ARGO_SYNC_WAVE_ANNOTATION,
  JOB_SET_NAME_LABEL,
  TRAINER_ANCESTOR_LABEL,
} from '../../kinds/labels';
import type { Manifest } from '../../render/api-object';
import { podTemplate } from '../../render/pod-template';
import { BACKEND_LACKS } from '../diagnostics';
import type { FrameworkName } from '../frameworks/framework';
import { gangNetworkPolicy } from './companions';
import type { BackendStrategy, Gang, Role } from './gang';
import { GangRole } from '../gang-role';
import { JOB_SET_MEETING } from './job-set';
import { hasLauncher } from './mpi-pods';
import { gangAffinity, RENDEZVOUS_PORT, rendezvousVariables } from './rendezvous';
import { lastPodName, restartingJobs } from './restarting-jobs';
import { mpiPodOptions, mpiPolicy, mpiProblems } from './train-job-mpi';

const API_VERSION = 'trainer.kubeflow.org/v1alpha1';
const RUNTIME = 'TrainingRuntime';
/** Name that the operator gives to the container that trains. */
const CONTAINER = 'node';
const MOST_VARIABLES = 128;

/** What the operator sets by a policy of a framework. */
interface Policy {
  readonly mlPolicy: TrainingRuntimeSpecMlPolicy;
  readonly injectedEnv: readonly string[];
}

/** Frameworks without a launcher whose variables the operator sets; those of others come from us. */
const POLICIES: { readonly [name in FrameworkName]?: Policy } = {
  pytorch: {
    mlPolicy: { torch: {} },
    injectedEnv: ['PET_NNODES', 'PET_NPROC_PER_NODE', 'PET_NODE_RANK', 'PET_MASTER_ADDR', 'PET_MASTER_PORT'],
  },
  jax: {
    mlPolicy: { jax: {} },
    injectedEnv: ['JAX_NUM_PROCESSES', 'JAX_PROCESS_ID', 'JAX_COORDINATOR_ADDRESS'],
  },
};

/**
 * TrainJob of the Kubeflow Trainer v2, with a TrainingRuntime for this run alone.
 *
 * A TrainJob says what is trained: image, command, variables, nodes, resources. None of these can be changed. All else stands
 * in the runtime, of which the operator keeps a copy when the run starts. It makes a JobSet of the same name.
 *
 * @see https://www.kubeflow.org/docs/components/trainer/operator-guides/runtime/
 */
export const trainJob: BackendStrategy = {
  kind: TrainingBackend.TRAIN_JOB,

  podOptions: (plan, role) => {
    if (hasLauncher(plan)) return mpiPodOptions(plan, role);
    const policy = POLICIES[plan.framework.name];
    return {
      containerName: CONTAINER,
      restartPolicy: 'Never',
      runLabel: JOB_SET_NAME_LABEL,
      ports: policy ? undefined : [{ name: 'rendezvous', containerPort: RENDEZVOUS_PORT }],
      podAffinity: gangAffinity(plan, JOB_SET_NAME_LABEL),
      env: policy ? [] : rendezvousVariables(plan, JOB_SET_MEETING, true),
      injectedEnv: ['JOB_COMPLETION_INDEX', ...(policy?.injectedEnv ?? [])],
    };
  },

  supports: (gang) => [
    ...variableProblems(programOf(gang).pod.main.env.length),
    ...(hasLauncher(gang) ? mpiProblems(gang) : []),
  ],

  longestDerivedName: lastPodName,

  workload: (gang) => ({
    apiVersion: API_VERSION,
    kind: 'TrainJob',
    metadata: gang.metadata,
    spec: trainJobSpec(gang),
  }),

  prerequisites: (gang) => [trainingRuntime(gang)],

  companions: (gang) => [gangNetworkPolicy(gang)],
};

/** The pods that run the command of the user: what a TrainJob says is of these. */
function programOf({ roles }: Gang): Role {
  return roles.find(({ role }) => role === GangRole.LAUNCHER) ?? roles[0];
}

function trainJobSpec(gang: Gang): TrainJobSpec {
  const { ownName, roles, run } = gang;
  const [{ replicas, processesPerReplica }] = roles;
  const { image, command, args, env, resources }: Container = podTemplate(programOf(gang).pod).spec!.containers[0];
  return {
    runtimeRef: { apiGroup: API_VERSION.split('/')[0], kind: RUNTIME, name: ownName },
    // Without it the operator sets no variable at all.
    trainer: {
      image,
      command,
      args,
      env,
      numNodes: replicas,
      numProcPerNode: processesPerReplica,
      // The operator would give them to the launcher, and none to the nodes.
      resourcesPerNode: hasLauncher(gang) ? undefined : resources,
    },
    activeDeadlineSeconds: run.activeDeadlineSeconds,
  };
}

/** The operator refuses a TrainJob whose runtime is not there, so the runtime comes first, and Argo CD may not remove it unasked. */
function trainingRuntime(gang: Gang): Manifest {
  const { ownName, metadata, roles, framework } = gang;
  const [{ replicas, pod }] = roles;
  const isDeclared = metadata.annotations?.[ARGO_SYNC_OPTIONS_ANNOTATION] !== undefined;
  return {
    apiVersion: API_VERSION,
    kind: RUNTIME,
    metadata: {
      name: ownName,
      labels: pod.labels,
      annotations: { ...metadata.annotations, ...(isDeclared ? { [ARGO_SYNC_WAVE_ANNOTATION]: '-1' } : {}) },
    },
    spec: {
      mlPolicy: hasLauncher(gang) ? mpiPolicy(gang) : { numNodes: replicas, ...POLICIES[framework.name]?.mlPolicy },
      template: { spec: restartingJobs(gang, { labels: { [TRAINER_ANCESTOR_LABEL]: 'trainer' } }) },
    },
  };
}

function variableProblems(count: number): Problem[] {
  if (count <= MOST_VARIABLES) return [];
  return [
    {
      rule: BACKEND_LACKS,
      property: 'env',
      value: String(count),
      message: `the container has ${count} variables, and a TrainJob takes ${MOST_VARIABLES}.`,
      fix: 'Put some of them into a file, or set backend to TrainingBackend.JOB_SET.',
    },
  ];
}
