import { invalid, unsafe } from '../core/diagnostics';

const JOBS = 'https://kubernetes.io/docs/concepts/workloads/controllers/job/';

/** TRN: runs, schedules and gangs. */
export const RETRIES_WITHOUT_CHECKPOINTS = unsafe(
  'TRN001',
  'retries-without-checkpoints',
  'Every retry repeats all the work.',
  `${JOBS}#pod-backoff-failure-policy`,
);
export const TTL_ON_DECLARED_RUN = unsafe(
  'TRN002',
  'ttl-on-declared-run',
  'Once the TTL removes the run, the next sync of Git makes and runs it again.',
  'https://github.com/argoproj/argo-cd/issues/8586',
);
export const LONG_DEADLINE = unsafe(
  'TRN003',
  'long-deadline',
  'A run that hangs is paid until its deadline.',
  `${JOBS}#job-termination-and-cleanup`,
);
export const EXIT_CODES = invalid(
  'TRN004',
  'bad-exit-codes',
  'The API server refuses the pod failure policy.',
  `${JOBS}#pod-failure-policy`,
);
export const SPOT_WITHOUT_CHECKPOINTS = unsafe(
  'TRN005',
  'spot-without-durable-checkpoints',
  'When the spot node is taken back, all the work is lost.',
);
export const GRACE_BEYOND_NOTICE = unsafe(
  'TRN006',
  'grace-longer-than-spot-notice',
  'The node is gone before the grace period ends.',
);
export const PRIORITY_WITHOUT_QUEUE = invalid(
  'TRN007',
  'workload-priority-without-queue',
  'Only Kueue reads the WorkloadPriorityClass, and only of queued work.',
);
export const DEADLINE_BEYOND_PERIOD = unsafe(
  'TRN008',
  'deadline-longer-than-period',
  'A slow run makes the schedule skip the next ones.',
);
export const NEVER_FIRES = invalid('TRN009', 'schedule-never-fires', 'The schedule names no day that exists.');
export const BAD_SCHEDULE = invalid(
  'TRN010',
  'bad-schedule',
  'The CronJob controller does not read it.',
  'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax',
);
export const BAD_TIME_ZONE = invalid(
  'TRN011',
  'unknown-time-zone',
  'The API server refuses the CronJob.',
  'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones',
);
export const DAYLIGHT_SAVING = unsafe(
  'TRN012',
  'daylight-saving-trap',
  'A local time that is skipped in spring does not run, and one that is repeated in autumn runs twice.',
);
export const EITHER_DAY = unsafe(
  'TRN013',
  'either-day-matches',
  'With a day of the month and a day of the week both set, either of them fires.',
);
export const SHORT_STARTING_DEADLINE = unsafe(
  'TRN014',
  'short-starting-deadline',
  'The controller looks every 10 seconds; a shorter deadline may never be met.',
);
export const OVERLAPPING_RUNS = unsafe(
  'TRN015',
  'overlapping-runs',
  'A tick that starts beside or instead of a running one doubles the bill or kills its work.',
);

export const BACKEND_LACKS = invalid('TRN016', 'backend-cannot-do-this', 'The operator would ignore it in silence.');
export const PROCESSES = invalid(
  'TRN017',
  'processes-do-not-divide-gpus',
  'Processes without a device of their own crash or wait for each other.',
);
export const BACKEND_MISSING = invalid(
  'TRN018',
  'training-backend-not-installed',
  'Nothing in the cluster runs the object.',
);
export const QUEUE_IGNORED = invalid(
  'TRN019',
  'queue-ignored-by-kueue',
  'Kueue as configured leaves the kind out: the label is ignored, and the run takes no quota.',
  'https://kueue.sigs.k8s.io/docs/reference/kueue-config.v1beta2/#Integrations',
);
export const FABRIC_UNKNOWN = invalid(
  'TRN020',
  'fabric-interfaces-unknown',
  'A pod without its interfaces talks over the network of the pods instead, many times slower.',
);
export const FABRIC_NOT_THERE = invalid(
  'TRN021',
  'fabric-not-on-nodes',
  'No node has so many: the pods wait for ever.',
);
export const FABRIC_ON_PART = unsafe(
  'TRN022',
  'fabric-on-part-of-node',
  'Adapters are near some GPUs of a node and far from others; a part of a node may get the wrong ones.',
);
export const ONE_PROCESS = invalid(
  'TRN023',
  'one-process-per-node',
  'Nothing starts the other processes, and the first waits for them.',
);
export const CHIEF_DECIDES = invalid(
  'TRN024',
  'chief-decides-success',
  'The operator looks at the chief alone, and stops workers that are still at work.',
  'https://github.com/kubeflow/training-operator/blob/v1.9.4/pkg/controller.v1/tensorflow/tfjob_controller.go',
);
export const NO_COMMAND = invalid('TRN025', 'nothing-to-launch', 'A pod without it ends at once, with nothing done.');
export const IDLE_GPUS = unsafe(
  'TRN026',
  'gpu-nodes-without-gpus',
  'The nodes are paid for their GPUs, and the run leaves them idle.',
);
export const SAVE_BEYOND_NOTICE = unsafe(
  'TRN045',
  'save-longer-than-notice',
  'The last checkpoint is cut off, and the work since the one before it is lost.',
);
export const DISRUPTION_ENDS_RUN = unsafe(
  'TRN046',
  'disruption-ends-run',
  'The first spot node that is taken back ends the run, or leaves it waiting until its deadline.',
);
export const SAVE_INTERVAL = unsafe(
  'TRN047',
  'checkpoint-interval',
  'Checkpoints are so rare that interruptions cost a large part of the work, or so frequent that the run only saves.',
  'https://doi.org/10.1145/361147.361115',
);
export const SPOT_AGAINST_MODEL = invalid(
  'TRN048',
  'fault-model-against-pool',
  'The run would be bounded for nodes that stay, on nodes that do not.',
);
export const NOTHING_TO_CHECK = invalid(
  'TRN049',
  'nothing-for-preflight',
  'The preflight would fail every pod, or look at nothing.',
);
export const KEY_UNREADABLE = invalid(
  'TRN050',
  'ssh-key-unreadable',
  'The launcher cannot reach a node, and waits until the deadline.',
  'https://github.com/kubeflow/trainer/blob/v2.3.0/pkg/constants/constants.go',
);
export const NO_NAMESPACE = invalid(
  'TRN030',
  'schedule-without-namespace',
  'A RoleBinding names the namespace of the account that it gives rights to.',
  'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-binding-examples',
);
export const GANG_SCHEDULER_BYPASSED = unsafe(
  'TRN039',
  'gang-scheduler-bypassed',
  'Another scheduler does not see the group: pods start one by one, and two gangs may wait for each other for ever.',
  'https://github.com/kubernetes-sigs/scheduler-plugins/tree/master/pkg/coscheduling',
);
export const PARALLELISM_SIZE = invalid(
  'TRN040',
  'parallelism-is-not-world-size',
  'The program refuses to start, with every GPU of the run already taken.',
  'https://docs.nvidia.com/megatron-core/developer-guide/latest/user-guide/parallelism-guide.html',
);
export const TENSOR_ACROSS_NODES = unsafe(
  'TRN041',
  'tensor-parallel-across-nodes',
  'Every layer then waits for the network, which is many times slower than NVLink.',
  'https://docs.nvidia.com/megatron-core/developer-guide/latest/user-guide/parallelism-guide.html',
);
export const IMPOSSIBLE_LEVEL = invalid(
  'TRN035',
  'impossible-topology-level',
  'No place of the cluster has room for it as it is asked for: the pods wait for ever.',
  'https://kueue.sigs.k8s.io/docs/concepts/topology_aware_scheduling/',
);
export const ROLES_APART = unsafe(
  'TRN036',
  'roles-placed-apart',
  'Kueue may put the roles of the gang into different places, far from each other.',
  'https://kueue.sigs.k8s.io/docs/concepts/topology_aware_scheduling/',
);
export const NOT_COVERED = invalid(
  'TRN037',
  'resource-not-in-queue',
  'Kueue never admits a run that asks for a resource that the ClusterQueue does not cover.',
  'https://kueue.sigs.k8s.io/docs/concepts/cluster_queue/#resources',
);
export const GIVES_UP_BEFORE_KUEUE = unsafe(
  'TRN038',
  'start-shorter-than-kueue-waits',
  'Nodes that started first give up while Kueue still waits for the last one.',
  'https://kueue.sigs.k8s.io/docs/tasks/manage/setup_wait_for_pods_ready/',
);
export const ELASTIC_BOUNDS = invalid(
  'TRN042',
  'elastic-bounds',
  'The gang never has enough nodes to start, or a size that the program cannot run with.',
  'https://docs.pytorch.org/docs/stable/elastic/run.html',
);
export const ELASTIC_WITHOUT_CHECKPOINTS = invalid(
  'TRN043',
  'elastic-without-checkpoints',
  'All processes start again whenever a node is lost or comes, and nothing that the nodes share says when the run is complete.',
  'https://docs.pytorch.org/docs/stable/elastic/train_script.html',
);
export const CONTRADICTING_FLAG = invalid(
  'TRN044',
  'launcher-flag-contradicts-run',
  'torchrun obeys its flags before its variables: processes wait for others that never come, or train apart.',
  'https://docs.pytorch.org/docs/stable/elastic/run.html',
);
export const OTHER_SCHEDULER = invalid(
  'TRN031',
  'another-scheduler',
  'Another scheduler starts pods one by one, or never, while Volcano waits to start them together.',
);
export const VOLCANO_QUEUE_UNREAD = invalid('TRN032', 'volcano-queue-unread', 'The run waits in no queue at all.');
export const GROUP_LOST = unsafe(
  'TRN055',
  'group-lost-by-operator',
  'An operator that does not know the field makes pods without it: they start one by one, and two gangs may wait for each other for ever.',
  'https://kubernetes.io/docs/concepts/scheduling-eviction/gang-scheduling/',
);
export const LAUNCHER_NOT_RESTRICTED = unsafe(
  'TRN060',
  'launcher-breaks-restricted',
  'Where the namespace enforces the level restricted the launcher never comes, and the nodes hold their GPUs until the deadline.',
  'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
);
export const TWO_MPI_OPERATORS = unsafe(
  'TRN061',
  'two-definitions-of-mpijob',
  'Both operators bring the definition mpijobs.kubeflow.org, each with one version: that of the other is not served.',
  'https://github.com/kubeflow/training-operator/blob/v1.9.4/manifests/base/crds/kubeflow.org_mpijobs.yaml',
);
export const HIDDEN_EXIT_CODES = invalid(
  'TRN063',
  'exit-codes-behind-torchrun',
  'The container ends with the code of torchrun: what the code should end is tried again.',
  'https://docs.pytorch.org/docs/stable/elastic/errors.html',
);
