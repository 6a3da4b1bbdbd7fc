import type { RuleCase } from '../../rule-case';
import { OPEN_LOAD_BALANCER } from './open-load-balancer';
import { NAMESPACE_WITHOUT_NETWORK_POLICY } from './namespace-without-network-policy';
import { HOST_SHARED_MEMORY } from './host-shared-memory';
import { PRIVILEGED_CONTAINER } from './privileged-container';
import { MODEL_ADDRESS_WITHOUT_REVISION } from './model-address-without-revision';
import { MODEL_WITHOUT_REVISION } from './model-without-revision';
import { TRUST_REMOTE_CODE } from './trust-remote-code';
import { EVERY_GPU_WITHOUT_REQUEST } from './every-gpu-without-request';
import { EXCEPTION_WITHOUT_SCOPE } from './exception-without-scope';
import { POD_SECURITY_VIOLATION } from './pod-security-violation';
import { MOUNTED_TOKEN, MOUNTED_TOKEN_OF_NEWER_LAUNCHER, MOUNTED_TOKEN_OF_WORKER } from './mounted-token';
import { SECRET_IN_CONFIG_MAP } from './secret-in-config-map';
import { SECRET_IN_FIELD } from './secret-in-field';
import { SECRET_IN_MANIFEST } from './secret-in-manifest';
import { PLAIN_SECRET } from './plain-secret';
import { IMAGE_WITHOUT_DIGEST } from './image-without-digest';
import { FLOATING_IMAGE } from './floating-image';

export const SECURITY_CASES: readonly RuleCase[] = [
  FLOATING_IMAGE,
  IMAGE_WITHOUT_DIGEST,
  PLAIN_SECRET,
  SECRET_IN_MANIFEST,
  SECRET_IN_CONFIG_MAP,
  SECRET_IN_FIELD,
  MOUNTED_TOKEN,
  MOUNTED_TOKEN_OF_NEWER_LAUNCHER,
  MOUNTED_TOKEN_OF_WORKER,
  POD_SECURITY_VIOLATION,
  EXCEPTION_WITHOUT_SCOPE,
  EVERY_GPU_WITHOUT_REQUEST,
  TRUST_REMOTE_CODE,
  MODEL_WITHOUT_REVISION,
  MODEL_ADDRESS_WITHOUT_REVISION,
  PRIVILEGED_CONTAINER,
  HOST_SHARED_MEMORY,
  NAMESPACE_WITHOUT_NETWORK_POLICY,
  OPEN_LOAD_BALANCER,
];
