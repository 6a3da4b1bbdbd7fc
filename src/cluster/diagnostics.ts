import { invalid, unsafe } from '../core/diagnostics';

/** CLU: the cluster profile, and what workloads name of the cluster. */
export const UNKNOWN_POOL = invalid('CLU001', 'unknown-pool', 'No node carries the label, so the pod waits for ever.');
export const UNKNOWN_QUEUE = invalid(
  'CLU002',
  'unknown-queue',
  'Kueue never admits a job whose LocalQueue does not exist in its namespace.',
);
export const MISSING_COMPONENT = invalid(
  'CLU003',
  'missing-component',
  'Nothing in the cluster acts on the object or label.',
);
export const UNKNOWN_PRIORITY_CLASS = invalid(
  'CLU004',
  'unknown-priority-class',
  'Pods that name a missing PriorityClass are refused, and the job waits for ever.',
);
export const PROFILE_TOO_LATE = invalid(
  'CLU005',
  'profile-attached-too-late',
  'Constructs made before would have been rendered for another cluster.',
);
export const BAD_PROFILE = invalid(
  'CLU006',
  'bad-profile',
  'The profile contradicts itself, or its document is not what the schema says.',
);
export const POOL_SHAPE = invalid(
  'CLU007',
  'pool-shape-unknown',
  'Without the number of GPUs of a node nothing can be checked or derived.',
);
export const POOL_LABELS = invalid('CLU008', 'pool-labels-unknown', 'A workload could not say which nodes it means.');
export const UNKNOWN_BACKEND = invalid(
  'CLU009',
  'backend-not-installed',
  'The operator that would run the object is not in the cluster.',
);
export const UNKNOWN_STORAGE_CLASS = invalid(
  'CLU010',
  'unknown-storage-class',
  'A claim of a missing class is never bound.',
);
export const STORAGE_CLASS_MODE = invalid(
  'CLU011',
  'storage-class-access-mode',
  'The driver does not offer the access mode, so the claim is never bound.',
);
export const DELETED_VOLUME = unsafe(
  'CLU012',
  'volume-deleted-with-claim',
  'The reclaim policy Delete removes the data when the claim goes.',
  'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming',
);
export const BAD_POOL_SHARING = invalid('CLU013', 'bad-pool-sharing', 'The device plugin does not offer such slices.');
export const POOL_BOUNDS = invalid(
  'CLU014',
  'pool-bounds',
  'A group of nodes cannot have more nodes always than it has at most.',
);
