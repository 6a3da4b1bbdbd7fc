import type { Shape } from '../../core/shape';
import { enumOf, optional, record } from '../../core/shape';
import type { ReplicatedRoleProps, RoleProps } from './role-props';
import { replicatedRoleShape, roleShape } from './role-props';

/** When a TensorFlow run has succeeded. */
export enum TensorflowSuccess {
  /** When the chief has, or without a chief the first worker. */
  CHIEF = 'chief',
  /** When every worker has. */
  ALL_WORKERS = 'all-workers',
}

/** Pods of a TensorFlow run beside its workers, which are the nodes of the gang. */
export interface TensorflowOptions {
  /**
   * The pod that coordinates, and decides when the run has succeeded.
   *
   * The `ParameterServerStrategy` of TensorFlow 2 needs one.
   *
   * @default - the first worker
   */
  readonly chief?: RoleProps;
  /**
   * Pods that hold the variables of the model, mostly without GPUs. They never end by themselves: with the run they are removed.
   *
   * @default - every worker has all variables
   */
  readonly parameterServers?: ReplicatedRoleProps;
  /**
   * A pod that evaluates checkpoints beside the training. It is stopped when the run has succeeded.
   *
   * @default - nothing evaluates
   */
  readonly evaluator?: RoleProps;
  /**
   * When the run has succeeded; pods that are still at work then are stopped.
   *
   * TRN024 for ALL_WORKERS with a chief, which alone decides.
   *
   * @default - TensorflowSuccess.CHIEF with a chief, else TensorflowSuccess.ALL_WORKERS, so that no worker is stopped while it saves
   */
  readonly success?: TensorflowSuccess;
}

/** Checks of the options above. */
export const tensorflowShape: Shape<TensorflowOptions> = {
  chief: optional(record('RoleProps', roleShape)),
  parameterServers: optional(record('ReplicatedRoleProps', replicatedRoleShape)),
  evaluator: optional(record('RoleProps', roleShape)),
  success: optional(enumOf('TensorflowSuccess', TensorflowSuccess)),
};
