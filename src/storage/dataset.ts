import { checkOptions } from '../core/shape';
import type { IClaim } from './claim';
import type { ClaimMountOptions, MountedClaim } from './mounted-claim';
import { checkClaim, claimMountShape, mountClaim, namedClaim } from './mounted-claim';

/**
 * Data that a run reads, from a PersistentVolumeClaim, mounted read-only.
 *
 * The program finds it at `DATASET_DIR`, which is `/data` unless `mountPath` says otherwise.
 */
export class Dataset {
  /** A claim by name; of cdk8s-plus, give its `.name`. */
  public static claim(claimName: string, options: ClaimMountOptions = {}): Dataset {
    return Dataset.on(namedClaim(claimName), options);
  }

  /** A claim made here. */
  public static on(claim: IClaim, options: ClaimMountOptions = {}): Dataset {
    const given = checkOptions('ClaimMountOptions', options, claimMountShape);
    return new Dataset(mountClaim(checkClaim(claim), given, '/data', true));
  }

  private constructor(
    /** @internal */
    public readonly _mounted: MountedClaim,
  ) {}

  /** Where the program finds the data. */
  public get mountPath(): string {
    return this._mounted.mountPath;
  }
}
