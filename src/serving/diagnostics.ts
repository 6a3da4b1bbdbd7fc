import { invalid, unsafe } from '../core/diagnostics';

const KUBERNETES = 'https://kubernetes.io/docs';
const HPA = `${KUBERNETES}/tasks/run-application/horizontal-pod-autoscale/`;
const TERMINATION = `${KUBERNETES}/concepts/workloads/pods/pod-lifecycle/#pod-termination`;

/** SRV: servers of models, how they start, scale, and go. */
export const ONE_REPLICA = unsafe(
  'SRV001',
  'one-replica-in-production',
  'Every rollout, drain and lost node interrupts the service.',
);
export const FLOATING_REVISION = unsafe(
  'SRV002',
  'floating-model-revision',
  'Two replicas may serve different models, and a bad upload reaches users without a rollout.',
);
export const SHORT_STARTUP = unsafe(
  'SRV003',
  'startup-shorter-than-load',
  'The kubelet kills the container while it loads the model, for ever.',
  `${KUBERNETES}/concepts/configuration/liveness-readiness-startup-probes/#startup-probe`,
);
export const SHORT_GRACE = unsafe(
  'SRV004',
  'grace-shorter-than-requests',
  'Requests that are still answered when the pod has to go are cut off.',
  TERMINATION,
);
export const SPOT_SERVING = unsafe(
  'SRV005',
  'serving-on-spot',
  'All replicas may be taken back at once, within the notice of the provider.',
);
export const CPU_SIGNAL = unsafe(
  'SRV006',
  'cpu-scaling-of-gpu-server',
  'The CPU of a GPU server says nothing about its load: it idles while the GPU is full, or spins while it waits.',
);
export const NO_REQUEST = invalid(
  'SRV007',
  'utilization-without-request',
  'The autoscaler computes utilization from the request, and without one never scales.',
  HPA,
);
export const MIN_ABOVE_MAX = invalid('SRV008', 'min-replicas-above-max', 'The API server refuses the autoscaler.', HPA);
export const SCALE_TO_ZERO = invalid(
  'SRV009',
  'scale-to-zero',
  'A HorizontalPodAutoscaler keeps one replica at least; nothing would wake a server that is gone.',
  'https://keda.sh/docs/latest/concepts/scaling-deployments/',
);
export const RANGE_WITHOUT_SCALING = invalid(
  'SRV010',
  'replica-range-without-scaling',
  'Kubernetes would scale on 80 percent of CPU, which nobody asked for.',
  HPA,
);
export const SCALING_WITHOUT_RANGE = invalid(
  'SRV011',
  'scaling-without-replica-range',
  'With a fixed count, every apply resets what the autoscaler decided.',
  HPA,
);
export const NO_IN_FLIGHT_METRIC = invalid(
  'SRV012',
  'no-in-flight-metric',
  'The autoscaler would wait for a metric that nothing reports.',
);
export const MORE_THAN_POOL = unsafe(
  'SRV013',
  'more-replicas-than-pool',
  'The last replicas wait for ever, just when the load is highest; a rollout that surges may never end.',
);
export const POOL_TOO_SMALL = invalid(
  'SRV014',
  'fewer-places-than-replicas',
  'The replicas that must always be there never all run.',
);
export const ROLLOUT_OUTAGE = unsafe(
  'SRV015',
  'rollout-without-replicas',
  'During every rollout no replica answers.',
  `${KUBERNETES}/concepts/workloads/controllers/deployment/#strategy`,
);
export const SURGE_ON_ONE_NODE_CLAIM = invalid(
  'SRV016',
  'surge-with-one-node-claim',
  'The new pod waits for the claim that the old one holds, and the old one waits for the new pod.',
  `${KUBERNETES}/concepts/storage/persistent-volumes/#access-modes`,
);
export const BAD_MODEL_SOURCE = invalid('SRV017', 'model-not-for-runtime', 'The server has no model to load.');
export const WRONG_DEVICES = invalid(
  'SRV018',
  'runtime-without-its-devices',
  'The image has no code for the devices of the pod and exits at once.',
);
export const OWN_ARGUMENT = invalid(
  'SRV019',
  'argument-set-twice',
  'The last one wins in silence, and probes, ports or limits no longer fit the server.',
);
export const REMOTE_CODE = unsafe(
  'SRV020',
  'remote-code',
  'Code from the repository of the model runs in the pod.',
  'https://docs.vllm.ai/en/latest/usage/security/',
);
export const CPU_SERVER_ON_GPUS = unsafe(
  'SRV021',
  'cpu-server-on-gpu-nodes',
  'It takes CPU and memory that the GPUs of the node need, and keeps an idle GPU node alive.',
);
export const PORT_CONFLICT = invalid('SRV022', 'port-conflict', 'The API server refuses the Service.');
export const GRACE_BEYOND_NOTICE = unsafe(
  'SRV023',
  'drain-longer-than-spot-notice',
  'The node is gone before the grace period ends.',
);
