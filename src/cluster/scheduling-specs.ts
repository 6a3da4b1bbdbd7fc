import { dnsLabelProblem, dnsSubdomainProblem, labelKeyProblem } from '../core/names';
import type { Shape } from '../core/shape';
import { bool, enumOf, integer, listOf, optional, record, text } from '../core/shape';
import type { Toleration } from '../kinds/toleration';
import { tolerationShape } from '../kinds/toleration';
import { GangScheduler } from './settings';

/** A Kueue LocalQueue, as workloads need to know it. */
export interface QueueSpec {
  /** Name of the LocalQueue; CLU006 when two entries of that name hold for the same namespace. */
  readonly name: string;
  /**
   * Namespaces in which it exists.
   *
   * @default - every namespace that uses it
   */
  readonly namespaces?: string[];
  /**
   * Pools that its flavors cover, by their names in the profile. CLU001 when the profile has no pool of that name.
   *
   * @default - unknown; GPU models are not checked against it
   */
  readonly pools?: string[];
  /**
   * Tolerations that its flavors carry. Queued work carries exactly these, so that what Kueue adds changes nothing.
   *
   * @default - none; Kueue adds those of the flavor
   */
  readonly tolerations?: Toleration[];
  /**
   * Node labels by which its flavors know how near nodes are to each other, from the widest level to the narrowest: `levels` of the
   * Topology that the ResourceFlavors name. CLU006 when one stands there twice.
   *
   * Kueue then gives every pod its node, and starts all pods of a gang or none; see `topology` of DistributedTraining.
   *
   * @default - none: Kueue counts quotas, and a gang may start in part
   * @see https://kueue.sigs.k8s.io/docs/concepts/topology_aware_scheduling/
   */
  readonly topology?: string[];
  /**
   * Resources that its ClusterQueue covers, such as `nvidia.com/gpu` and `cpu`. TRN037 for a run that asks for another.
   *
   * @default - unknown; every resource is taken
   * @see https://kueue.sigs.k8s.io/docs/concepts/cluster_queue/#resources
   */
  readonly coveredResources?: string[];
}

/** A scheduler that starts all pods of a gang or none. */
export interface GangSchedulerSpec {
  /**
   * Which it is; the kinds of its groups must be served. CLU006 for WORKLOAD_API when `kubernetes` is older than 1.35.
   *
   * WORKLOAD_API wants the feature gates GenericWorkload and GangScheduling in the API server and the scheduler, and its version in
   * `--runtime-config`. Without the gates the API server drops the field of the pods in silence.
   */
  readonly scheduler: GangScheduler;
  /**
   * Name that pods call it by.
   *
   * @default - `scheduler-plugins-scheduler` of coscheduling, `volcano` of Volcano, `kai-scheduler` of KAI; with WORKLOAD_API pods
   * name none
   */
  readonly schedulerName?: string;
  /**
   * Queue of KAI that runs wait in. CLU006 with another scheduler, which does not read it. Label `kai.scheduler/queue` of pods.
   *
   * @default - `default-queue` of KAI; with other schedulers none
   */
  readonly queue?: string;
}

/** A PriorityClass of the cluster. */
export interface PriorityClassSpec {
  /** Name of the class; CLU006 when it starts with `system-`, which Kubernetes keeps to its own two. */
  readonly name: string;
  /**
   * Value: pods of a higher one may evict pods of a lower one.
   *
   * COR004 above 1000000000, the greatest that Kubernetes lets users define.
   */
  readonly value: number;
  /**
   * Whether pods of the class evict others at all.
   *
   * @default true
   */
  readonly preempts?: boolean;
}

/** Check of the name of a class or scheduler. */
export const className = text({ max: 253, grammar: dnsSubdomainProblem });
/** Check of the key of a node label. */
export const labelKey = text({ max: 317, grammar: labelKeyProblem });
const poolName = text({ max: 63, grammar: (name) => dnsLabelProblem(name) });
/** Most levels of a topology of Kueue. */
const MOST_LEVELS = 16;

/** Checks of a queue. Its name becomes the value of a label on workloads, hence 63 characters. */
export const queueShape: Shape<QueueSpec> = {
  name: text({ max: 63, grammar: (name) => dnsSubdomainProblem(name, 63) }),
  namespaces: optional(listOf(text({ max: 63, grammar: (name) => dnsLabelProblem(name) }))),
  pools: optional(listOf(poolName)),
  tolerations: optional(listOf(record('Toleration', tolerationShape))),
  topology: optional(listOf(labelKey, { min: 1, max: MOST_LEVELS })),
  coveredResources: optional(listOf(labelKey, { min: 1 })),
};

/** Checks of a gang scheduler. */
export const gangSchedulerShape: Shape<GangSchedulerSpec> = {
  scheduler: enumOf('GangScheduler', GangScheduler),
  schedulerName: optional(className),
  queue: optional(text({ max: 63, grammar: (name) => dnsSubdomainProblem(name, 63) })),
};

/** Checks of a priority class. */
export const priorityClassShape: Shape<PriorityClassSpec> = {
  name: className,
  value: integer({ min: -2147483648, max: 2000001000 }),
  preempts: optional(bool),
};
