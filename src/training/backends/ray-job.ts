import type { NetworkPolicyIngressRule } from '../../../imports/k8s';
import type { RayJobSpec } from '../../../imports/ray.io';
import { Size } from 'cdk8s';
import { TrainingBackend } from '../../cluster/settings';
import { kibibytes } from '../../core/amounts';
import type { Problem } from '../../core/diagnostics';
import { show } from '../../core/diagnostics';
import { NAME_TOO_LONG } from '../../kinds/diagnostics';
import { COMPONENT_LABEL, INSTANCE_LABEL, RAY_NODE_TYPE_LABEL } from '../../kinds/labels';
import type { Literal } from '../../render/literal';
import type { ContainerDescription, PodDescription } from '../../render/pod-description';
import { podTemplate } from '../../render/pod-template';
import { gangNetworkPolicy } from './companions';
import type { BackendStrategy, Gang, GangPlan, GangPodOptions } from './gang';
import { GangRole } from '../gang-role';
import { boundedByQueue } from './bounded-by-queue';
import { gangAffinity, RENDEZVOUS_PORT } from './rendezvous';

/** Name of the group of workers, which is a part of the names of their pods. */
const NODES = 'node';
/** What KubeRay appends to the name of a run for that of its cluster, and to that for its Service. */
const CLUSTER_SUFFIX = '-abcde';
const HEAD_SERVICE_SUFFIX = '-head-svc';
/** What KubeRay takes, so that no name that it derives is cut. */
const LONGEST_NAME = 47;
const DASHBOARD_PORT = 8265;
/** Component of the operator's pods, of its chart and of its manifests. */
const OPERATOR = 'kuberay-operator';

const SUBMITTER = 'ray-job-submitter';
const SUBMITTER_CPU_MILLIS = 250;
const SUBMITTER_MEMORY = Size.mebibytes(512); // the client of Ray is a Python program of about 200 MiB
const SUBMITTER_VARIABLES = new Set(['HOME', 'USER', 'LOGNAME']);
const SUBMITTER_VOLUMES = new Set(['home', 'tmp']);

/** Variable with the words of the program, which the script on the head reads. */
const COMMAND = 'COMMAND';

/** What the operator sets, and what it refuses or takes as a wish for something else. */
const INJECTED = [
  'RAY_ADDRESS',
  'RAY_PORT',
  'RAY_IP',
  'FQ_RAY_IP',
  'RAY_CLUSTER_NAME',
  'RAY_CLUSTER_NAMESPACE',
  'RAY_CLOUD_INSTANCE_ID',
  'RAY_NODE_TYPE_NAME',
  'KUBERAY_GEN_RAY_START_CMD',
  'RAY_USAGE_STATS_EXTRA_TAGS',
  'RAY_REDIS_ADDRESS',
  'REDIS_USERNAME',
  'RAY_enable_autoscaler_v2',
  COMMAND,
];

/**
 * RayJob of KubeRay: a Ray cluster of a head and the nodes, made for the run and removed after it.
 *
 * A Job of the operator submits the program and follows its output, so that the log is there when the cluster is not. When the
 * program fails, the cluster is made anew. No label of the operator on the pods holds the name of the run, and the cluster
 * has another name after each start: the pods know their run by a label of ours.
 *
 * @see https://docs.ray.io/en/latest/cluster/kubernetes/getting-started/rayjob-quick-start.html
 */
export const rayJob: BackendStrategy = {
  kind: TrainingBackend.RAY_JOB,
  leavesPodsUnnamed: true,
  // The operator calls the Job that submits the program after the run, and would take that of the tick for it.
  scheduledSuffix: '-ray',

  podOptions: (plan, role) =>
    // What the operator runs on a node is a worker of Ray; the program comes to it from the head.
    role === GangRole.HEAD ? shared(plan, role) : { ...shared(plan, role), command: [] },

  supports: ({ metadata }) => nameProblems(metadata.name),

  longestDerivedName: (objectName) => objectName + CLUSTER_SUFFIX + HEAD_SERVICE_SUFFIX,

  workload: (gang) => ({
    apiVersion: 'ray.io/v1',
    kind: 'RayJob',
    metadata: boundedByQueue(gang),
    spec: rayJobSpec(gang),
  }),

  companions: (gang) => [gangNetworkPolicy(gang, [OPERATOR_ASKS_THE_HEAD])],
};

/** The operator learns from the head how the program does; it runs in a namespace that we do not know. */
const OPERATOR_ASKS_THE_HEAD: NetworkPolicyIngressRule = {
  from: [{ namespaceSelector: {}, podSelector: { matchLabels: { [COMPONENT_LABEL]: OPERATOR } } }],
  ports: [{ port: DASHBOARD_PORT, protocol: 'TCP' }],
};

function shared(plan: GangPlan, role: GangRole): GangPodOptions {
  const [{ replicas, processesPerReplica }] = plan.roles;
  const torch = plan.framework.name === 'pytorch';
  const sizes = {
    [torch ? 'PET_NNODES' : 'NUM_NODES']: replicas,
    [torch ? 'PET_NPROC_PER_NODE' : 'NUM_PROC_PER_NODE']: processesPerReplica,
    ...(torch ? { PET_MASTER_PORT: RENDEZVOUS_PORT } : { NUM_PROCESSES: replicas * processesPerReplica }),
  };
  return {
    runLabel: INSTANCE_LABEL,
    podAffinity: gangAffinity(plan, INSTANCE_LABEL, { role, nodeLabels: { [RAY_NODE_TYPE_LABEL]: 'worker' } }),
    env: Object.entries(sizes).map(([name, value]) => ({ name, value: String(value) })),
    injectedEnv: torch ? [...INJECTED, 'PET_NODE_RANK', 'PET_MASTER_ADDR'] : INJECTED,
  };
}

function rayJobSpec({ roles, run }: Gang): Literal<RayJobSpec> {
  // A framework without a head is refused, and rendered nevertheless.
  const [node, head = node] = roles;
  return {
    activeDeadlineSeconds: run.activeDeadlineSeconds,
    backoffLimit: run.retries,
    entrypoint: head.pod.main.command?.slice(0, SCRIPT_WORDS).join(' '),
    rayClusterSpec: {
      headGroupSpec: {
        // No task and no actor of the run takes room on it.
        rayStartParams: { 'num-cpus': '0', 'num-gpus': '0' },
        template: podTemplate(headPod(head.pod)),
      },
      workerGroupSpecs: [
        {
          groupName: NODES,
          replicas: node.replicas,
          minReplicas: node.replicas,
          maxReplicas: node.replicas,
          rayStartParams: {},
          // As the operator writes it, which writes the whole list: another apply then changes nothing.
          numOfHosts: 1,
          scaleStrategy: {},
          template: podTemplate(node.pod),
        },
      ],
    },
    // Its TTL is that of the cluster and its GPUs, which nobody needs any more; the object stays either way.
    shutdownAfterJobFinishes: true,
    submissionMode: 'K8sJobMode',
    submitterPodTemplate: podTemplate(submitterPod(head.pod)),
  };
}

/** `python3` and the script, which go through two shells; the words of the user come to the script in a variable. */
const SCRIPT_WORDS = 2;

function headPod(pod: PodDescription): PodDescription {
  const { command = [], args = [], env } = pod.main;
  const words = [...command.slice(SCRIPT_WORDS), ...args];
  const main: ContainerDescription = {
    ...pod.main,
    command: undefined,
    args: undefined,
    // The script puts the values of variables in: what they hold may be no part of JSON.
    env: [...env, { name: COMMAND, value: JSON.stringify(words).replaceAll('$', '$$$$') }],
  };
  return { ...pod, main };
}

/** A client of the head; that of the operator has no security context, which the level `restricted` refuses. */
function submitterPod(pod: PodDescription): PodDescription {
  const { image, imagePullPolicy, env, volumes } = pod.main;
  return {
    ...pod,
    main: {
      name: SUBMITTER,
      image,
      imagePullPolicy,
      env: env.filter(({ name }) => SUBMITTER_VARIABLES.has(name)),
      cpuMillis: SUBMITTER_CPU_MILLIS,
      memoryKib: kibibytes(SUBMITTER_MEMORY),
      volumes: volumes.filter(({ name }) => SUBMITTER_VOLUMES.has(name)),
    },
    initContainers: [],
    sidecars: [],
    restartPolicy: 'Never',
    fsGroup: false,
    affinity: pod.affinity && { nodeAffinity: pod.affinity.nodeAffinity },
  };
}

function nameProblems(name: string): Problem[] {
  if (name.length <= LONGEST_NAME) return [];
  return [
    {
      rule: NAME_TOO_LONG,
      property: 'name',
      value: show(name),
      message: `the run is called ${show(name)}, which has ${name.length} characters, and KubeRay takes ${LONGEST_NAME}.`,
      fix: `Shorten name or run by ${name.length - LONGEST_NAME} characters.`,
    },
  ];
}
