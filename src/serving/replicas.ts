import { refuse } from '../core/diagnostics';
import { checkArgument, integer } from '../core/shape';
import { MIN_ABOVE_MAX, SCALE_TO_ZERO } from './diagnostics';

const MOST = 10000;

/** How many pods serve the model. */
export class Replicas {
  /**
   * Always as many. `spec.replicas` of the Deployment, and no autoscaler.
   *
   * SRV009 for 0: a server that should rest is taken out of Git.
   */
  public static exactly(count: number): Replicas {
    checkCount('Replicas.exactly', 'count', count);
    return new Replicas(count, count, false);
  }

  /**
   * As many as the load asks for. `spec.minReplicas` and `spec.maxReplicas` of the HorizontalPodAutoscaler; the Deployment
   * then says no count, so that an apply does not reset it.
   *
   * SRV008 when `min` is above `max`; SRV009 for 0, which KEDA and KServe can do.
   */
  public static between(min: number, max: number): Replicas {
    checkCount('Replicas.between', 'min', min);
    checkCount('Replicas.between', 'max', max);
    if (min > max) {
      refuse(
        MIN_ABOVE_MAX,
        `Replicas.between(${min}, ${max}) has a minimum above its maximum.`,
        `Write Replicas.between(${max}, ${min}).`,
        'min',
        min,
      );
    }
    return new Replicas(min, max, true);
  }

  private constructor(
    /** Pods that are always there. */
    public readonly min: number,
    /** Pods that there can be at most. */
    public readonly max: number,
    /** Whether an autoscaler decides between the two. */
    public readonly scales: boolean,
  ) {}
}

function checkCount(factory: string, name: string, count: unknown): void {
  if (count === 0) {
    refuse(
      SCALE_TO_ZERO,
      `${factory} got 0 for ${name}.`,
      'Keep one replica at least. For a server that sleeps, take KEDA (a ScaledObject on a metric of the gateway) or KServe.',
      name,
      count,
    );
  }
  checkArgument(`${factory}(${name})`, count, integer({ min: 1, max: MOST }));
}
