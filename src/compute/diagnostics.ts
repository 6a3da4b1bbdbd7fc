import { invalid, unsafe } from '../core/diagnostics';

/** GPU: what pods ask of GPU nodes, against what the pool or queue has. */
export const MODEL_NOT_IN_POOL = invalid(
  'GPU001',
  'gpu-model-not-in-pool',
  'No node of the pool has the model, so the pod waits for ever.',
);
export const TOO_MANY_GPUS = invalid(
  'GPU002',
  'more-gpus-than-a-node',
  'A pod runs on one node; no node of the pool has so many devices.',
);
export const TOO_MANY_NODES = invalid(
  'GPU003',
  'more-nodes-than-the-pool',
  'The pool never has so many nodes, so the gang waits for ever.',
);
export const POOL_NOT_IN_QUEUE = invalid(
  'GPU004',
  'pool-not-in-queue',
  'The flavors of the queue give the work to other nodes than the pool, and it never starts.',
);
export const TOLERATIONS_WITH_QUEUE = invalid(
  'GPU005',
  'tolerations-with-queue',
  'Kueue appends the tolerations of its flavor; the next apply of the admitted job then fails on an immutable list.',
  'https://kueue.sigs.k8s.io/docs/concepts/resource_flavor/',
);
export const SHARED_DEVICES = invalid(
  'GPU006',
  'several-shared-devices',
  'One process sees one MIG slice, and two shares of a GPU are not twice the GPU; the device plugin may refuse the pod.',
  'https://docs.nvidia.com/datacenter/tesla/mig-user-guide/',
);
export const LARGER_THAN_NODE = invalid(
  'GPU007',
  'larger-than-a-node',
  'No node has so much CPU or memory beside its DaemonSets, so the pod waits for ever.',
);
export const UNKNOWN_RESOURCES = invalid(
  'GPU008',
  'resources-unknown',
  'A pod without requests is evicted first, and may land on a node that has no room for it.',
);
export const RESOURCE_NOT_IN_POOL = invalid(
  'GPU009',
  'resource-not-in-pool',
  'The nodes of the pool offer another resource.',
);
export const UNKNOWN_MODEL_LABELS = unsafe(
  'GPU010',
  'gpu-model-not-selected',
  'Nothing tells the model apart on this provider, so the pod may land on any GPU.',
);
export const UNUSUALLY_MANY_GPUS = unsafe(
  'GPU011',
  'more-than-8-gpus-per-pod',
  'Hardly any machine has more than 8 devices, so the pod may wait for ever.',
);
