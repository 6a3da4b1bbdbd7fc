import { checkArgument, integer, instanceOf, text } from '../core/shape';
import { refuse } from '../core/diagnostics';
import { BAD_DEVICE, FRACTIONAL_GPU } from './device-diagnostics';
import { deviceNameProblem } from './device';

/**
 * A GPU model, by the key that the catalogue knows it by.
 *
 * An open set: `GpuModel.custom(...)` names a model that the catalogue lacks and the profile describes.
 */
export class GpuModel {
  /** NVIDIA T4, 16 GB. No bf16. */
  public static readonly T4 = new GpuModel('t4');
  /** NVIDIA V100, 16 or 32 GB. No bf16. */
  public static readonly V100 = new GpuModel('v100');
  /** NVIDIA L4, 24 GB. */
  public static readonly L4 = new GpuModel('l4');
  /** NVIDIA A10G, 24 GB, on AWS. */
  public static readonly A10G = new GpuModel('a10g');
  /** NVIDIA L40S, 48 GB. */
  public static readonly L40S = new GpuModel('l40s');
  /** NVIDIA A100 with 40 GB. */
  public static readonly A100_40GB = new GpuModel('a100-40');
  /** NVIDIA A100 with 80 GB. */
  public static readonly A100_80GB = new GpuModel('a100-80');
  /** NVIDIA H100 SXM, 80 GB. */
  public static readonly H100 = new GpuModel('h100-sxm');
  /** NVIDIA H100 NVL, 94 GB. */
  public static readonly H100_NVL = new GpuModel('h100-nvl');
  /** NVIDIA H200, 141 GB. */
  public static readonly H200 = new GpuModel('h200');
  /** NVIDIA GH200, 96 or 144 GB, beside an Arm CPU. */
  public static readonly GH200 = new GpuModel('gh200');
  /** NVIDIA B200. */
  public static readonly B200 = new GpuModel('b200');
  /** NVIDIA GB200, beside an Arm CPU. */
  public static readonly GB200 = new GpuModel('gb200');
  /** NVIDIA B300. */
  public static readonly B300 = new GpuModel('b300');
  /** NVIDIA RTX PRO 6000 Blackwell, 96 GB. */
  public static readonly RTX_PRO_6000 = new GpuModel('rtx-pro-6000');
  /** AMD MI300X, 192 GB. */
  public static readonly MI300X = new GpuModel('mi300x');

  /** A model that the profile describes. */
  public static custom(key: string): GpuModel {
    checkArgument('GpuModel.custom(key)', key, text({ max: 40, grammar: modelKeyProblem }));
    return new GpuModel(key);
  }

  private constructor(
    /** Key of the model in the catalogue. */
    public readonly key: string,
  ) {}
}

function modelKeyProblem(key: string): string | undefined {
  return /^[a-z0-9][a-z0-9-]*$/.test(key) ? undefined : "must consist of lower-case letters, digits and '-'";
}

/**
 * GPUs of one pod: how many, and of which model.
 *
 * `spec.template.spec.containers[0].resources`, request equal to limit. Kubernetes gives whole devices only; what must be
 * less than one is a MIG slice or a pool with sharing.
 *
 * @see https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/
 */
export class Gpu {
  /** GPUs of any model, the resource `nvidia.com/gpu`. */
  public static any(count: number): Gpu {
    return new Gpu('Gpu.any', count, NVIDIA);
  }

  /** GPUs of one model. KUB024 when it is not a whole number from 1 to 16. */
  public static of(model: GpuModel, count: number): Gpu {
    checkArgument('model', model, instanceOf(GpuModel, 'GpuModel.H100 or the like'));
    return new Gpu('Gpu.of', count, resourceOf(model), model);
  }

  /** NVIDIA T4. */
  public static t4(count: number): Gpu {
    return Gpu.of(GpuModel.T4, count);
  }

  /** NVIDIA L4. */
  public static l4(count: number): Gpu {
    return Gpu.of(GpuModel.L4, count);
  }

  /** NVIDIA A10G. */
  public static a10g(count: number): Gpu {
    return Gpu.of(GpuModel.A10G, count);
  }

  /** NVIDIA L40S. */
  public static l40s(count: number): Gpu {
    return Gpu.of(GpuModel.L40S, count);
  }

  /** NVIDIA A100 with 80 GB. */
  public static a100(count: number): Gpu {
    return Gpu.of(GpuModel.A100_80GB, count);
  }

  /** NVIDIA H100. */
  public static h100(count: number): Gpu {
    return Gpu.of(GpuModel.H100, count);
  }

  /** NVIDIA H200. */
  public static h200(count: number): Gpu {
    return Gpu.of(GpuModel.H200, count);
  }

  /** NVIDIA B200. */
  public static b200(count: number): Gpu {
    return Gpu.of(GpuModel.B200, count);
  }

  /**
   * Devices of another device plugin, such as `amd.com/gpu` or `aws.amazon.com/neuron`.
   *
   * KUB025 when no device plugin known offers the name.
   */
  public static resource(resourceName: string, count: number): Gpu {
    checkArgument('resourceName', resourceName, text({ max: 253 }));
    const problem = deviceNameProblem(resourceName);
    if (problem !== undefined)
      refuse(BAD_DEVICE, `the resource ${resourceName} ${problem.message}`, problem.fix, 'resourceName', resourceName);
    return new Gpu('Gpu.resource', count, resourceName);
  }

  /**
   * One MIG slice, such as `1g.10gb`: the resource `nvidia.com/mig-1g.10gb`, or `nvidia.com/gpu` in a pool whose MIG
   * strategy is `single`.
   *
   * One, because a CUDA process sees one slice and slices have no peer access.
   *
   * @see https://docs.nvidia.com/datacenter/tesla/mig-user-guide/
   */
  public static mig(profile: string): Gpu {
    checkArgument('profile', profile, text({ max: 20, grammar: migProfileProblem, fix: "Write it as '1g.10gb'." }));
    return new Gpu('Gpu.mig', 1, `nvidia.com/mig-${profile}`, undefined, profile);
  }

  private constructor(
    factory: string,
    /** Devices per pod. */
    public readonly count: number,
    /** Resource that the pod asks for when its pool does not name another. */
    public readonly resourceName: string,
    /** Model, when it matters. */
    public readonly model?: GpuModel,
    /** MIG profile, when it is a slice. */
    public readonly migProfile?: string,
  ) {
    if (typeof count === 'number' && count > 0 && count < 16 && !Number.isInteger(count)) {
      const fix = 'Ask for a whole GPU, for a MIG slice with Gpu.mig(...), or for one device of a pool with sharing.';
      refuse(
        FRACTIONAL_GPU,
        `${factory} got ${count} GPUs, and Kubernetes gives whole devices only.`,
        fix,
        'count',
        count,
      );
    }
    checkArgument(`${factory}(count)`, count, integer({ min: 1, max: 16 }));
  }
}

const NVIDIA = 'nvidia.com/gpu';

function resourceOf(model: GpuModel): string {
  return model.key.startsWith('mi3') ? 'amd.com/gpu' : NVIDIA;
}

function migProfileProblem(profile: string): string | undefined {
  return /^[1-9]g\.\d{1,3}gb(\.me|\.gfx)?$/.test(profile) ? undefined : 'is no MIG profile';
}
