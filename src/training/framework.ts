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

  /** Any program that reads `NUM_NODES`, `NODE_RANK`, `MASTER_ADDR` and `MASTER_PORT`. */
  public static plain(): Framework {
    return new Framework('plain');
  }

  private constructor(
    /** `pytorch` or `plain`. */
    public readonly name: string,
  ) {}
}
