import type { Size } from 'cdk8s';
import type { Volume as VolumeSource } from '../../imports/k8s';
import { size } from '../core/amounts';
import { dnsSubdomainProblem } from '../core/names';
import type { Check } from '../core/shape';
import { bool, checkArgument, checkOptions, enumOf, integer, optional, text } from '../core/shape';
import { AccessMode } from '../cluster/settings';
import { BAD_MOUNT_PATH } from '../kinds/diagnostics';
import { memoryQuantity } from '../kinds/quantity';

/** Where a volume appears in the container. */
export interface MountOptions {
  /** Absolute path in the container. KUB012 when another volume is mounted there, KUB013 when it cannot work. */
  readonly mountPath: string;
  /**
   * Whether the container may only read.
   *
   * @default false
   */
  readonly readOnly?: boolean;
  /**
   * Directory of the volume that is mounted, relative, without `..`.
   *
   * @default - the root of the volume
   */
  readonly subPath?: string;
}

/** A directory that lives as long as the pod. */
export interface ScratchVolumeOptions extends MountOptions {
  /** Most that it may hold; a pod that writes more is evicted. */
  readonly sizeLimit: Size;
  /**
   * Whether it is kept in memory, where it counts against the memory of the container.
   *
   * @default false
   */
  readonly inMemory?: boolean;
}

/** A volume from a disk made for the pod and removed with it. */
export interface EphemeralClaimOptions extends MountOptions {
  /** Size of the disk. */
  readonly size: Size;
  /**
   * Class of the disk.
   *
   * @default - the default class of the cluster
   */
  readonly storageClassName?: string;
  /**
   * Access mode of the disk.
   *
   * @default AccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: AccessMode;
}

/** A volume from a Secret or ConfigMap. */
export interface ProjectedVolumeOptions extends MountOptions {
  /**
   * Permission bits of the files, such as `0o440`.
   *
   * @default - 0644
   */
  readonly defaultMode?: number;
}

/** Checks of mount options, for records that contain them. */
export const mountShape = {
  mountPath: ((value, property, problems) => mountPathCheck(value, property, problems)) as Check,
  readOnly: optional(bool),
  subPath: optional(text({ max: 1024, grammar: subPathProblem, fix: "Give a relative path without '..'." })),
};

const claimName = text({ max: 253, grammar: dnsSubdomainProblem, fix: 'Give the name of the PersistentVolumeClaim.' });

/**
 * A volume of a pod and where its container sees it.
 *
 * The same Volume may be given to the main container and to others: they then share it.
 */
export class Volume {
  /** A PersistentVolumeClaim of the namespace; of cdk8s-plus, give its `.name`. */
  public static claim(name: string, options: MountOptions): Volume {
    checkArgument('claimName', name, claimName);
    checkOptions('MountOptions', options, mountShape);
    return new Volume(options, { persistentVolumeClaim: { claimName: name, readOnly: options.readOnly || undefined } });
  }

  /** A directory that lives as long as the pod. `emptyDir` */
  public static scratch(options: ScratchVolumeOptions): Volume {
    checkOptions<ScratchVolumeOptions>('ScratchVolumeOptions', options, {
      ...mountShape,
      sizeLimit: size({ minMib: 1 }),
      inMemory: optional(bool),
    });
    return new Volume(
      options,
      { emptyDir: { medium: options.inMemory ? 'Memory' : undefined, sizeLimit: memoryQuantity(options.sizeLimit) } },
      options.inMemory ? options.sizeLimit : undefined,
      options.inMemory ? undefined : options.sizeLimit,
    );
  }

  /** A disk made for the pod and removed with it. `ephemeral.volumeClaimTemplate` */
  public static ephemeralClaim(options: EphemeralClaimOptions): Volume {
    checkOptions<EphemeralClaimOptions>('EphemeralClaimOptions', options, {
      ...mountShape,
      size: size({ minMib: 1 }),
      storageClassName: optional(text({ max: 253, grammar: dnsSubdomainProblem })),
      accessMode: optional(enumOf('AccessMode', AccessMode)),
    });
    const spec = {
      accessModes: [options.accessMode ?? AccessMode.READ_WRITE_ONCE],
      storageClassName: options.storageClassName,
      resources: { requests: { storage: memoryQuantity(options.size) } },
    };
    return new Volume(options, { ephemeral: { volumeClaimTemplate: { spec } } });
  }

  /** The keys of a Secret as files; of cdk8s-plus, give its `.name`. */
  public static secret(name: string, options: ProjectedVolumeOptions): Volume {
    checkProjected(name, options);
    return new Volume(options, { secret: { secretName: name, defaultMode: options.defaultMode } });
  }

  /** The keys of a ConfigMap as files; of cdk8s-plus, give its `.name`. */
  public static configMap(name: string, options: ProjectedVolumeOptions): Volume {
    checkProjected(name, options);
    return new Volume(options, { configMap: { name, defaultMode: options.defaultMode } });
  }

  /** A volume of a CSI driver, written inline, such as the Secrets Store driver. */
  public static csi(driver: string, attributes: { readonly [key: string]: string }, options: MountOptions): Volume {
    checkArgument('driver', driver, text({ max: 63, grammar: (name) => dnsSubdomainProblem(name, 63) }));
    checkOptions('MountOptions', options, mountShape);
    return new Volume(options, {
      csi: { driver, readOnly: options.readOnly || undefined, volumeAttributes: { ...attributes } },
    });
  }

  /** A directory of the node. KUB017: Pod Security refuses it at the levels baseline and restricted. */
  public static hostPath(path: string, options: MountOptions): Volume {
    checkArgument('path', path, mountPathCheck);
    checkOptions('MountOptions', options, mountShape);
    return new Volume(options, { hostPath: { path, type: 'Directory' } });
  }

  /** Path in the container, without double or trailing slashes. */
  public readonly mountPath: string;
  /** Whether the container may only read. */
  public readonly readOnly: boolean;
  /**
   * Directory of the volume that is mounted.
   *
   * @default - its root
   */
  public readonly subPath?: string;

  private constructor(
    options: MountOptions,
    /** @internal */
    public readonly _source: Omit<VolumeSource, 'name'>,
    /** @internal */
    public readonly _memory?: Size,
    /** @internal */
    public readonly _disk?: Size,
  ) {
    this.mountPath = normalPath(options.mountPath);
    this.readOnly = options.readOnly ?? false;
    this.subPath = options.subPath;
  }
}

/** A path without double and trailing slashes, so that `/data` and `//data/` are one place. */
export function normalPath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return `/${parts.join('/')}`;
}

function checkProjected(name: string, options: ProjectedVolumeOptions): void {
  checkArgument('name', name, text({ max: 253, grammar: dnsSubdomainProblem }));
  checkOptions<ProjectedVolumeOptions>('ProjectedVolumeOptions', options, {
    ...mountShape,
    defaultMode: optional(integer({ max: 0o777 })),
  });
}

/** An absolute path at which a container can have a volume. */
export const mountPathCheck: Check = (value, property, problems) => {
  const before = problems.length;
  text({ max: 1024 })(value, property, problems);
  if (problems.length > before) return;
  const path = value as string;
  const what = mountPathProblem(path);
  if (what !== undefined) {
    problems.push({
      rule: BAD_MOUNT_PATH,
      property,
      value: `'${path}'`,
      message: `${property} is '${path}', which ${what}.`,
      fix: "Give an absolute path such as '/data'.",
    });
  }
};

function mountPathProblem(path: string): string | undefined {
  if (!path.startsWith('/')) return 'is not absolute';
  if (path.includes(':')) return "contains ':', which the API server refuses";
  if (path.split('/').includes('..')) return "contains '..'";
  if (normalPath(path) === '/') return 'would hide the whole image';
  return undefined;
}

function subPathProblem(path: string): string | undefined {
  if (path.startsWith('/')) return 'is absolute';
  return path.split('/').includes('..') ? "contains '..'" : undefined;
}
