import { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Problem } from '../core/diagnostics';
import { DiagnosticError, refuse } from '../core/diagnostics';
import { checkArgument, checkOptions, instanceOf, record } from '../core/shape';
import { isPlainObject, snapshot } from '../core/snapshot';
import { KubernetesVersion } from '../kinds/version';
import { BAD_PROFILE, PROFILE_TOO_LATE } from './diagnostics';
import type { GpuPoolProps } from './gpu-pool';
import { profileProblems, soundParts } from './profile-checks';
import { encodeProfile, profileOfDocument, profileOfText } from './profile-document';
import type { ClusterProfileProps, StorageClassSpec } from './profile-props';
import type { GangSchedulerSpec, PriorityClassSpec, QueueSpec } from './scheduling-specs';
import { clusterProfileShape } from './profile-props';
import type { Component } from './settings';
import { Delivery, Provider, ServingBackend, Stage, TrainingBackend } from './settings';

const CONTEXT = 'cdk8s-ml.dev/cluster-profile';

/**
 * A cluster as the platform team knows it: version, provider, operators, pools, queues, classes.
 *
 * Attached to any construct, it holds for everything below. Without one, constructs render for Kubernetes 1.33 with no
 * operator and take every name of a pool, queue or class on trust.
 *
 * It is also one JSON document with a published schema (`schema/cluster-profile.v1.schema.json`), so that a platform team
 * can share it: `toJson()` writes it, `fromJson(text)` and `fromObject(document)` read it, and a `ProfileConfigMap` puts it
 * beside the manifests for `cdk8s-ml-check`.
 */
export class ClusterProfile {
  /**
   * The profile of a JSON text, such as a file read with `readFileSync(path, 'utf8')`.
   *
   * CLU006 when it is no JSON, has a key twice or is a document of another kind or version, COR011 above 1 MiB, and
   * everything that `new ClusterProfile(...)` refuses; all problems in one error, each with its path in the document.
   */
  public static fromJson(text: string): ClusterProfile {
    return new ClusterProfile(profileOfText(text));
  }

  /**
   * The profile of a document that is an object already, as `import document from './cluster.json'` gives it.
   *
   * As `fromJson`; a key that stands twice in the file is lost before it gets here.
   */
  public static fromObject(document: unknown): ClusterProfile {
    return new ClusterProfile(profileOfDocument(document));
  }

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

  /**
   * The profile that holds at a construct: the nearest one attached, or the one for an unknown cluster.
   *
   * CLU006 when what was attached comes from another copy of this package.
   */
  public static of(scope: IConstruct): ClusterProfile {
    const attached: unknown = scope.node.tryGetContext(CONTEXT);
    if (attached === undefined) return UNKNOWN_CLUSTER;
    if (attached instanceof ClusterProfile) return attached;
    const message = `the profile that holds at ${scope.node.path || 'the app'} was not made by this copy of cdk8s-ml.`;
    refuse(BAD_PROFILE, message, 'Install cdk8s-ml once (npm ls cdk8s-ml), or hand the profile over as JSON.');
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
  /** Time that Kueue gives an admitted run until all its pods are ready. */
  public readonly kueueWaitForPodsReady: Duration;
  /** What serves models. */
  public readonly servingBackend: ServingBackend;

  private readonly props: ClusterProfileProps;

  constructor(props: ClusterProfileProps) {
    this.props = checked(props);
    this.name = this.props.name;
    this.kubernetes = this.props.kubernetes ?? KubernetesVersion.V1_33;
    this.provider = this.props.provider ?? Provider.ON_PREMISES;
    this.stage = this.props.stage ?? Stage.DEVELOPMENT;
    this.delivery = this.props.delivery ?? Delivery.DECLARED;
    this.trainingBackend = this.props.trainingBackend ?? TrainingBackend.INDEXED_JOB;
    this.kueueWaitForPodsReady = this.props.kueueWaitForPodsReady ?? Duration.minutes(30);
    this.servingBackend = this.props.servingBackend ?? ServingBackend.DEPLOYMENT;
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

  /** Node labels of levels of the topology, by name, beside those that every cluster or its provider has. */
  public get topologyLevels(): { [name: string]: string } {
    return { ...this.props.topologyLevels };
  }

  /** Scheduler that starts all pods of a gang or none; undefined when there is none. */
  public get gangScheduler(): GangSchedulerSpec | undefined {
    return this.props.gangScheduler && { ...this.props.gangScheduler };
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

  /**
   * The profile as a JSON document that `fromJson` reads back to an equal one.
   *
   * Always the same text for the same profile: properties in one order, pools and labels by name, amounts as Kubernetes
   * quantities; what was not given is left out. COR011 above 1 MiB.
   */
  public toJson(): string {
    return encodeProfile(this.props);
  }
}

/** A copy of the props, or one error with everything that is wrong with them, in shape or between parts. */
function checked(props: ClusterProfileProps): ClusterProfileProps {
  const given = snapshot(props);
  if (!isPlainObject(given)) return checkOptions('ClusterProfileProps', props, clusterProfileShape);
  const problems: Problem[] = [];
  record('ClusterProfileProps', clusterProfileShape)(given, '', problems);
  problems.push(...profileProblems(soundParts(given, problems), given));
  if (problems.length > 0) throw new DiagnosticError(problems);
  return fixed(given);
}

/** The same that nobody can change any more, maps in the order of their keys. Values with a class are immutable already. */
function fixed<T>(value: T): T {
  if (Array.isArray(value)) return Object.freeze(value.map(fixed)) as T;
  if (!isPlainObject(value)) return value;
  const given = Object.entries(value).filter(([, one]) => one !== undefined);
  const sorted = given.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.freeze(Object.fromEntries(sorted.map(([key, one]) => [key, fixed(one)]))) as T;
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
