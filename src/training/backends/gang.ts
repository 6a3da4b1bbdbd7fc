import type { NetworkPolicyEgressRule } from '../../../imports/k8s';
import type { TrainingBackend } from '../../cluster/settings';
import type { Problem } from '../../core/diagnostics';
import type { KubernetesVersion } from '../../kinds/version';
import type { Manifest } from '../../render/api-object';
import type { PodDescription } from '../../render/pod-description';
import type { ElasticSettings } from '../frameworks/elastic';
import type { Framework } from '../frameworks/framework';
import type { GangPlace } from '../place/gang-place';
import type { GangRole, RolePlan } from '../gang-role';
import type { RunBounds } from '../run-bounds';
import type { TrainingPodOptions } from '../training-pod';

/** Pods of one kind in a gang. */
export interface Role extends RolePlan {
  readonly pod: PodDescription;
}

/** A distributed run, resolved: what a backend needs to write it. */
export interface Gang {
  /** Name without the run, as Services and policies know the gang. */
  readonly baseName: string;
  /** Name of objects that belong to this run alone, or on a schedule to all of its runs. */
  readonly ownName: string;
  /** Head of the object; its name is that of the run. */
  readonly metadata: Manifest['metadata'];
  /** The nodes first. */
  readonly roles: readonly [Role, ...Role[]];
  readonly run: RunBounds;
  readonly framework: Framework;
  /** From how many nodes on it trains; undefined for one that needs all. */
  readonly elastic?: ElasticSettings;
  readonly kubernetes: KubernetesVersion;
  /** All that its pods may reach; undefined for anything. */
  readonly egress?: readonly NetworkPolicyEgressRule[];
  /** Queue of Volcano that the run waits in. */
  readonly volcanoQueue: string;
}

/** What is known of a gang before its pods are resolved. */
export interface GangPlan {
  readonly baseName: string;
  readonly framework: Framework;
  readonly elastic?: ElasticSettings;
  /** The nodes first. */
  readonly roles: readonly [RolePlan, ...RolePlan[]];
  readonly place: GangPlace;
  /** Time in which the processes must have met, where we bound it. */
  readonly startSeconds: number;
}

/** What a backend gives to the pods of a gang. */
export type GangPodOptions = Pick<
  TrainingPodOptions,
  | 'containerName'
  | 'runLabel'
  | 'env'
  | 'restartPolicy'
  | 'podAffinity'
  | 'subdomain'
  | 'ports'
  | 'capabilities'
  | 'fsGroup'
> & {
  /** Variables that the operator adds to each container, which users must not set. */
  readonly injectedEnv: readonly string[];
  /** What the container runs instead of the user's command and arguments; with an empty list what its operator makes of it. */
  readonly command?: readonly string[];
  /** What the user's command comes after. */
  readonly commandBefore?: readonly string[];
};

/** Something that can run a gang. Pure: it returns manifests, and constructs place them. */
export interface BackendStrategy {
  readonly kind: TrainingBackend;
  /** Whether the first node stands in the object as a set of pods of its own. */
  readonly hasFirstNode?: boolean;
  /** Whether no label that its operator sets on pods holds the name of the run. */
  readonly leavesPodsUnnamed?: boolean;
  /** What the name of a run on a schedule ends with, where its operator makes something of the name of the Job that starts it. */
  readonly scheduledSuffix?: string;
  /** Whether its own operator groups the pods, for its own scheduler. */
  readonly groupsPods?: boolean;
  /** What the pods of a role must carry. */
  podOptions(plan: GangPlan, role: GangRole): GangPodOptions;
  /** What it cannot do of what is asked, beside what the table of backends says. */
  supports(gang: Gang): Problem[];
  /** The longest name derived from the object's, which Kubernetes limits to 63 characters. */
  longestDerivedName(objectName: string, plan: GangPlan): string;
  /** The object that runs the gang. */
  workload(gang: Gang): Manifest;
  /** Objects of the run that must be there before it. */
  prerequisites?(gang: Gang): Manifest[];
  /** Objects beside it: those that all runs of the gang share, and those of the run alone. */
  companions(gang: Gang): Manifest[];
}
