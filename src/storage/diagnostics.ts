import { invalid, unsafe } from '../core/diagnostics';

/** STO: claims, datasets, checkpoints and models. */
export const ONE_NODE_CLAIM = invalid(
  'STO001',
  'one-node-claim-on-many-nodes',
  'A claim that one node may mount leaves the pods on other nodes in ContainerCreating (Multi-Attach).',
  'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
);
export const READ_ONLY_CLAIM_WRITTEN = invalid(
  'STO002',
  'read-only-claim-written',
  'A claim that may only be read is mounted for writing, and the mount or the first write fails.',
);
export const NOT_DURABLE = unsafe(
  'STO003',
  'checkpoints-not-durable',
  'The checkpoints go with the pod, and a retry starts from nothing.',
);
export const ONE_POD_CLAIM = invalid(
  'STO005',
  'one-pod-claim-shared',
  'A claim that one pod may mount is asked for by several pods, and all but one wait for ever.',
);
