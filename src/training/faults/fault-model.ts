import type { Duration } from 'cdk8s';
import { duration } from '../../core/amounts';
import type { Shape } from '../../core/shape';
import { checkOptions, optional } from '../../core/shape';

/** How nodes go away under a run. */
export interface FaultOptions {
  /**
   * Time that a pod gets to stop, from SIGTERM to the end of its node.
   *
   * @default - on spot nodes as is known of the provider of the profile (110 s on AWS, 15 s on GKE, 30 s on Azure), and unknown
   * elsewhere; in maintenance 10 minutes, or less where the pool leaves less
   */
  readonly notice?: Duration;
  /**
   * Mean time between two interruptions of the whole run. TRN047 (unsafe) when `saveInterval` of the checkpoints is more than a quarter of it.
   *
   * @default - unknown; the interval of checkpoints is not looked at
   */
  readonly meanTimeBetweenInterruptions?: Duration;
}

const YEARS = 10 * 365 * 86400;

const faultShape: Shape<FaultOptions> = {
  notice: optional(duration({ min: 1, max: 7 * 86400 })),
  meanTimeBetweenInterruptions: optional(duration({ min: 60, max: YEARS })),
};

/**
 * How the nodes of a run go away.
 *
 * Whichever it is, pods carry the annotations that keep Karpenter and the cluster autoscaler from moving them for its own ends
 * (`karpenter.sh/do-not-disrupt`, `cluster-autoscaler.kubernetes.io/safe-to-evict`), which does not stop a provider that takes a node back.
 */
export class FaultModel {
  /**
   * The provider takes nodes back at short notice. Where the pool says so already it is not needed; with a queue it is.
   *
   * TRN005 (unsafe) without durable checkpoints, TRN045 (unsafe) when saving takes longer than the notice, TRN046 (unsafe) with a backend or a
   * number of retries that ends the run for it.
   */
  public static spot(options: FaultOptions = {}): FaultModel {
    return new FaultModel('spot', checkOptions('FaultOptions', options, faultShape));
  }

  /** Nodes are kept, and now and then drained for maintenance, which waits for pods to stop. TRN048 on a pool of spot nodes. */
  public static maintenance(options: FaultOptions = {}): FaultModel {
    return new FaultModel('maintenance', checkOptions('FaultOptions', options, faultShape));
  }

  private constructor(
    /** `spot` or `maintenance`. */
    public readonly name: string,
    /** @internal */
    public readonly _options: FaultOptions,
  ) {}
}
