import type { Shape } from '../core/shape';
import { bool, checkArgument, integer, optional, record, text } from '../core/shape';

/** Ways to hand out GPUs, as `GpuSharing.strategy` names them. */
export const SharingStrategy = {
  WHOLE: 'whole',
  MIG_SINGLE: 'mig-single',
  MIG_MIXED: 'mig-mixed',
  TIME_SLICED: 'time-sliced',
} as const;

/** Resource of time-sliced GPUs when the device plugin is told to rename it. */
export const RENAMED_RESOURCE = 'nvidia.com/gpu.shared';

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

/** Checks of the options of time-sliced GPUs. */
export const timeSlicingShape: Shape<TimeSlicingOptions> = {
  replicas: integer({ min: 2, max: 48 }),
  renamed: optional(bool),
};

/** Check of the name of a MIG profile, as mig-parted spells it or as resources do; whether the model has it is up to the catalogue. */
export const migProfile = text({
  max: 20,
  grammar: (profile) => (/^[1-9]g\.\d{1,3}gb([+.-](me|gfx)(\.all)?)?$/.test(profile) ? undefined : 'is no MIG profile'),
  fix: "Write it as '1g.10gb'.",
});

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
    return new GpuSharing(SharingStrategy.WHOLE, 'nvidia.com/gpu');
  }

  /** Every GPU is cut into slices of one MIG profile, which the nodes offer as `nvidia.com/gpu`. */
  public static migSingle(profile: string): GpuSharing {
    checkArgument('profile', profile, migProfile);
    return new GpuSharing(SharingStrategy.MIG_SINGLE, 'nvidia.com/gpu', profile);
  }

  /** GPUs are cut into slices of several MIG profiles, each offered as `nvidia.com/mig-<profile>`. */
  public static migMixed(): GpuSharing {
    return new GpuSharing(SharingStrategy.MIG_MIXED, 'nvidia.com/gpu');
  }

  /** Pods take turns on a GPU; there is no isolation of memory or faults. */
  public static timeSliced(options: TimeSlicingOptions): GpuSharing {
    const { replicas, renamed } = checkArgument('options', options, record('TimeSlicingOptions', timeSlicingShape));
    const resourceName = renamed ? RENAMED_RESOURCE : 'nvidia.com/gpu';
    return new GpuSharing(SharingStrategy.TIME_SLICED, resourceName, undefined, replicas);
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
