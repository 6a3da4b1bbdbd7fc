import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import type { Shape } from '../../core/shape';
import { checkOptions, enumOf, optional, record, text } from '../../core/shape';
import type { RoleProps } from './role-props';
import { roleShape } from './role-props';

/** MPI in the image, which decides how the launcher is told the nodes. */
export enum MpiImplementation {
  /** Open MPI. */
  OPEN_MPI = 'OpenMPI',
  /** Intel MPI. */
  INTEL = 'Intel',
  /** MPICH, and what is built on it. */
  MPICH = 'MPICH',
}

/** How an MPI run is started. */
export interface MpiOptions {
  /**
   * MPI in the image. TRN016 for one that the backend cannot tell its nodes: a TrainJob knows Open MPI only.
   *
   * @default MpiImplementation.OPEN_MPI
   */
  readonly implementation?: MpiImplementation;
  /**
   * The pod that starts the processes, and whose end is that of the run.
   *
   * Without GPUs it stands the taints of the nodes of the gang, so that it starts where no others are, and would rather have one without GPUs.
   *
   * @default - 1 CPU and 2 GiB, without GPUs
   */
  readonly launcher?: RoleProps;
  /**
   * Home directory, in the image, of the user that the containers run as (1000, unless `security` says otherwise): its `.sshd_config` is that of the SSH server
   * on the nodes, and the keys of the run are mounted at its `.ssh`. TRN050 for a TrainJob whose `security` names no user.
   *
   * The image has this user, `/usr/sbin/sshd`, `ssh` and `sh`, as those built on `mpioperator/base` have. Root is not supported.
   *
   * @default /home/mpiuser
   * @see https://github.com/kubeflow/mpi-operator/blob/v0.8.0/build/base/Dockerfile
   */
  readonly sshHome?: string;
}

/** The options with their defaults. */
export type MpiSettings = Required<MpiOptions>;

const mpiShape: Shape<MpiOptions> = {
  implementation: optional(enumOf('MpiImplementation', MpiImplementation)),
  launcher: optional(record('RoleProps', roleShape)),
  sshHome: optional(text({ max: 200, grammar: homeProblem })),
};

const LAUNCHER: RoleProps = { cpu: Cpu.units(1), memory: Size.gibibytes(2) };

/** Checks options and fills in their defaults. */
export function mpiSettings(options: MpiOptions): MpiSettings {
  const { implementation, launcher, sshHome } = checkOptions('MpiOptions', options, mpiShape);
  return {
    implementation: implementation ?? MpiImplementation.OPEN_MPI,
    launcher: launcher ?? LAUNCHER,
    sshHome: sshHome ?? '/home/mpiuser',
  };
}

function homeProblem(path: string): string | undefined {
  if (!/^(\/[A-Za-z0-9._-]+)+$/.test(path))
    return 'must be an absolute path of letters, digits, dots, underscores and dashes';
  return path === '/root'
    ? 'must not be that of root, whose SSH server needs capabilities that the pods lack'
    : undefined;
}
