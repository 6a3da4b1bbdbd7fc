import type { AnyRule } from '../../rule';
import { openLoadBalancer } from './open-load-balancer';
import { namespaceWithoutNetworkPolicy } from './namespace-without-network-policy';
import { hostSharedMemory } from './host-shared-memory';
import { privilegedContainer } from './privileged-container';
import { modelAddressWithoutRevision } from './model-address-without-revision';
import { modelWithoutRevision } from './model-without-revision';
import { trustRemoteCode } from './trust-remote-code';
import { everyGpuWithoutRequest } from './every-gpu-without-request';
import { exceptionWithoutScope } from './exception-without-scope';
import { podSecurityViolation } from './pod-security-violation';
import { mountedToken } from './mounted-token';
import { secretInConfigMap } from './secret-in-config-map';
import { secretInField } from './secret-in-field';
import { secretInManifest } from './secret-in-manifest';
import { plainSecret } from './plain-secret';
import { imageWithoutDigest } from './image-without-digest';
import { floatingImage } from './floating-image';

/** Rules of the group security. */
export const SECURITY: readonly AnyRule[] = [
  floatingImage,
  imageWithoutDigest,
  plainSecret,
  secretInManifest,
  secretInConfigMap,
  secretInField,
  mountedToken,
  podSecurityViolation,
  exceptionWithoutScope,
  everyGpuWithoutRequest,
  trustRemoteCode,
  modelWithoutRevision,
  modelAddressWithoutRevision,
  privilegedContainer,
  hostSharedMemory,
  namespaceWithoutNetworkPolicy,
  openLoadBalancer,
];
