import type { Duration } from 'cdk8s';
import { duration, secondsOf } from '../../core/amounts';
import type { Shape } from '../../core/shape';
import { checkOptions, number, optional } from '../../core/shape';

/** How the nodes of a gang meet before the program starts. */
export interface RendezvousOptions {
  /**
   * Time in which all nodes must have met; at least 10 seconds.
   *
   * @default - 30 minutes
   */
  readonly timeout?: Duration;
}

/** How fast the GPUs of a run must be together before the program starts. */
export interface BandwidthOptions extends RendezvousOptions {
  /**
   * Bus bandwidth that an all-reduce over all GPUs of the run must reach, in GB/s (10^9 bytes), as nccl-tests counts it: 2 (n - 1) / n of the
   * bytes, for n GPUs, by the time of the slowest. Above 0, at most 10000.
   *
   * Take some of what `all_reduce_perf` shows for 512 MB on nodes that are known to be good.
   *
   * @see https://github.com/NVIDIA/nccl-tests/blob/master/doc/PERFORMANCE.md
   */
  readonly minBusBandwidth: number;
}

const rendezvousShape: Shape<RendezvousOptions> = { timeout: optional(duration({ min: 10, max: 7 * 86400 })) };
const bandwidthShape: Shape<BandwidthOptions> = {
  ...rendezvousShape,
  minBusBandwidth: number({ min: 0.001, max: 10000 }),
};

const MEETING_SECONDS = 1800; // what Kueue gives a gang to become ready

/**
 * What is looked at in each pod before the program of the user starts.
 *
 * A script of ours runs first in the container that trains, with the `python3` (3.8 or newer) of its image, and then becomes the program:
 * `command` must be set (TRN025). TRN049 where there is nothing that it could look at.
 */
export class Preflight {
  /** Exit code of a pod that lacks GPUs: for `failOnExitCodes`, so that a broken node does not take every retry. */
  public static readonly NO_DEVICES_EXIT_CODE = 69;
  /** Exit code of all pods of a run whose bandwidth is too low, or could not be measured. */
  public static readonly TOO_SLOW_EXIT_CODE = 74;
  /** Exit code of a pod that has not met the others in time. */
  public static readonly NOT_MET_EXIT_CODE = 75;
  /**
   * All of them.
   *
   * @internal
   */
  public static readonly _EXIT_CODES: readonly number[] = [
    Preflight.NO_DEVICES_EXIT_CODE,
    Preflight.TOO_SLOW_EXIT_CODE,
    Preflight.NOT_MET_EXIT_CODE,
  ];

  /** The GPUs of the pod are there and answer: as many as it asked for are listed by `nvidia-smi`, or else by `/dev`. */
  public static devices(): Preflight {
    return new Preflight('devices');
  }

  /**
   * The GPUs of the pod, as `devices`, and then all nodes meet at the first one, over TCP on port 29499: names, network policies and
   * routes are right, and nobody waits in the program for one that never came.
   */
  public static rendezvous(options: RendezvousOptions = {}): Preflight {
    const { timeout } = checkOptions('RendezvousOptions', options, rendezvousShape);
    return new Preflight('rendezvous', timeout ? secondsOf(timeout) : MEETING_SECONDS);
  }

  /**
   * As `rendezvous` (for a run of one pod as `devices`), and then an all-reduce of 512 MiB over all GPUs of the run, which must be as fast as
   * said: with NCCL, by the PyTorch of the image and on port 29498 of the first node, within 5 minutes. The program starts when the
   * processes that measured have ended.
   *
   * For Framework.pytorch and Framework.deepspeed, and runs of one pod; TRN049 for others, and for a single GPU.
   */
  public static bandwidth(options: BandwidthOptions): Preflight {
    const { timeout, minBusBandwidth } = checkOptions('BandwidthOptions', options, bandwidthShape);
    return new Preflight('bandwidth', timeout ? secondsOf(timeout) : MEETING_SECONDS, minBusBandwidth);
  }

  private constructor(
    /** `devices`, `rendezvous` or `bandwidth`. */
    public readonly name: string,
    /**
     * Time in which all nodes must have met.
     *
     * @internal
     */
    public readonly _timeoutSeconds?: number,
    /**
     * GB/s that must be reached.
     *
     * @internal
     */
    public readonly _minBusBandwidth?: number,
  ) {}
}
