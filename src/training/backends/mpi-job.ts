import type { MpiJobSpec } from '../../../imports/kubeflow.org';
import { TrainingBackend } from '../../cluster/settings';
import { TRAINING_JOB_NAME_LABEL, TRAINING_JOB_ROLE_LABEL } from '../../kinds/labels';
import type { Literal } from '../../render/literal';
import { podTemplate } from '../../render/pod-template';
import { MpiImplementation } from '../frameworks/mpi-options';
import type { BackendStrategy, Gang, GangPlan, GangPodOptions } from './gang';
import { GangRole } from '../gang-role';
import { gangNetworkPolicy } from './companions';
import { launcherProblems, NUM_PROCESSES, settingsOf, sshServer, waitingLauncher } from './mpi-pods';
import { gangAffinity } from './rendezvous';

/** What the operator sets on the launcher, by the implementation of MPI. */
const INJECTED: { readonly [implementation in MpiImplementation]: readonly string[] } = {
  [MpiImplementation.OPEN_MPI]: [
    'OMPI_MCA_orte_keep_fqdn_hostnames',
    'OMPI_MCA_orte_default_hostfile',
    'OMPI_MCA_plm_rsh_args',
    'OMPI_MCA_orte_set_default_slots',
  ],
  [MpiImplementation.INTEL]: ['I_MPI_HYDRA_HOST_FILE', 'I_MPI_HYDRA_BOOTSTRAP_EXEC_EXTRA_ARGS', 'I_MPI_PERHOST'],
  [MpiImplementation.MPICH]: ['HYDRA_HOST_FILE', 'HYDRA_LAUNCH_EXTRA_ARGS'],
};

/**
 * MPIJob v2beta1 of the Kubeflow MPI Operator: nodes that run an SSH server, and a launcher that starts the processes on them.
 *
 * The launcher is made with the nodes, so that the deadline of the run begins with it, and waits until all of them answer. When
 * a process fails, the launcher fails with all of them; each retry is a new launcher, on the same nodes.
 *
 * @see https://github.com/kubeflow/mpi-operator
 */
export const mpiJob: BackendStrategy = {
  kind: TrainingBackend.MPI_JOB,

  podOptions: (plan, role) =>
    role === GangRole.LAUNCHER ? { ...shared(plan), ...waitingLauncher(plan) } : nodeOptions(plan),

  supports: ({ roles }) => launcherProblems(roles),

  longestDerivedName: (objectName, { roles: [{ replicas }] }) => {
    const node = `${objectName}-worker-${replicas - 1}`;
    const launcher = `${objectName}-launcher`;
    return node.length > launcher.length ? node : launcher;
  },

  workload: (gang) => ({
    apiVersion: 'kubeflow.org/v2beta1',
    kind: 'MPIJob',
    metadata: gang.metadata,
    spec: mpiJobSpec(gang),
  }),

  companions: (gang) => [gangNetworkPolicy(gang)],
};

function nodeOptions(plan: GangPlan): GangPodOptions {
  return {
    ...shared(plan),
    podAffinity: gangAffinity(plan, TRAINING_JOB_NAME_LABEL, {
      role: GangRole.NODE,
      nodeLabels: { [TRAINING_JOB_ROLE_LABEL]: 'worker' },
    }),
    ...sshServer(plan),
  };
}

function shared(plan: GangPlan) {
  return {
    runLabel: TRAINING_JOB_NAME_LABEL,
    injectedEnv: [
      'K_MPI_JOB_ROLE',
      NUM_PROCESSES,
      'NVIDIA_VISIBLE_DEVICES',
      'NVIDIA_DRIVER_CAPABILITIES',
      ...INJECTED[settingsOf(plan).implementation],
    ],
  };
}

function mpiJobSpec(gang: Gang): Literal<MpiJobSpec> {
  const { roles, run } = gang;
  // A framework without a launcher is refused, and rendered nevertheless.
  const [node, launcher = node] = roles;
  const { implementation, sshHome } = settingsOf(gang);
  return {
    launcherCreationPolicy: 'AtStartup',
    mpiImplementation: implementation,
    slotsPerWorker: node.processesPerReplica,
    sshAuthMountPath: `${sshHome}/.ssh`,
    runPolicy: {
      activeDeadlineSeconds: run.activeDeadlineSeconds,
      backoffLimit: run.retries,
      cleanPodPolicy: 'Running',
      ttlSecondsAfterFinished: run.ttlSeconds,
    },
    mpiReplicaSpecs: {
      Launcher: { replicas: 1, restartPolicy: 'Never', template: podTemplate(launcher.pod) },
      // A node that failed would stay failed: its server starts again instead, for the next launcher.
      Worker: { replicas: node.replicas, restartPolicy: 'OnFailure', template: podTemplate(node.pod) },
    },
  };
}
