import type { Size } from 'cdk8s';
import type { Volume as VolumeSource } from '../../imports/k8s';
import { size } from '../core/amounts';
import { dnsSubdomainProblem } from '../core/names';
import type { Check, Shape } from '../core/shape';
import { bool, checkArgument, checkOptions, enumOf, integer, mapOf, optional, text } from '../core/shape';
import { AccessMode } from '../cluster/settings';
import type { Rule } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { BAD_MOUNT_PATH, BAD_VOLUME } from '../kinds/diagnostics';
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

const scratchShape: Shape<ScratchVolumeOptions> = {
  ...mountShape,
  sizeLimit: size({ minMib: 1 }),
  inMemory: optional(bool),
};

const ephemeralClaimShape: Shape<EphemeralClaimOptions> = {
  ...mountShape,
  size: size({ minMib: 1 }),
  storageClassName: optional(text({ max: 253, grammar: dnsSubdomainProblem })),
  accessMode: optional(enumOf('AccessMode', AccessMode)),
};

const projectedShape: Shape<ProjectedVolumeOptions> = { ...mountShape, defaultMode: optional(integer({ max: 0o777 })) };

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
    const given = checkOptions('MountOptions', options, mountShape);
    return new Volume(given, { persistentVolumeClaim: { claimName: name, readOnly: given.readOnly || undefined } });
  }

  /** A directory that lives as long as the pod. `emptyDir` */
  public static scratch(options: ScratchVolumeOptions): Volume {
    const given = checkOptions('ScratchVolumeOptions', options, scratchShape);
    const { sizeLimit, inMemory = false } = given;
    const emptyDir = { medium: inMemory ? 'Memory' : undefined, sizeLimit: memoryQuantity(sizeLimit) };
    return new Volume(given, { emptyDir }, inMemory ? sizeLimit : undefined, inMemory ? undefined : sizeLimit);
  }

  /** A disk made for the pod and removed with it. `ephemeral.volumeClaimTemplate` */
  public static ephemeralClaim(options: EphemeralClaimOptions): Volume {
    const given = checkOptions('EphemeralClaimOptions', options, ephemeralClaimShape);
    const spec = {
      accessModes: [given.accessMode ?? AccessMode.READ_WRITE_ONCE],
      storageClassName: given.storageClassName,
      resources: { requests: { storage: memoryQuantity(given.size) } },
    };
    return new Volume(given, { ephemeral: { volumeClaimTemplate: { spec } } });
  }

  /** The keys of a Secret as files; of cdk8s-plus, give its `.name`. */
  public static secret(name: string, options: ProjectedVolumeOptions): Volume {
    const given = checkProjected(name, options);
    return new Volume(given, { secret: { secretName: name, defaultMode: given.defaultMode } });
  }

  /** The keys of a ConfigMap as files; of cdk8s-plus, give its `.name`. */
  public static configMap(name: string, options: ProjectedVolumeOptions): Volume {
    const given = checkProjected(name, options);
    return new Volume(given, { configMap: { name, defaultMode: given.defaultMode } });
  }

  /** A volume of a CSI driver, written inline, such as the Secrets Store driver. */
  public static csi(driver: string, attributes: { readonly [key: string]: string }, options: MountOptions): Volume {
    checkArgument('driver', driver, text({ max: 63, grammar: (name) => dnsSubdomainProblem(name, 63) }));
    const given = checkOptions('MountOptions', options, mountShape);
    const volumeAttributes = checkArgument('attributes', attributes, mapOf(text({ min: 0 }), noProblem, 1000));
    return new Volume(given, { csi: { driver, readOnly: given.readOnly || undefined, volumeAttributes } });
  }

  /**
   * A directory of the node.
   *
   * KUB017: Pod Security refuses it at the levels baseline and restricted. KUB015 for a path that the API server refuses.
   */
  public static hostPath(path: string, options: MountOptions): Volume {
    checkArgument('path', path, pathCheck(BAD_VOLUME, hostPathProblem));
    return new Volume(checkOptions('MountOptions', options, mountShape), { hostPath: { path, type: 'Directory' } });
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

function checkProjected(name: string, options: ProjectedVolumeOptions): ProjectedVolumeOptions {
  checkArgument('name', name, text({ max: 253, grammar: dnsSubdomainProblem }));
  return checkOptions('ProjectedVolumeOptions', options, projectedShape);
}

/** An absolute path at which a container can have a volume. */
export const mountPathCheck: Check = (value, property, problems) =>
  pathCheck(BAD_MOUNT_PATH, mountPathProblem)(value, property, problems);

function pathCheck(rule: Rule, pathProblem: (path: string) => string | undefined): Check {
  return (value, property, problems) => {
    const before = problems.length;
    text({ max: 1024 })(value, property, problems);
    const what = problems.length > before ? undefined : pathProblem(value as string);
    if (what === undefined) return;
    const message = `${property} is ${show(value)}, which ${what}.`;
    problems.push({ rule, property, value: show(value), message, fix: "Give an absolute path such as '/data'." });
  };
}

function mountPathProblem(path: string): string | undefined {
  if (path.includes(':')) return "contains ':', which the API server refuses";
  return hostPathProblem(path) ?? (normalPath(path) === '/' ? 'would hide the whole image' : undefined);
}

function hostPathProblem(path: string): string | undefined {
  if (!path.startsWith('/')) return 'is not absolute';
  return path.split('/').includes('..') ? "contains '..'" : undefined;
}

function subPathProblem(path: string): string | undefined {
  if (path.startsWith('/')) return 'is absolute';
  return path.split('/').includes('..') ? "contains '..'" : undefined;
}

function noProblem(): undefined {
  return undefined;
}
