import { TrainingBackend } from '../../cluster/settings';
import { KubernetesVersion } from '../../kinds/version';
import { MpiImplementation } from '../frameworks/mpi-options';
import type { BackendRow, RunEnds } from './backend-row';
import { RestartScope } from './backend-row';
import { GangRole } from '../gang-role';

const LAUNCHED = 'CronWorkflow of Argo, or CronJob with a small pod that makes the object.';
const AT_ONCE =
  'All pods at once. In a queue whose flavors have a topology all of them or none; elsewhere nothing keeps a part from starting alone.';
const BY_QUEUE = 'By Kueue, which starts it when there is quota.';
const RESTARTED_WHOLE =
  'All pods are removed, then made again, as often as backoffLimit says. A disruption is not counted, unless a peer fails before it is seen.';
const DECLARED_TTL = 'Its own field, written with Delivery.CREATE_ONCE.';

/** The operators of Kubeflow write a time for either end, and at most five conditions. */
const KUBEFLOW_ENDS: RunEnds = { success: 'status.completionTime', failure: anyConditionIs('Failed', 5) };

/** A comma means "or" where a failure is looked for. */
function anyConditionIs(type: string, most: number): string {
  return Array.from({ length: most }, (_, index) => `status.conditions.${index}.type == ${type}`).join(',');
}

/** Every backend. The docs' table, the refusals and the tests are made of it. */
export const BACKEND_TABLE: { readonly [kind in TrainingBackend]: BackendRow } = {
  [TrainingBackend.INDEXED_JOB]: {
    resource: 'Job',
    frameworks: ['pytorch', 'plain', 'tensorflow', 'jax', 'xgboost', 'deepspeed'],
    restarts: [RestartScope.POD],
    endsOnExitCodes: true,
    ttl: true,
    ends: { success: 'status.completionTime', failure: anyConditionIs('Failed', 3) },
    elastic: ['pytorch'],
    workloadApi: [KubernetesVersion.V1_35, KubernetesVersion.V1_36],
    does: {
      start: AT_ONCE,
      rendezvous: 'A headless Service of ours gives every pod a host name before it is ready.',
      podRestart: 'A new pod with the same rank; its peers fail too, so each retry is counted once for every pod.',
      gangRestart: 'None.',
      success: 'When every pod has succeeded.',
      deadline: 'Of the whole run; with a queue from each admission.',
      ttl: DECLARED_TTL,
      cleanUp: 'Pods stay with the Job; those at work when it fails are stopped.',
      suspend: BY_QUEUE,
      elastic:
        'From `minNodes` on, by torchrun. Kueue may admit it with fewer nodes when there is no quota for all; applying the object again is then refused and changes nothing.',
      embedding: 'CronJob; with a gang scheduler as the others, so that each run has its group.',
    },
    evidence: 'Kubernetes 1.35',
  },
  [TrainingBackend.PYTORCH_JOB]: {
    resource: 'PyTorchJob',
    frameworks: ['pytorch', 'deepspeed'],
    restarts: [RestartScope.POD],
    endsOnExitCodes: false,
    ttl: true,
    ends: KUBEFLOW_ENDS,
    elastic: ['pytorch'],
    workloadApi: [KubernetesVersion.V1_36],
    does: {
      start: AT_ONCE,
      rendezvous: 'A Service of the operator for every pod; the address of worker 0 comes from us.',
      podRestart: 'The container starts again on its node; restarts of all pods are counted together.',
      gangRestart: 'None.',
      success: 'When every worker has succeeded; an elastic run when its program says so.',
      deadline: 'Of the run, looked at when something happens to it; the pods end themselves shortly after.',
      ttl: DECLARED_TTL,
      cleanUp: 'Pods at work when the run ends are removed, ended ones stay.',
      suspend: 'By Kueue, where kubeflow.org/pytorchjob is switched on.',
      elastic:
        'From `minNodes` on, by torchrun; quota is taken for all nodes. The operator takes the end of one worker for that of the run, so a script of ours lets none end before the run is complete.',
      embedding: LAUNCHED,
    },
    evidence: 'Training Operator 1.9.4',
  },
  [TrainingBackend.JAX_JOB]: {
    resource: 'JAXJob',
    frameworks: ['jax'],
    restarts: [RestartScope.POD],
    endsOnExitCodes: false,
    ttl: true,
    ends: KUBEFLOW_ENDS,
    workloadApi: [KubernetesVersion.V1_36],
    does: {
      start: AT_ONCE,
      rendezvous: 'A Service of the operator for every pod; the variables `JAX_*` come from us.',
      podRestart: 'The container starts again on its node; restarts of all pods are counted together.',
      gangRestart: 'None.',
      success: 'When every worker has succeeded.',
      deadline: 'Of the run, looked at when something happens to it; the pods end themselves shortly after.',
      ttl: DECLARED_TTL,
      cleanUp: 'Pods at work when the run ends are removed, ended ones stay.',
      suspend: 'By Kueue, where kubeflow.org/jaxjob is switched on.',
      elastic: 'No.',
      embedding: LAUNCHED,
    },
    evidence: 'Training Operator 1.9.4',
  },
  [TrainingBackend.XGBOOST_JOB]: {
    resource: 'XGBoostJob',
    frameworks: ['xgboost'],
    restarts: [RestartScope.POD],
    endsOnExitCodes: false,
    ttl: true,
    lossOfPod: 'one lost pod ends the run',
    ends: KUBEFLOW_ENDS,
    workloadApi: [KubernetesVersion.V1_36],
    does: {
      start: AT_ONCE,
      rendezvous: 'A Service of the operator for every pod; a script of ours runs the tracker on the first.',
      podRestart:
        'The container starts again on its node; restarts of all pods are counted together. A pod that is lost ends the run.',
      gangRestart: 'None.',
      success: 'When the first pod has succeeded, which waits until all others have left the tracker.',
      deadline: 'Of the run, looked at when something happens to it; the pods end themselves shortly after.',
      ttl: DECLARED_TTL,
      cleanUp: 'Pods at work when the run ends are removed, ended ones stay.',
      suspend: 'By Kueue, where kubeflow.org/xgboostjob is switched on.',
      elastic: 'No.',
      embedding: 'None.',
    },
    evidence: 'Training Operator 1.9.4',
  },
  [TrainingBackend.JOB_SET]: {
    resource: 'JobSet',
    frameworks: ['pytorch', 'plain', 'tensorflow', 'jax', 'xgboost', 'deepspeed'],
    restarts: [RestartScope.GANG],
    endsOnExitCodes: true,
    ttl: true,
    ends: { success: 'status.terminalState == Completed', failure: 'status.terminalState == Failed' },
    workloadApi: [KubernetesVersion.V1_36],
    does: {
      start: AT_ONCE,
      rendezvous: 'A headless Service of the operator gives every pod a host name before it is ready.',
      podRestart: 'None: the gang starts again.',
      gangRestart: RESTARTED_WHOLE,
      success: 'When every pod has succeeded.',
      deadline:
        'Of each start of the gang. With a queue also of all starts together and a minute more, after which Kueue suspends the run for good.',
      ttl: DECLARED_TTL,
      cleanUp: 'Ended pods stay with their Job; those at work when the run fails are removed.',
      suspend: `${BY_QUEUE} A client-side apply is then refused, one by the server changes nothing.`,
      elastic: 'No.',
      embedding: LAUNCHED,
    },
    evidence: 'JobSet 0.12.0, Kueue 0.19.2',
  },
  [TrainingBackend.TRAIN_JOB]: {
    resource: 'TrainJob',
    frameworks: ['pytorch', 'jax', 'xgboost', 'plain', 'deepspeed', 'mpi', 'horovod'],
    roles: [GangRole.LAUNCHER],
    mpi: [MpiImplementation.OPEN_MPI],
    restarts: [RestartScope.GANG],
    endsOnExitCodes: true,
    ttl: false,
    ends: { success: 'status.jobsStatus.0.succeeded > 0', failure: anyConditionIs('Failed', 3) },
    // JobSet 0.12 lists its Jobs by their names, backwards: node, launcher.
    endsWithLauncher: { success: 'status.jobsStatus.1.succeeded > 0', failure: anyConditionIs('Failed', 3) },
    workloadApi: [KubernetesVersion.V1_36],
    does: {
      start: `When its runtime is there, and refused before that: apply in order. ${AT_ONCE} A launcher of MPI waits until every node answers.`,
      rendezvous:
        'A headless Service of the JobSet gives every pod a host name before it is ready. A launcher has a host file of the operator, and starts the processes over SSH.',
      podRestart: 'None: the gang starts again.',
      gangRestart: `${RESTARTED_WHOLE} With a launcher too: when it fails, or a node.`,
      success: 'When every pod has succeeded; with a launcher when that has.',
      deadline:
        'Of all starts together; with a queue from each admission. The JobSet then goes, and pods and logs with it.',
      ttl: 'No field. With Delivery.CREATE_ONCE the JobSet and its pods go after 24 hours, and the TrainJob stays.',
      cleanUp:
        'Ended pods stay with their Job; those at work when the run fails are removed, and nodes when their launcher has ended.',
      suspend: BY_QUEUE,
      elastic: 'No.',
      embedding: LAUNCHED,
    },
    evidence: 'Kubeflow Trainer 2.3.0, JobSet 0.12.0, Kueue 0.19.2',
  },
  [TrainingBackend.TF_JOB]: {
    resource: 'TFJob',
    frameworks: ['tensorflow'],
    roles: [GangRole.CHIEF, GangRole.PARAMETER_SERVER, GangRole.EVALUATOR],
    restarts: [RestartScope.POD],
    endsOnExitCodes: false,
    ttl: true,
    lossOfPod: 'one drained pod ends the run',
    ends: KUBEFLOW_ENDS,
    workloadApi: [KubernetesVersion.V1_36],
    does: {
      start: AT_ONCE,
      rendezvous: 'A Service of the operator for every pod; TF_CONFIG of the operator names all of them.',
      podRestart:
        'The container starts again on its node; restarts of all pods are counted together. A pod that is drained or deleted fails the run, whatever its retries; only where the operator misses its end does it make it again, as its source says.',
      gangRestart: 'None.',
      success:
        'When the chief has succeeded; without a chief when every worker has, or on request when the first one has.',
      deadline: 'Of the run, looked at when something happens to it; the pods end themselves shortly after.',
      ttl: DECLARED_TTL,
      cleanUp: 'Pods at work when the run ends are removed, parameter servers and evaluator too; ended ones stay.',
      suspend: 'By Kueue, where kubeflow.org/tfjob is switched on.',
      elastic: 'No.',
      embedding: LAUNCHED,
    },
    evidence: 'Training Operator 1.9.4',
  },
  [TrainingBackend.MPI_JOB]: {
    resource: 'MPIJob',
    frameworks: ['mpi', 'horovod', 'deepspeed'],
    roles: [GangRole.LAUNCHER],
    mpi: Object.values(MpiImplementation),
    restarts: [RestartScope.GANG],
    endsOnExitCodes: false,
    ttl: false,
    lossOfPod: 'a node that the kubelet ends is not made again',
    ends: KUBEFLOW_ENDS,
    workloadApi: [KubernetesVersion.V1_35],
    does: {
      start: `Nodes and launcher; the launcher waits until every node answers. ${AT_ONCE}`,
      rendezvous: 'A host file of the operator for the launcher, which starts the processes over SSH.',
      podRestart:
        'The SSH server of a node starts again where it is, and a drained node is made again. One that the kubelet ended (eviction, shutdown) is not: the next launcher waits for it until the deadline.',
      gangRestart:
        'A new launcher starts all processes on the same nodes, as often as backoffLimit says; a disruption counts too.',
      success: 'When the launcher has succeeded.',
      deadline: 'Of the launcher, which is made with the nodes; with a queue from each admission.',
      ttl: 'Of the launcher alone, with Delivery.CREATE_ONCE; the MPIJob stays.',
      cleanUp: 'The nodes are removed when the launcher has ended; its pod stays.',
      suspend: BY_QUEUE,
      elastic: 'No.',
      embedding: LAUNCHED,
    },
    evidence: 'MPI Operator 0.8.0',
  },
  [TrainingBackend.MPI_JOB_V1]: {
    resource: 'MPIJob',
    title: 'MPIJob v1',
    frameworks: ['mpi', 'horovod', 'deepspeed'],
    roles: [GangRole.LAUNCHER],
    restarts: [RestartScope.GANG],
    endsOnExitCodes: false,
    ttl: true,
    lossOfPod: 'one lost pod ends the run',
    ends: KUBEFLOW_ENDS,
    workloadApi: [], // not tried
    does: {
      start: `Nodes and launcher; the launcher waits until every node answers. ${AT_ONCE} Where the namespace enforces the level restricted the launcher is refused, and the nodes wait for it until their deadline.`,
      rendezvous:
        'A host file of the operator for the launcher, which starts the processes by `kubectl exec` through the API server, with an account and a role that the operator makes for it.',
      podRestart:
        'The container of a node starts again where it is, which counts. A pod that the kubelet ended fails the run, whatever its retries; so does one that is drained or deleted, unless the operator misses its end and makes it again: then the launcher loses its processes.',
      gangRestart:
        'The launcher starts again where it is, and with it all processes on the same nodes, as often as backoffLimit says.',
      success: 'When the launcher has succeeded.',
      deadline: 'Of the run, looked at when something happens to it; the pods end themselves shortly after.',
      ttl: DECLARED_TTL,
      cleanUp: 'Pods at work when the run ends are removed, ended ones stay; account and role go with the MPIJob.',
      suspend: 'Not by Kueue, which knows v2beta1 of the kind alone.',
      elastic: 'No.',
      embedding: LAUNCHED,
    },
    evidence: 'Training Operator 1.9.4, without kubelets: `kubectl exec` itself was not run',
  },
  [TrainingBackend.VOLCANO_JOB]: {
    resource: 'Job',
    title: 'Volcano Job',
    frameworks: ['pytorch', 'plain', 'jax', 'xgboost', 'deepspeed'],
    restarts: [RestartScope.GANG],
    endsOnExitCodes: true,
    ttl: true,
    ends: {
      success: 'status.state.phase == Completed',
      failure: 'status.state.phase in (Failed, Terminated, Aborted)',
    },
    countsDisruptions: true,
    workloadApi: [],
    does: {
      start:
        'All pods or none: the scheduler of Volcano places the gang as a whole. One for which there is no room has no pods.',
      rendezvous: 'A headless Service of the controller gives every pod a host name before it is ready.',
      podRestart: 'None: the gang starts again.',
      gangRestart: 'All pods are removed, then made again, as often as backoffLimit says; a disruption counts too.',
      success: 'When every pod has succeeded.',
      deadline: 'Of each start of the gang, from when its pods run: the kind has none. A run that waits holds nothing.',
      ttl: DECLARED_TTL,
      cleanUp: 'Ended pods stay; those at work when the run fails are removed.',
      suspend: 'Not by Kueue, which does not manage it; Volcano queues it itself.',
      elastic: 'No.',
      embedding: LAUNCHED,
    },
    evidence: 'Volcano 1.14.1, without its webhooks',
  },
  [TrainingBackend.RAY_JOB]: {
    resource: 'RayJob',
    frameworks: ['ray', 'pytorch'],
    roles: [GangRole.HEAD],
    restarts: [RestartScope.GANG],
    endsOnExitCodes: false,
    ttl: false,
    ends: {
      success: 'status.jobDeploymentStatus == Complete,status.jobStatus == SUCCEEDED',
      failure: 'status.jobDeploymentStatus in (Failed, ValidationFailed),status.jobStatus == STOPPED',
    },
    countsDisruptions: true,
    workloadApi: [KubernetesVersion.V1_35],
    does: {
      start: `Head and nodes, then the program. ${AT_ONCE}`,
      rendezvous: 'A headless Service of the operator leads the nodes to the head; Ray knows the rest.',
      podRestart:
        'A node that is lost is made again and joins the same cluster. Whether the program lives on is its own affair: what was started on the node is lost.',
      gangRestart:
        'The whole cluster is made again, as often as backoffLimit says; a program that ends for a disruption counts too.',
      success: 'When the program on the head has ended with exit code 0.',
      deadline:
        'Of each start of the gang. With a queue also of all starts together and a minute more, after which Kueue suspends the run for good.',
      ttl: 'None of the run; its own field is that of the cluster.',
      cleanUp:
        'The cluster is removed when the program has ended. The pod that followed its output stays, and the log with it.',
      suspend: `${BY_QUEUE} An apply by the server is then refused, and a forced one takes out the place that Kueue gave, which a cluster that is made again lacks: name the pool.`,
      elastic: 'No.',
      embedding: LAUNCHED,
    },
    evidence: 'KubeRay 1.6.2, Kueue 0.19.2; Ray 2.60 for the script',
  },
};
