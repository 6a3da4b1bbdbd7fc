import { checkOptions } from '../core/shape';
import type { IClaim } from './claim';
import type { ClaimMountOptions, MountedClaim } from './mounted-claim';
import { checkClaim, claimMountShape, mountClaim, namedClaim } from './mounted-claim';

/**
 * Where the finished model goes: a directory per run on a PersistentVolumeClaim.
 *
 * The program finds its directory at `MODEL_DIR=<mountPath>/$(RUN)`, usable in arguments as `$(MODEL_DIR)`, and makes it.
 */
export class ModelStore {
  /** A claim by name; of cdk8s-plus, give its `.name`. */
  public static claim(claimName: string, options: ClaimMountOptions = {}): ModelStore {
    return ModelStore.on(namedClaim(claimName), options);
  }

  /** A claim made here. */
  public static on(claim: IClaim, options: ClaimMountOptions = {}): ModelStore {
    const given = checkOptions('ClaimMountOptions', options, claimMountShape);
    return new ModelStore(mountClaim(checkClaim(claim), given, '/models', false));
  }

  private constructor(
    /** @internal */
    public readonly _mounted: MountedClaim,
  ) {}

  /** Where the claim is mounted; runs have directories below it. */
  public get mountPath(): string {
    return this._mounted.mountPath;
  }
}
