import type { Duration } from 'cdk8s';
import { duration, secondsOf } from '../../core/amounts';
import { checkArgument } from '../../core/shape';
import { goDuration } from '../../kinds/go-duration';

const LONGEST_SECONDS = 3650 * 24 * 3600;

/** When something happens to a node: after some time, or never. */
export class NodeTimer {
  /** After that time, in whole seconds; zero is at once. */
  public static after(time: Duration): NodeTimer {
    checkArgument('time', time, duration({ min: 0, max: LONGEST_SECONDS }));
    return new NodeTimer(goDuration(secondsOf(time)));
  }

  /** Never. */
  public static never(): NodeTimer {
    return new NodeTimer('Never');
  }

  private constructor(
    /** As Karpenter reads it: `720h`, `10m`, `Never`. */
    public readonly expression: string,
  ) {}
}
