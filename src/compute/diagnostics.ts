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
export const NO_NODE_CLASS = invalid(
  'GPU012',
  'node-class-missing',
  'Karpenter makes nodes from a node class; a NodePool without one is refused, one without a valid one makes none.',
  'https://karpenter.sh/docs/concepts/nodeclasses/',
);
export const KARPENTER_UNUSED = invalid(
  'GPU013',
  'karpenter-not-provisioner',
  'Nothing would be rendered of options of Karpenter for nodes that it does not make.',
);
export const UNKNOWN_MACHINES = invalid(
  'GPU014',
  'machine-types-unknown',
  'Karpenter would make nodes of any type, with another GPU or none.',
);
export const REFUSED_NODE_LABEL = invalid(
  'GPU015',
  'node-label-refused',
  'Karpenter makes no nodes for a NodePool with a label or requirement that it keeps to itself, or that contradicts another.',
  'https://karpenter.sh/docs/concepts/nodepools/',
);
export const TAINT_TWICE = invalid('GPU016', 'taint-twice', 'A node has one taint of a key and effect.');
export const CAPACITY_TYPES = invalid(
  'GPU017',
  'capacity-types-contradict',
  'Workloads would not know that their nodes may be taken away, or Karpenter could never make one.',
);
export const NO_LIMIT = unsafe(
  'GPU018',
  'node-pool-without-limit',
  'A mistake in one workload then buys GPU nodes without end.',
  'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
);
export const IDLE_NODES = unsafe(
  'GPU019',
  'idle-nodes-stay',
  'GPU nodes on which nothing runs are paid until somebody notices.',
);
export const DRIFT_ENDS_RUNS = unsafe(
  'GPU020',
  'drift-ends-runs',
  'With terminationGracePeriod a changed image or label drains nodes in use, and ends their runs when that time is over.',
  'https://karpenter.sh/docs/concepts/disruption/#terminationgraceperiod',
);
export const UNKNOWN_TO_KARPENTER = unsafe(
  'GPU021',
  'resource-unknown-to-karpenter',
  'Karpenter knows whole GPUs of machines only, and makes no node for a pod that asks for anything else.',
  'https://karpenter.sh/docs/concepts/nodeoverlays/',
);
export const NOT_AS_IN_PROFILE = invalid(
  'GPU022',
  'pool-not-as-in-profile',
  'Workloads that take the pool from the profile would look for other nodes than are made here.',
);
export const BAD_BUDGET = invalid(
  'GPU023',
  'bad-disruption-budget',
  'Karpenter disrupts nothing in a NodePool with a budget that it cannot read.',
  'https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets',
);
export const NO_STANDING_NODES = invalid(
  'GPU024',
  'no-standing-nodes',
  'Karpenter takes empty nodes away, however few there are.',
);
export const LOW_LIMIT = invalid(
  'GPU025',
  'limit-below-max-nodes',
  'A job that fits in maxNodes would wait for ever for the nodes beyond the limit.',
);
export const DRAIN_ENDS_RUN = unsafe(
  'GPU026',
  'drain-ends-run',
  'A node that expires or is removed is drained at any time of a run, and ends it although it asks not to be disrupted.',
  'https://karpenter.sh/docs/concepts/disruption/#terminationgraceperiod',
);
