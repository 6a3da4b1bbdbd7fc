import type { Duration } from 'cdk8s';
import { duration } from '../core/amounts';
import { dnsLabelProblem } from '../core/names';
import type { Shape } from '../core/shape';
import { bool, enumOf, listOf, mapOf, optional, record, text } from '../core/shape';
import { KubernetesVersion } from '../kinds/version';
import type { GpuPoolProps } from './gpu-pool';
import { gpuPoolShape } from './gpu-pool';
import type { GangSchedulerSpec, PriorityClassSpec, QueueSpec } from './scheduling-specs';
import { className, gangSchedulerShape, labelKey, priorityClassShape, queueShape } from './scheduling-specs';
import { AccessMode, Component, Delivery, Provider, ServingBackend, Stage, TrainingBackend } from './settings';

/** A StorageClass of the cluster. */
export interface StorageClassSpec {
  /** Name of the class. */
  readonly name: string;
  /** Access modes that its driver really offers. */
  readonly accessModes: AccessMode[];
  /**
   * Whether data outlives its claim (reclaim policy Retain).
   *
   * @default false
   */
  readonly retains?: boolean;
}

/** What the manifests cannot say of a cluster, and everything rendered for it must know. */
export interface ClusterProfileProps {
  /** Name of the cluster. */
  readonly name: string;
  /**
   * Version of the API server.
   *
   * @default KubernetesVersion.V1_33
   */
  readonly kubernetes?: KubernetesVersion;
  /**
   * Who runs the nodes.
   *
   * @default Provider.ON_PREMISES
   */
  readonly provider?: Provider;
  /**
   * What the cluster is for.
   *
   * @default Stage.DEVELOPMENT
   */
  readonly stage?: Stage;
  /**
   * How manifests reach the cluster.
   *
   * @default Delivery.DECLARED
   */
  readonly delivery?: Delivery;
  /**
   * Operators and schedulers that are installed.
   *
   * @default - nothing beside Kubernetes itself is taken to be there
   */
  readonly components?: Component[];
  /**
   * Kinds that Kueue manages, as in `integrations.frameworks` of its configuration.
   *
   * @default - those of Kueue 0.19: `batch/job`, `jobset.x-k8s.io/jobset`, `trainer.kubeflow.org/trainjob`, `kubeflow.org/mpijob`,
   * Ray's kinds, pods, Deployments, StatefulSets and LeaderWorkerSets; of the Training Operator v1 none
   * @see https://kueue.sigs.k8s.io/docs/reference/kueue-config.v1beta2/#Integrations
   */
  readonly kueueFrameworks?: string[];
  /**
   * Time that Kueue gives an admitted run until all its pods are ready, images pulled and nodes made: `waitForPodsReady.timeout` of its
   * configuration. After that the run is stopped and queued again, from the start.
   *
   * TRN038 (unsafe) for a run whose nodes wait for each other for less than that.
   *
   * @default Duration.minutes(30)
   * @see https://kueue.sigs.k8s.io/docs/tasks/manage/setup_wait_for_pods_ready/
   */
  readonly kueueWaitForPodsReady?: Duration;
  /**
   * What runs distributed jobs that do not say it themselves. CLU009 when `components` lacks what it needs.
   *
   * @default TrainingBackend.INDEXED_JOB
   */
  readonly trainingBackend?: TrainingBackend;
  /**
   * Scheduler that starts all pods of a gang or none: a gang gets a group of its own, and its pods name the scheduler.
   *
   * Not in a queue with a topology, where Kueue does it, and not for a Volcano Job, whose operator makes a group. The operator of a backend
   * must not make groups itself (`--gang-scheduler-name` of the Training Operator, `--batch-scheduler` of KubeRay). TRN039 (unsafe) for
   * a run that names another scheduler, TRN055 (unsafe) where the operator of the backend loses the group.
   *
   * @default - the scheduler of the cluster, which places pod after pod
   * @see https://github.com/kubernetes-sigs/scheduler-plugins/tree/master/pkg/coscheduling
   */
  readonly gangScheduler?: GangSchedulerSpec;
  /**
   * What serves models.
   *
   * @default ServingBackend.DEPLOYMENT
   */
  readonly servingBackend?: ServingBackend;
  /**
   * GPU pools, by name.
   *
   * @default - none is known
   */
  readonly pools?: { readonly [name: string]: GpuPoolProps };
  /**
   * LocalQueues.
   *
   * @default - unknown; every name is taken
   */
  readonly queues?: QueueSpec[];
  /**
   * Node labels of levels of the topology, by the name that runs say in `Topology.required(...)`: `{ rack: 'example.com/rack' }`.
   *
   * Beside `zone` and `host`, which every cluster has, `nvlink-domain`, and those of the provider: on GCP `block` and `subblock`, on AWS
   * `network-node-layer-1` (the widest) to `network-node-layer-3`.
   *
   * @default - these alone
   */
  readonly topologyLevels?: { readonly [name: string]: string };
  /**
   * PriorityClasses.
   *
   * @default - unknown; every name is taken
   */
  readonly priorityClasses?: PriorityClassSpec[];
  /**
   * StorageClasses.
   *
   * @default - unknown; every name is taken
   */
  readonly storageClasses?: StorageClassSpec[];
}

/** Checks of a storage class. */
export const storageClassShape: Shape<StorageClassSpec> = {
  name: className,
  accessModes: listOf(enumOf('AccessMode', AccessMode), { min: 1, max: 4 }),
  retains: optional(bool),
};

const MOST_NAMED_LEVELS = 50;

/** Most pools of one profile. */
export const MOST_POOLS = 500;

const MOST_WAIT_SECONDS = 30 * 24 * 3600;

/** Check of the time that Kueue waits. */
export const waitTime = duration({ min: 1, max: MOST_WAIT_SECONDS });

/** Checks of a profile. */
export const clusterProfileShape: Shape<ClusterProfileProps> = {
  name: text({ max: 63, grammar: (name) => dnsLabelProblem(name) }),
  kubernetes: optional(enumOf('KubernetesVersion', KubernetesVersion)),
  provider: optional(enumOf('Provider', Provider)),
  stage: optional(enumOf('Stage', Stage)),
  delivery: optional(enumOf('Delivery', Delivery)),
  components: optional(listOf(enumOf('Component', Component))),
  kueueFrameworks: optional(listOf(text({ max: 100, grammar: frameworkProblem }))),
  kueueWaitForPodsReady: optional(waitTime),
  trainingBackend: optional(enumOf('TrainingBackend', TrainingBackend)),
  gangScheduler: optional(record('GangSchedulerSpec', gangSchedulerShape)),
  servingBackend: optional(enumOf('ServingBackend', ServingBackend)),
  pools: optional(mapOf(record('GpuPoolProps', gpuPoolShape), (name) => dnsLabelProblem(name), MOST_POOLS)),
  queues: optional(listOf(record('QueueSpec', queueShape))),
  topologyLevels: optional(mapOf(labelKey, (name) => dnsLabelProblem(name), MOST_NAMED_LEVELS)),
  priorityClasses: optional(listOf(record('PriorityClassSpec', priorityClassShape))),
  storageClasses: optional(listOf(record('StorageClassSpec', storageClassShape))),
};

/** Kueue writes `group/kind`, or `Kind.version.group` of a framework of somebody else. */
function frameworkProblem(framework: string): string | undefined {
  return /^[A-Za-z0-9]([-A-Za-z0-9./]*[A-Za-z0-9])?$/.test(framework)
    ? undefined
    : "must consist of letters, digits, '-', '.' and '/', and start and end with a letter or digit";
}
