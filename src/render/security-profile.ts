import type { PodSecurityContext, SecurityContext } from '../../imports/k8s';
import { checkArgument, integer } from '../core/shape';

const DEFAULT_UID = 1000;

/**
 * What the containers of a pod may do.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export class SecurityProfile {
  /**
   * The Pod Security level `restricted`: a user other than root, no capabilities, no privilege escalation.
   *
   * The root file system stays writable (the level does not ask for more, and the GPU runtime writes to it); home, cache and
   * temporary directories are given, and the user has a name, since ML libraries look it up.
   *
   * @param uid user and group of every container; 1000 when not given
   */
  public static restricted(uid: number = DEFAULT_UID): SecurityProfile {
    checkArgument('uid', uid, integer({ min: 1 }));
    return new SecurityProfile('restricted', uid);
  }

  /**
   * User and group as the image says, also root, for images that need it in the container; otherwise as `restricted`.
   *
   * A namespace that enforces `restricted` refuses such pods; `baseline` takes them.
   */
  public static image(): SecurityProfile {
    return new SecurityProfile('image');
  }

  private constructor(
    /** `restricted` or `image`. */
    public readonly level: string,
    /**
     * User and group of every container.
     *
     * @default - as the image says
     */
    public readonly uid?: number,
  ) {}

  /** @internal `spec.securityContext` */
  public _pod(fsGroup: boolean): PodSecurityContext {
    const uid = this.uid;
    return {
      runAsNonRoot: uid === undefined ? undefined : true,
      runAsUser: uid,
      runAsGroup: uid,
      fsGroup: fsGroup ? uid : undefined,
      fsGroupChangePolicy: fsGroup && uid !== undefined ? 'OnRootMismatch' : undefined,
      seccompProfile: { type: 'RuntimeDefault' },
    };
  }

  /** @internal `spec.containers[].securityContext` */
  public _container(kept?: readonly string[]): SecurityContext {
    return { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'], add: kept && [...kept] } };
  }
}
