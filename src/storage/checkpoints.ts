import type { Duration, Size } from 'cdk8s';
import type { AccessMode } from '../cluster/settings';
import { duration, size } from '../core/amounts';
import { dnsSubdomainProblem } from '../core/names';
import type { Shape } from '../core/shape';
import { checkOptions, optional, text } from '../core/shape';
import { mountShape, Volume } from '../render/volume';
import type { IClaim } from './claim';
import type { ClaimMountOptions, MountedClaim } from './mounted-claim';
import { checkClaim, claimMountShape, mountClaim, namedClaim } from './mounted-claim';

/** Where checkpoints go. */
export interface CheckpointOptions extends ClaimMountOptions {
  /**
   * Another run of the same claim to start from: the name of its object, such as `bert-v2`.
   *
   * The program finds its directory at `RESUME_DIR`.
   *
   * @default - a run starts from its own checkpoints, or from nothing
   */
  readonly resumeFrom?: string;
  /**
   * Time that saving a checkpoint takes. The pods get so much and 10 seconds more to stop, at least 30 seconds.
   *
   * TRN045 (unsafe) when the nodes do not leave so much.
   *
   * @default - unknown; the pods get 2 minutes to stop, or less where spot nodes leave less
   */
  readonly saveTime?: Duration;
  /**
   * Time from one checkpoint to the next. The program reads it as `CHECKPOINT_INTERVAL_SECONDS`.
   *
   * TRN047 (unsafe) when it does not fit `saveTime`, or the time between interruptions that `faultModel` gives.
   *
   * @default - as the program decides
   */
  readonly saveInterval?: Duration;
}

/** Where checkpoints go that need not outlive the pod. */
export interface EphemeralCheckpointOptions {
  /** Most that they may take. */
  readonly sizeLimit: Size;
  /**
   * Absolute path in the container.
   *
   * @default /ckpt
   */
  readonly mountPath?: string;
}

const DEFAULT_PATH = '/ckpt';

const LONGEST_SECONDS = 30 * 86400;

const checkpointShape: Shape<CheckpointOptions> = {
  ...claimMountShape,
  saveTime: optional(duration({ min: 1, max: LONGEST_SECONDS })),
  saveInterval: optional(duration({ min: 1, max: LONGEST_SECONDS })),
  resumeFrom: optional(
    text({ max: 253, grammar: dnsSubdomainProblem, fix: 'Give the name of the object of that run, such as bert-v2.' }),
  ),
};

const ephemeralCheckpointShape: Shape<EphemeralCheckpointOptions> = {
  sizeLimit: size({ minMib: 1 }),
  mountPath: optional(mountShape.mountPath),
};

/**
 * Where a run saves its state, so that a retry goes on from it.
 *
 * The claim is mounted whole and every run has a directory of its own: `CHECKPOINT_DIR=<mountPath>/$(RUN)`, usable in
 * arguments as `$(CHECKPOINT_DIR)`. The program makes the directory. A retry resumes it; another run does not.
 */
export class Checkpoints {
  /** A claim by name; of cdk8s-plus, give its `.name`. */
  public static claim(claimName: string, options: CheckpointOptions = {}): Checkpoints {
    return Checkpoints.on(namedClaim(claimName), options);
  }

  /** A claim made here. */
  public static on(claim: IClaim, options: CheckpointOptions = {}): Checkpoints {
    const given = checkOptions('CheckpointOptions', options, checkpointShape);
    const mounted = mountClaim(checkClaim(claim), given, DEFAULT_PATH, false);
    return new Checkpoints(mounted.volume, mounted, given.resumeFrom, given.saveTime, given.saveInterval);
  }

  /** A directory that goes with the pod. STO003 (unsafe): what it holds is lost with the node. */
  public static ephemeral(options: EphemeralCheckpointOptions): Checkpoints {
    const given = checkOptions('EphemeralCheckpointOptions', options, ephemeralCheckpointShape);
    return new Checkpoints(Volume.scratch({ ...given, mountPath: given.mountPath ?? DEFAULT_PATH }));
  }

  private constructor(
    /** @internal */
    public readonly _volume: Volume,
    /** @internal Undefined when not durable. */
    public readonly _mounted?: MountedClaim,
    /** Run whose checkpoints this one starts from. */
    public readonly resumeFrom?: string,
    /** Time that saving takes. */
    public readonly saveTime?: Duration,
    /** Time from one checkpoint to the next. */
    public readonly saveInterval?: Duration,
  ) {}

  /** Whether they outlive the pod. */
  public get durable(): boolean {
    return this._mounted !== undefined;
  }

  /** Where the volume is mounted; runs have directories below it. */
  public get mountPath(): string {
    return this._volume.mountPath;
  }

  /** How many nodes may mount the claim, when it is known. */
  public get accessMode(): AccessMode | undefined {
    return this._mounted?.accessMode;
  }
}
