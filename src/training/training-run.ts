import { checkOptions } from '../core/shape';
import type { DistributedRunProps } from './gang-props';
import { distributedRunShape } from './gang-props';
import type { SingleRunProps } from './gpu-training-job';
import { singleRunShape } from './gpu-training-job';

/** A training run to be started by something else, such as a schedule: what it does, without an identity. */
export class TrainingRun {
  /** A run on one node. */
  public static single(props: SingleRunProps): TrainingRun {
    return new TrainingRun(checkOptions('SingleRunProps', props, singleRunShape));
  }

  /** A run on several nodes: an Indexed Job unless `backend` is named or the framework needs another. */
  public static distributed(props: DistributedRunProps): TrainingRun {
    return new TrainingRun(undefined, checkOptions('DistributedRunProps', props, distributedRunShape));
  }

  private constructor(
    /** @internal */
    public readonly _single?: SingleRunProps,
    /** @internal */
    public readonly _distributed?: DistributedRunProps,
  ) {}
}
