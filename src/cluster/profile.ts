import type { IConstruct } from 'constructs';
import { refuse } from '../core/diagnostics';
import { dnsLabelProblem, dnsSubdomainProblem } from '../core/names';
import type { Shape } from '../core/shape';
import {
  bool,
  checkArgument,
  checkOptions,
  enumOf,
  instanceOf,
  integer,
  listOf,
  mapOf,
  optional,
  record,
  text,
} from '../core/shape';
import type { Toleration } from '../kinds/toleration';
import { TaintEffect } from '../kinds/toleration';
import { KubernetesVersion } from '../kinds/version';
import { PROFILE_TOO_LATE } from './diagnostics';
import type { GpuPoolProps } from './gpu-pool';
import { gpuPoolShape, taintShape } from './gpu-pool';
import { AccessMode, Component, Delivery, Provider, ServingBackend, Stage, TrainingBackend } from './settings';

/** A Kueue LocalQueue, as workloads need to know it. */
export interface QueueSpec {
  /** Name of the LocalQueue. */
  readonly name: string;
  /**
   * Namespaces in which it exists.
   *
   * @default - every namespace that uses it
   */
  readonly namespaces?: string[];
  /**
   * Pools that its flavors cover, by their names in the profile.
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
}

/** A PriorityClass of the cluster. */
export interface PriorityClassSpec {
  /** Name of the class. */
  readonly name: string;
  /** Value: pods of a higher one may evict pods of a lower one. */
  readonly value: number;
  /**
   * Whether pods of the class evict others at all.
   *
   * @default true
   */
  readonly preempts?: boolean;
}

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
   * @default - none
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
   * What runs distributed jobs that do not say it themselves.
   *
   * @default TrainingBackend.INDEXED_JOB
   */
  readonly trainingBackend?: TrainingBackend;
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

/** Checks of a toleration. */
export const tolerationShape: Shape<Toleration> = {
  ...taintShape,
  effect: optional(enumOf('TaintEffect', TaintEffect)),
};

const name = text({ max: 253, grammar: dnsSubdomainProblem });

/** Checks of a profile. */
export const clusterProfileShape: Shape<ClusterProfileProps> = {
  name: text({ max: 63, grammar: dnsLabelProblem }),
  kubernetes: optional(enumOf('KubernetesVersion', KubernetesVersion)),
  provider: optional(enumOf('Provider', Provider)),
  stage: optional(enumOf('Stage', Stage)),
  delivery: optional(enumOf('Delivery', Delivery)),
  components: optional(listOf(enumOf('Component', Component))),
  kueueFrameworks: optional(listOf(text({ max: 100 }))),
  trainingBackend: optional(enumOf('TrainingBackend', TrainingBackend)),
  servingBackend: optional(enumOf('ServingBackend', ServingBackend)),
  pools: optional(mapOf(record('GpuPoolProps', gpuPoolShape), (pool) => dnsLabelProblem(pool), 500)),
  queues: optional(
    listOf(
      record<QueueSpec>('QueueSpec', {
        name,
        namespaces: optional(listOf(text({ max: 63, grammar: dnsLabelProblem }))),
        pools: optional(listOf(text({ max: 63 }))),
        tolerations: optional(listOf(record('Toleration', tolerationShape))),
      }),
    ),
  ),
  priorityClasses: optional(
    listOf(
      record<PriorityClassSpec>('PriorityClassSpec', {
        name,
        value: integer({ min: -2147483648, max: 2000001000 }),
        preempts: optional(bool),
      }),
    ),
  ),
  storageClasses: optional(
    listOf(
      record<StorageClassSpec>('StorageClassSpec', {
        name,
        accessModes: listOf(enumOf('AccessMode', AccessMode), { min: 1, max: 4 }),
        retains: optional(bool),
      }),
    ),
  ),
};

const CONTEXT = 'cdk8s-ml.dev/cluster-profile';

/**
 * A cluster as the platform team knows it: version, provider, operators, pools, queues, classes.
 *
 * Attached to any construct, it holds for everything below. Without one, constructs render for Kubernetes 1.33 with no
 * operator and take every name of a pool, queue or class on trust.
 */
export class ClusterProfile {
  /**
   * Attaches a profile to a construct, mostly the app or a chart.
   *
   * CLU005 when the construct has children already: they would have been made for another cluster.
   */
  public static attach(scope: IConstruct, profile: ClusterProfile): void {
    checkArgument(
      'profile',
      profile,
      instanceOf(ClusterProfile, 'new ClusterProfile({...}) or ClusterProfile.fromJson(...)'),
    );
    if (scope.node.children.length > 0) {
      const fix = 'Attach the profile before anything is made below the construct.';
      refuse(PROFILE_TOO_LATE, `${scope.node.path || 'the app'} has children already.`, fix);
    }
    scope.node.setContext(CONTEXT, profile);
  }

  /** The profile that holds at a construct: the nearest one attached, or the one for an unknown cluster. */
  public static of(scope: IConstruct): ClusterProfile {
    const attached: unknown = scope.node.tryGetContext(CONTEXT);
    return attached instanceof ClusterProfile ? attached : UNKNOWN_CLUSTER;
  }

  /** Name of the cluster. */
  public readonly name: string;
  /** Version of the API server. */
  public readonly kubernetes: KubernetesVersion;
  /** Who runs the nodes. */
  public readonly provider: Provider;
  /** What the cluster is for. */
  public readonly stage: Stage;
  /** How manifests reach the cluster. */
  public readonly delivery: Delivery;
  /** What runs distributed jobs that do not say it themselves. */
  public readonly trainingBackend: TrainingBackend;
  /** What serves models. */
  public readonly servingBackend: ServingBackend;

  private readonly props: ClusterProfileProps;

  constructor(props: ClusterProfileProps) {
    checkOptions('ClusterProfileProps', props, clusterProfileShape);
    this.props = { ...props };
    this.name = props.name;
    this.kubernetes = props.kubernetes ?? KubernetesVersion.V1_33;
    this.provider = props.provider ?? Provider.ON_PREMISES;
    this.stage = props.stage ?? Stage.DEVELOPMENT;
    this.delivery = props.delivery ?? Delivery.DECLARED;
    this.trainingBackend = props.trainingBackend ?? TrainingBackend.INDEXED_JOB;
    this.servingBackend = props.servingBackend ?? ServingBackend.DEPLOYMENT;
  }

  /** Operators and schedulers that are installed. */
  public get components(): Component[] {
    return [...(this.props.components ?? [])];
  }

  /** Kinds that Kueue manages, as in its configuration. */
  public get kueueFrameworks(): string[] {
    return [...(this.props.kueueFrameworks ?? KUEUE_DEFAULT_FRAMEWORKS)];
  }

  /** GPU pools by name. */
  public get pools(): { [name: string]: GpuPoolProps } {
    return { ...this.props.pools };
  }

  /** LocalQueues; undefined when the profile does not say. */
  public get queues(): QueueSpec[] | undefined {
    return this.props.queues && [...this.props.queues];
  }

  /** PriorityClasses; undefined when the profile does not say. */
  public get priorityClasses(): PriorityClassSpec[] | undefined {
    return this.props.priorityClasses && [...this.props.priorityClasses];
  }

  /** StorageClasses; undefined when the profile does not say. */
  public get storageClasses(): StorageClassSpec[] | undefined {
    return this.props.storageClasses && [...this.props.storageClasses];
  }

  /** Whether anything is known of the cluster at all. */
  public get isKnown(): boolean {
    return this !== UNKNOWN_CLUSTER;
  }
}

// https://github.com/kubernetes-sigs/kueue/blob/v0.19.2/config/components/manager/controller_manager_config.yaml
const KUEUE_DEFAULT_FRAMEWORKS = [
  'batch/job',
  'kubeflow.org/mpijob',
  'ray.io/rayjob',
  'ray.io/raycluster',
  'ray.io/rayservice',
  'jobset.x-k8s.io/jobset',
  'trainer.kubeflow.org/trainjob',
  'pod',
  'deployment',
  'statefulset',
  'leaderworkerset.x-k8s.io/leaderworkerset',
];

const UNKNOWN_CLUSTER = new ClusterProfile({ name: 'unknown' });
