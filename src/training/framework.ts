import type { GangRole } from './backends/gang';
import type { RoleProps } from './role-props';

/** Names of the frameworks, as messages and the table of backends have them. */
export type FrameworkName = 'pytorch' | 'plain';

/** Pods that a framework has beside the nodes. */
export interface FrameworkRole {
  readonly role: GangRole;
  readonly replicas: number;
  readonly props: RoleProps;
}

/**
 * What the processes of a gang find each other with.
 *
 * Decides the variables that every process gets and which backends can run it.
 */
export class Framework {
  /**
   * PyTorch, started by `torchrun` (DDP, FSDP): nodes, rank and address of the first node come as `PET_*`.
   *
   * @see https://docs.pytorch.org/docs/stable/elastic/run.html
   */
  public static pytorch(): Framework {
    return new Framework('pytorch');
  }

  /** Any program that reads `NUM_NODES`, `NUM_PROC_PER_NODE`, `NODE_RANK`, `MASTER_ADDR` and `MASTER_PORT`. */
  public static plain(): Framework {
    return new Framework('plain');
  }

  private constructor(
    /** Name of the framework, such as `pytorch`. */
    public readonly name: FrameworkName,
    /**
     * Pods beside the nodes.
     *
     * @internal
     */
    public readonly _roles: readonly FrameworkRole[] = [],
  ) {}
}
