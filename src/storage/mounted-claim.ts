import { AccessMode } from '../cluster/settings';
import { dnsSubdomainProblem } from '../core/names';
import type { Shape } from '../core/shape';
import { checkArgument, enumOf, like, optional, text } from '../core/shape';
import { mountShape, Volume } from '../render/volume';
import { Claim } from './claim';
import type { IClaim } from './claim';

/** Where a claim appears in the container. */
export interface ClaimMountOptions {
  /**
   * Absolute path in the container.
   *
   * @default - depends on what is mounted
   */
  readonly mountPath?: string;
  /**
   * How many nodes may mount the claim. STO001 when a run needs more.
   *
   * @default - as the claim says; unknown for one named only
   */
  readonly accessMode?: AccessMode;
}

const accessModeCheck = enumOf('AccessMode', AccessMode);
const claimNameCheck = text({
  max: 253,
  grammar: dnsSubdomainProblem,
  fix: 'Give the name of the PersistentVolumeClaim.',
});

/** Checks of the options above. */
export const claimMountShape: Shape<ClaimMountOptions> = {
  mountPath: optional(mountShape.mountPath),
  accessMode: optional(accessModeCheck),
};

/** A claim and where a container sees it. */
export interface MountedClaim {
  readonly claimName: string;
  readonly accessMode?: AccessMode;
  readonly mountPath: string;
  /** Whether the claim is one of ours, whose root directory belongs to root until the kubelet hands it to a group. */
  readonly ours: boolean;
  readonly volume: Volume;
}

/** A claim known by name. */
export function namedClaim(claimName: string): IClaim {
  return { claimName: checkArgument('claimName', claimName, claimNameCheck) };
}

/** Checks a claim given as an object. */
export function checkClaim(claim: IClaim): IClaim {
  const given = checkArgument(
    'claim',
    claim,
    like('Claim', ['claimName'], 'a Claim, or the factory that takes a name'),
  );
  checkArgument('claimName', given.claimName, claimNameCheck);
  if (given.accessMode !== undefined) checkArgument('accessMode', given.accessMode, accessModeCheck);
  return given;
}

/** Puts a claim into a container. */
export function mountClaim(
  claim: IClaim,
  options: ClaimMountOptions,
  defaultPath: string,
  readOnly: boolean,
): MountedClaim {
  const volume = Volume.claim(claim.claimName, { mountPath: options.mountPath ?? defaultPath, readOnly });
  return {
    claimName: claim.claimName,
    accessMode: options.accessMode ?? claim.accessMode,
    mountPath: volume.mountPath,
    ours: claim instanceof Claim,
    volume,
  };
}
