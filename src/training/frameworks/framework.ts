import type { Duration } from 'cdk8s';
import { duration, secondsOf } from '../../core/amounts';
import type { Shape } from '../../core/shape';
import { checkOptions, optional } from '../../core/shape';
import { GangRole } from '../gang-role';
import type { MpiOptions, MpiSettings } from './mpi-options';
import { mpiSettings } from './mpi-options';
import type { RayOptions } from './ray-options';
import { rayHead } from './ray-options';
import type { RoleProps } from './role-props';
import type { TensorflowOptions } from './tensorflow-options';
import { TensorflowSuccess, tensorflowShape } from './tensorflow-options';

/** Names of the frameworks, as messages and the table of backends have them. */
export type FrameworkName =
  'pytorch' | 'plain' | 'tensorflow' | 'jax' | 'xgboost' | 'mpi' | 'horovod' | 'deepspeed' | 'ray';

/** Pods that a framework has beside the nodes. */
export interface FrameworkRole {
  readonly role: GangRole;
  readonly replicas: number;
  readonly props: RoleProps;
  /** Whether it is left out where the backend has no such pod. */
  readonly isOptional?: boolean;
}

/** How XGBoost is started. */
export interface XgboostOptions {
  /**
   * Time in which every process must have met the others, the loading of its data included; at least 10 seconds. TRN038 (unsafe) with a
   * queue when it is less than Kueue gives the last pod to start.
   *
   * @default - 30 minutes; with a queue at least `kueueWaitForPodsReady` of the profile
   */
  readonly startTimeout?: Duration;
}

const xgboostShape: Shape<XgboostOptions> = { startTimeout: optional(duration({ min: 10, max: 7 * 86400 })) };

/**
 * What the processes of a gang find each other with.
 *
 * Decides the variables that every process gets and which backends can run it.
 */
export class Framework {
  /**
   * PyTorch, started by `torchrun` (DDP, FSDP): nodes, rank and address of the first node come as `PET_*`.
   *
   * @param options for TrainingBackend.RAY_JOB, where a script of ours starts `command` on every node
   * @see https://docs.pytorch.org/docs/stable/elastic/run.html
   */
  public static pytorch(options: RayOptions = {}): Framework {
    return new Framework('pytorch', [headOf(options)]);
  }

  /**
   * Ray, such as Ray Train: `command` runs once, on the head of a Ray cluster, and gives the nodes their work.
   *
   * It reads `NUM_NODES`, `NUM_PROC_PER_NODE` and `NUM_PROCESSES`, as in `ScalingConfig(num_workers=int(os.environ['NUM_PROCESSES']),
   * use_gpu=True)`, and saves under `CHECKPOINT_DIR`. The image has Ray with its dashboard, `bash` and `wget`, as `rayproject/ray` has.
   *
   * @see https://docs.ray.io/en/latest/train/train.html
   */
  public static ray(options: RayOptions = {}): Framework {
    return new Framework('ray', [headOf(options)]);
  }

  /**
   * TensorFlow, which reads `TF_CONFIG`: one process for all GPUs of a pod (`MultiWorkerMirroredStrategy`,
   * `ParameterServerStrategy`).
   *
   * The nodes of the gang are its workers; what `options` names comes beside them. A gang of one pod gets no `TF_CONFIG` from the
   * operator.
   *
   * @see https://www.tensorflow.org/guide/distributed_training
   */
  public static tensorflow(options: TensorflowOptions = {}): Framework {
    const { chief, parameterServers, evaluator, success } = checkOptions('TensorflowOptions', options, tensorflowShape);
    const roles = [
      ...(chief ? [{ role: GangRole.CHIEF, replicas: 1, props: chief }] : []),
      ...(parameterServers
        ? [{ role: GangRole.PARAMETER_SERVER, replicas: parameterServers.replicas, props: parameterServers }]
        : []),
      ...(evaluator ? [{ role: GangRole.EVALUATOR, replicas: 1, props: evaluator }] : []),
    ];
    const usual = chief ? TensorflowSuccess.CHIEF : TensorflowSuccess.ALL_WORKERS;
    return new Framework('tensorflow', roles, success ?? usual);
  }

  /**
   * JAX, one process per pod, which sees all its GPUs: `JAX_COORDINATOR_ADDRESS` (host:port), `JAX_NUM_PROCESSES`, `JAX_PROCESS_ID`.
   *
   * JAX 0.10 reads the address by itself. To `jax.distributed.initialize` give `num_processes=int(os.environ['JAX_NUM_PROCESSES'])`,
   * `process_id=int(os.environ['JAX_PROCESS_ID'])` and `cluster_detection_method='deactivate'`, without which it may ask the API of
   * Kubernetes; where pods start more than 5 minutes apart, as on nodes that are made for them, also `initialization_timeout`.
   *
   * @see https://docs.jax.dev/en/latest/multi_process.html
   */
  public static jax(): Framework {
    return new Framework('jax');
  }

  /**
   * XGBoost 2.1 or newer. A script of ours starts `command` once for every process of a node, and on the first node the tracker, with
   * the `python3` of the image; TRN025 without `command`.
   *
   * The program opens `xgboost.collective.CommunicatorContext(dmlc_tracker_uri=..., dmlc_tracker_port=int(...), dmlc_task_id=...)` with
   * the values of `DMLC_TRACKER_URI`, `DMLC_TRACKER_PORT` and `DMLC_TASK_ID`. With several processes on a node each sees one GPU.
   *
   * @see https://xgboost.readthedocs.io/en/stable/python/python_api.html#module-xgboost.collective
   */
  public static xgboost(options: XgboostOptions = {}): Framework {
    const { startTimeout } = checkOptions('XgboostOptions', options, xgboostShape);
    return new Framework('xgboost', [], undefined, startTimeout && secondsOf(startTimeout));
  }

  /**
   * MPI: the command runs in a launcher, such as `mpirun python train.py`, and starts the processes on the nodes over SSH.
   *
   * The launcher runs the command as soon as all nodes answer. It gets the variables of the run; processes on the nodes see those
   * that the command passes on: `mpirun -x CHECKPOINT_DIR`, or an argument `$(CHECKPOINT_DIR)`.
   *
   * @see https://github.com/kubeflow/mpi-operator
   */
  public static mpi(options: MpiOptions = {}): Framework {
    return Framework._ofMpi('mpi', options);
  }

  /**
   * Horovod on MPI, started by `mpirun` or `horovodrun`; otherwise as `Framework.mpi`.
   *
   * @see https://horovod.readthedocs.io/en/stable/mpi.html
   */
  public static horovod(options: MpiOptions = {}): Framework {
    return Framework._ofMpi('horovod', options);
  }

  /**
   * DeepSpeed: with TrainingBackend.MPI_JOB and TRAIN_JOB started by MPI as `Framework.mpi`, elsewhere by `torchrun` with the variables
   * of `Framework.pytorch`, which needs neither a launcher nor SSH.
   *
   * @param options for TrainingBackend.MPI_JOB and TRAIN_JOB
   * @see https://www.deepspeed.ai/getting-started/
   */
  public static deepspeed(options: MpiOptions = {}): Framework {
    return Framework._ofMpi('deepspeed', options);
  }

  /** Any program that reads `NUM_NODES`, `NUM_PROC_PER_NODE`, `NODE_RANK`, `MASTER_ADDR` and `MASTER_PORT`. */
  public static plain(): Framework {
    return new Framework('plain');
  }

  /** @internal */
  public static _ofMpi(name: FrameworkName, options: MpiOptions): Framework {
    const settings = mpiSettings(options);
    const launcher = { role: GangRole.LAUNCHER, replicas: 1, props: settings.launcher, isOptional: true };
    return new Framework(name, [launcher], undefined, undefined, settings);
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
    /**
     * When a TensorFlow run has succeeded.
     *
     * @internal
     */
    public readonly _success?: TensorflowSuccess,
    /**
     * Time in which all processes must have met, where the user bounds it.
     *
     * @internal
     */
    public readonly _startSeconds?: number,
    /**
     * How MPI starts processes.
     *
     * @internal
     */
    public readonly _mpi?: MpiSettings,
  ) {}
}

function headOf(options: RayOptions): FrameworkRole {
  return { role: GangRole.HEAD, replicas: 1, props: rayHead(options), isOptional: true };
}
