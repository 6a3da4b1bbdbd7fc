import type { TrainingRuntimeSpecMlPolicy } from '../../../imports/trainer.kubeflow.org';
import type { Problem } from '../../core/diagnostics';
import { JOB_SET_NAME_LABEL, REPLICATED_JOB_NAME_LABEL } from '../../kinds/labels';
import type { Literal } from '../../render/literal';
import { KEY_UNREADABLE } from '../diagnostics';
import type { Gang, GangPlan, GangPodOptions } from './gang';
import { GangRole } from '../gang-role';
import { launcherProblems, NUM_PROCESSES, settingsOf, sshServer, waitingLauncher } from './mpi-pods';
import { gangAffinity } from './rendezvous';
import { NODES } from './restarting-jobs';

/** What keeps the container runtime from giving a container GPUs that it has not asked for, whatever its image says. */
const NO_GPUS = { name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' };

/** What the operator sets on the launcher, and refuses from users. */
const INJECTED = [
  'OMPI_MCA_orte_default_hostfile',
  'OMPI_MCA_orte_keep_fqdn_hostnames',
  'OMPI_MCA_orte_set_default_slots',
  'OMPI_MCA_plm_rsh_args',
];

/** The pods of a run that MPI starts, as a TrainJob. The operator mounts keys and host file into containers of the one name only. */
export function mpiPodOptions(plan: GangPlan, role: GangRole): GangPodOptions {
  const shared = {
    containerName: NODES,
    restartPolicy: 'Never' as const,
    runLabel: JOB_SET_NAME_LABEL,
    fsGroup: true, // the operator lets nobody but root and the group read the key
    injectedEnv: ['JOB_COMPLETION_INDEX', NUM_PROCESSES, NO_GPUS.name, ...INJECTED],
  };
  return role === GangRole.LAUNCHER ? { ...shared, ...launcher(plan) } : { ...shared, ...node(plan) };
}

function launcher(plan: GangPlan): Pick<GangPodOptions, 'env' | 'commandBefore'> {
  const waiting = waitingLauncher(plan);
  const { gpu } = settingsOf(plan).launcher;
  return { ...waiting, env: [...waiting.env, ...(gpu ? [] : [NO_GPUS])] };
}

function node(plan: GangPlan): Pick<GangPodOptions, 'command' | 'capabilities' | 'podAffinity'> {
  const { command, capabilities } = sshServer(plan);
  return {
    capabilities,
    command: [...UNTIL_TERMINATED, ...command],
    podAffinity: gangAffinity(plan, JOB_SET_NAME_LABEL, {
      role: GangRole.NODE,
      nodeLabels: { [REPLICATED_JOB_NAME_LABEL]: NODES },
    }),
  };
}

/**
 * Runs the command that follows it, and ends as a program does that is terminated.
 *
 * An SSH server ends with 0 then, and a node that is drained would have succeeded.
 */
export const UNTIL_TERMINATED: readonly string[] = [
  'sh',
  '-c',
  ["trap 'exit 143' TERM", '"$@" &', 'wait "$!"', ''].join('\n'),
  'serve',
];

/** How the operator tells the launcher its nodes. The number beside it is that of launchers; a TrainJob says how many nodes there are. */
export function mpiPolicy(gang: Gang): Literal<TrainingRuntimeSpecMlPolicy> {
  return {
    numNodes: 1,
    mpi: {
      numProcPerNode: gang.roles[0].processesPerReplica,
      mpiImplementation: 'OpenMPI',
      sshAuthMountPath: `${settingsOf(gang).sshHome}/.ssh`,
      runLauncherAsNode: false,
    },
  };
}

/** What keeps a launcher from starting anything. */
export function mpiProblems({ roles }: Gang): Problem[] {
  const { security } = roles[0].pod;
  if (security.uid !== undefined) return launcherProblems(roles);
  const message = `security is of level ${security.level}, and a TrainJob gives its SSH key to the group of the containers, which nothing names.`;
  const fix = 'Set security to SecurityProfile.restricted(...) with the user of the image that sshHome belongs to.';
  return [
    { rule: KEY_UNREADABLE, property: 'security', value: security.level, message, fix },
    ...launcherProblems(roles),
  ];
}
