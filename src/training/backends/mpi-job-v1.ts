import type { PodTemplateSpec } from '../../../imports/k8s';
import { TrainingBackend } from '../../cluster/settings';
import type { Problem } from '../../core/diagnostics';
import { TRAINING_JOB_NAME_LABEL, TRAINING_REPLICA_TYPE_LABEL } from '../../kinds/labels';
import type { PodDescription } from '../../render/pod-description';
import { BACKEND_LACKS, LAUNCHER_NOT_RESTRICTED } from '../diagnostics';
import { MpiImplementation, mpiSettings } from '../frameworks/mpi-options';
import { gangNetworkPolicy } from './companions';
import type { BackendStrategy, Gang, GangPlan, GangPodOptions } from './gang';
import { GangRole } from '../gang-role';
import { launcherProblems, settingsOf, waitingLauncher } from './mpi-pods';
import { gangAffinity } from './rendezvous';
import { boundedTemplate, operatorRunPolicy } from './training-operator';
import { WAIT_FOR_EXEC } from './wait-for-nodes';

/** What the operator sets on the launcher. */
const INJECTED = [
  'OMPI_MCA_plm_rsh_agent',
  'OMPI_MCA_orte_default_hostfile',
  'NVIDIA_VISIBLE_DEVICES',
  'NVIDIA_DRIVER_CAPABILITIES',
  'I_MPI_HYDRA_BOOTSTRAP',
  'I_MPI_HYDRA_BOOTSTRAP_EXEC',
];

/** Nodes do nothing until processes are started in them; as the first process of a container `sleep` would not hear SIGTERM. */
const WAIT_TO_BE_USED = ['sh', '-c', 'sleep infinity & trap "kill $!; exit 143" TERM; wait'];

/** The spec; imports/ has the other version of the kind, which is of another operator. */
interface MpiJobV1Spec {
  readonly slotsPerWorker: number;
  readonly runPolicy: ReturnType<typeof operatorRunPolicy>;
  readonly mpiReplicaSpecs: { readonly [type in 'Launcher' | 'Worker']: ReplicaSpec };
}

interface ReplicaSpec {
  readonly replicas: number;
  readonly restartPolicy: 'Never' | 'OnFailure';
  readonly template: PodTemplateSpec;
}

/**
 * MPIJob v1 of the Kubeflow Training Operator v1: nodes that wait, and a launcher that starts the processes in them by `kubectl exec`.
 *
 * The operator gives the launcher a container that brings `kubectl`, and has no security context of its own. When a process fails, the
 * launcher starts again where it is, on the same nodes.
 *
 * @see https://github.com/kubeflow/training-operator/blob/v1.9.4/pkg/controller.v1/mpi/mpijob_controller.go
 */
export const mpiJobV1: BackendStrategy = {
  kind: TrainingBackend.MPI_JOB_V1,

  podOptions: (plan, role) => (role === GangRole.LAUNCHER ? launcherOptions(plan) : nodeOptions(plan)),

  supports: (gang) => [...launcherProblems(gang.roles), ...mpiProblems(gang), notRestricted()],

  longestDerivedName: (objectName, { roles: [{ replicas }] }) => {
    const node = `${objectName}-worker-${replicas - 1}`;
    const launcher = `${objectName}-launcher`;
    return node.length > launcher.length ? node : launcher;
  },

  workload: (gang) => ({ apiVersion: 'kubeflow.org/v1', kind: 'MPIJob', metadata: gang.metadata, spec: spec(gang) }),

  companions: (gang) => [gangNetworkPolicy(gang)],
};

function nodeOptions(plan: GangPlan): GangPodOptions {
  return {
    runLabel: TRAINING_JOB_NAME_LABEL,
    podAffinity: gangAffinity(plan, TRAINING_JOB_NAME_LABEL, {
      role: GangRole.NODE,
      nodeLabels: { [TRAINING_REPLICA_TYPE_LABEL]: 'worker' },
    }),
    injectedEnv: ['NUM_PROCESSES', ...INJECTED],
    command: WAIT_TO_BE_USED,
  };
}

function launcherOptions(plan: GangPlan): GangPodOptions {
  return {
    ...waitingLauncher(plan),
    runLabel: TRAINING_JOB_NAME_LABEL,
    injectedEnv: INJECTED,
    commandBefore: WAIT_FOR_EXEC,
  };
}

function spec({ roles, run }: Gang): MpiJobV1Spec {
  // A framework without a launcher is refused, and rendered nevertheless.
  const [node, launcher = node] = roles;
  // Without a token it cannot reach its nodes.
  const pod: PodDescription = { ...launcher.pod, automountServiceAccountToken: true };
  return {
    slotsPerWorker: node.processesPerReplica,
    // Restarts are those of the launcher alone, unless a node fails.
    runPolicy: operatorRunPolicy(run, 1),
    mpiReplicaSpecs: {
      Launcher: {
        replicas: 1,
        restartPolicy: run.retries > 0 ? 'OnFailure' : 'Never',
        template: boundedTemplate(pod, run),
      },
      Worker: { replicas: node.replicas, restartPolicy: 'OnFailure', template: boundedTemplate(node.pod, run) },
    },
  };
}

/** Pod Security looks at pods: the object and its nodes are taken, and the nodes wait with their GPUs. */
function notRestricted(): Problem {
  return {
    rule: LAUNCHER_NOT_RESTRICTED,
    property: 'backend',
    value: TrainingBackend.MPI_JOB_V1,
    message: `the backend is ${TrainingBackend.MPI_JOB_V1}, whose launcher a namespace at the Pod Security level restricted refuses: its operator adds the container kubectl-delivery without a security context.`,
    fix: `Install the MPI operator and set backend to TrainingBackend.MPI_JOB ('${TrainingBackend.MPI_JOB}'); with DeepSpeed, leave backend out. Or acknowledge it where the namespace enforces baseline.`,
  };
}

/** What this version cannot do of what the framework is told. */
function mpiProblems(gang: Gang): Problem[] {
  const { implementation, sshHome } = settingsOf(gang);
  const launcher = gang.roles.find(({ role }) => role === GangRole.LAUNCHER);
  const lacks = (name: string, message: string): Problem[] => [
    {
      rule: BACKEND_LACKS,
      property: `framework.${name}`,
      message,
      fix: `Leave ${name} out, or set backend to TrainingBackend.MPI_JOB ('${TrainingBackend.MPI_JOB}').`,
    },
  ];
  return [
    ...(implementation === MpiImplementation.OPEN_MPI
      ? []
      : lacks(
          'implementation',
          `implementation is ${implementation}, and an MPIJob v1 tells Open MPI alone its nodes.`,
        )),
    ...(sshHome === mpiSettings({}).sshHome
      ? []
      : lacks('sshHome', `sshHome is ${sshHome}, and the nodes of an MPIJob v1 have no SSH server.`)),
    ...(launcher?.pod.main.devices === undefined
      ? []
      : lacks('launcher.gpu', 'the launcher has GPUs, and an MPIJob v1 then takes it for one more node.')),
  ];
}
