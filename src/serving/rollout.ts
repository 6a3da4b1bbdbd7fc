import type { DeploymentStrategy } from '../../imports/k8s';
import { checkArgument, integer } from '../core/shape';

/**
 * How pods of a new version take the place of those of the old one.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
 */
export class Rollout {
  /**
   * New pods come up beside the old ones, which stay until those are ready. Needs room for them: on GPU nodes, a spare GPU
   * per pod, without which the rollout never ends.
   *
   * SRV016 with a claim that one node may mount.
   *
   * @param pods pods above the count of replicas; 1 when not given
   */
  public static maxSurge(pods: number = 1): Rollout {
    checkArgument('Rollout.maxSurge(pods)', pods, integer({ min: 1, max: 10000 }));
    return new Rollout(pods, 0, false);
  }

  /**
   * Old pods go first, so many at a time, and make room for the new ones. SRV015 (unsafe) when that is all of them.
   *
   * @param pods pods that may be missing; 1 when not given
   */
  public static maxUnavailable(pods: number = 1): Rollout {
    checkArgument('Rollout.maxUnavailable(pods)', pods, integer({ min: 1, max: 10000 }));
    return new Rollout(0, pods, false);
  }

  /** All old pods go before the first new one comes. SRV015 (unsafe) with several replicas. */
  public static recreate(): Rollout {
    return new Rollout(0, 0, true);
  }

  private constructor(
    /** Pods above the count of replicas while the rollout lasts. */
    public readonly surge: number,
    /** Pods that may be missing while the rollout lasts; 0 with `recreates`, where all are. */
    public readonly unavailable: number,
    /** Whether all old pods go first. */
    public readonly recreates: boolean,
  ) {}

  /** @internal `spec.strategy` */
  public _strategy(): DeploymentStrategy {
    if (this.recreates) return { type: 'Recreate' };
    return { type: 'RollingUpdate', rollingUpdate: { maxSurge: this.surge, maxUnavailable: this.unavailable } };
  }
}

/** What decides how a server that says nothing is rolled out. */
export interface RolloutFacts {
  readonly onGpu: boolean;
  readonly maxReplicas: number;
  /** Whether the model lies on a claim that only one node or pod may mount. */
  readonly oneNodeClaim: boolean;
}

/** GPUs are scarce: nothing surges onto them. CPU servers surge, unless the new pod could not have the claim. */
export function defaultRollout({ onGpu, maxReplicas, oneNodeClaim }: RolloutFacts): Rollout {
  if (!onGpu && !oneNodeClaim) return Rollout.maxSurge(1);
  return maxReplicas === 1 ? Rollout.recreate() : Rollout.maxUnavailable(1);
}
