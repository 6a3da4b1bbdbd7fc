import type { Duration } from 'cdk8s';
import { duration, secondsOf } from '../../core/amounts';
import type { Shape } from '../../core/shape';
import { checkOptions, optional } from '../../core/shape';

/** How the nodes of a gang meet before the program starts. */
export interface RendezvousOptions {
  /**
   * Time in which all nodes must have met; at least 10 seconds.
   *
   * @default - 30 minutes
   */
  readonly timeout?: Duration;
}

const rendezvousShape: Shape<RendezvousOptions> = { timeout: optional(duration({ min: 10, max: 7 * 86400 })) };

const MEETING_SECONDS = 1800; // what Kueue gives a gang to become ready

/**
 * What is looked at in each pod before the program of the user starts.
 *
 * A script of ours runs first in the container that trains, with the `python3` (3.8 or newer) of its image, and then becomes the program:
 * `command` must be set (TRN025). TRN049 where there is nothing that it could look at. It does not measure bandwidth.
 */
export class Preflight {
  /** Exit code of a pod that lacks GPUs: for `failOnExitCodes`, so that a broken node does not take every retry. */
  public static readonly NO_DEVICES_EXIT_CODE = 69;
  /** Exit code of a pod that has not met the others in time. */
  public static readonly NOT_MET_EXIT_CODE = 75;

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

  private constructor(
    /** `devices` or `rendezvous`. */
    public readonly name: string,
    /**
     * Time in which all nodes must have met.
     *
     * @internal
     */
    public readonly _timeoutSeconds?: number,
  ) {}
}
