import { checkArgument, bool, integer, optional, record, text } from '../core/shape';

/** Options of time-sliced GPUs. */
export interface TimeSlicingOptions {
  /** Pods that share one GPU. */
  readonly replicas: number;
  /**
   * Whether the device plugin renames the resource to `nvidia.com/gpu.shared`.
   *
   * @default false
   */
  readonly renamed?: boolean;
}

/**
 * How the GPUs of a pool are handed out.
 *
 * A property of the pool, not of a workload: it decides which resource the nodes offer.
 *
 * @see https://github.com/NVIDIA/k8s-device-plugin#shared-access-to-gpus
 */
export class GpuSharing {
  /** One pod has a GPU to itself. */
  public static whole(): GpuSharing {
    return new GpuSharing('whole', 'nvidia.com/gpu');
  }

  /** Every GPU is cut into slices of one MIG profile, which the nodes offer as `nvidia.com/gpu`. */
  public static migSingle(profile: string): GpuSharing {
    checkArgument('profile', profile, text({ max: 20 }));
    return new GpuSharing('mig-single', 'nvidia.com/gpu', profile);
  }

  /** GPUs are cut into slices of several MIG profiles, each offered as `nvidia.com/mig-<profile>`. */
  public static migMixed(): GpuSharing {
    return new GpuSharing('mig-mixed', 'nvidia.com/gpu');
  }

  /** Pods take turns on a GPU; there is no isolation of memory or faults. */
  public static timeSliced(options: TimeSlicingOptions): GpuSharing {
    checkArgument(
      'options',
      options,
      record<TimeSlicingOptions>('TimeSlicingOptions', {
        replicas: integer({ min: 2, max: 48 }),
        renamed: optional(bool),
      }),
    );
    return new GpuSharing(
      'time-sliced',
      options.renamed ? 'nvidia.com/gpu.shared' : 'nvidia.com/gpu',
      undefined,
      options.replicas,
    );
  }

  private constructor(
    /** `whole`, `mig-single`, `mig-mixed` or `time-sliced`. */
    public readonly strategy: string,
    /** Resource that the nodes offer. */
    public readonly resourceName: string,
    /** MIG profile of every slice, with the strategy `mig-single`. */
    public readonly migProfile?: string,
    /** Pods per GPU, with the strategy `time-sliced`. */
    public readonly replicas?: number,
  ) {}
}
