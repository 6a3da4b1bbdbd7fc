import type { Problem } from '../../core/diagnostics';
import { NO_COMMAND } from '../diagnostics';
import type { Framework } from '../frameworks/framework';
import type { MpiSettings } from '../frameworks/mpi-options';
import { mpiSettings } from '../frameworks/mpi-options';
import type { GangPlan, GangPodOptions, Role } from './gang';
import { GangRole } from '../gang-role';
import { WAIT_FOR_NODES } from './wait-for-nodes';

// What operators that start MPI by a launcher have in common: nodes that run an SSH server, and a launcher that waits for them.

/** Whether a launcher starts the processes of a gang. */
export function hasLauncher({ roles }: { readonly roles: readonly { readonly role: GangRole }[] }): boolean {
  return roles.some(({ role }) => role === GangRole.LAUNCHER);
}

/** How processes are started; as usual for a framework that is refused. */
export function settingsOf({ framework }: { readonly framework: Framework }): MpiSettings {
  return framework._mpi ?? mpiSettings({});
}

/**
 * The SSH server of a node.
 *
 * In images of the operators that program has the capability to open low ports as a part of its file, and cannot start where the container
 * may not have it.
 */
export function sshServer(plan: GangPlan): Required<Pick<GangPodOptions, 'command' | 'capabilities'>> {
  return {
    command: ['/usr/sbin/sshd', '-De', '-f', `${settingsOf(plan).sshHome}/.sshd_config`],
    capabilities: ['NET_BIND_SERVICE'],
  };
}

/** Number of all processes, as launchers are told it. */
export const NUM_PROCESSES = 'NUM_PROCESSES';

/** The launcher, which runs the command when all nodes answer. */
export function waitingLauncher(plan: GangPlan): Required<Pick<GangPodOptions, 'env' | 'commandBefore'>> {
  const [{ replicas, processesPerReplica }] = plan.roles;
  return {
    env: [{ name: NUM_PROCESSES, value: String(replicas * processesPerReplica) }],
    commandBefore: WAIT_FOR_NODES,
  };
}

/** Without the user's command there is nothing to run after the wait. */
export function launcherProblems(roles: readonly Role[]): Problem[] {
  const launcher = roles.find(({ role }) => role === GangRole.LAUNCHER);
  if (!launcher || launcher.pod.main.command) return [];
  const message =
    'command is not set, and the launcher waits for the nodes before it runs one: it does not know that of the image.';
  const fix = "Set command, such as ['mpirun', 'python', 'train.py'].";
  return [{ rule: NO_COMMAND, property: 'command', message, fix }];
}
