import type { ApiObjectMetadata, Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ClusterProfile } from '../cluster/profile';
import { Delivery } from '../cluster/settings';
import { secondsOf, duration } from '../core/amounts';
import type { Problem } from '../core/diagnostics';
import { labelValueProblem } from '../core/names';
import type { Shape } from '../core/shape';
import { optional, text } from '../core/shape';
import {
  ARGO_SYNC_OPTIONS_ANNOTATION,
  INSTANCE_LABEL,
  QUEUE_LABEL,
  RUN_LABEL,
  WORKLOAD_PRIORITY_LABEL,
} from '../kinds/labels';
import { objectName } from '../render/object-name';
import { TTL_ON_DECLARED_RUN } from './diagnostics';
import { memberLabels } from './training-pod';
import type { TrainingProps } from './training-props';

/** What identifies a run that is declared in Git. */
export interface DeclaredRunProps {
  /**
   * Which run this is, such as `v3`. The object is called `<name>-<run>`.
   *
   * A run cannot be changed: another spec under the same run is refused by the API server, and nothing is lost. Another run
   * is another object, on purpose, with checkpoints of its own.
   *
   * @default - the object is called `<name>`
   */
  readonly run?: string;
  /**
   * Name of the run's object, before the run.
   *
   * COR005 when the whole is no name of Kubernetes.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
  /**
   * Time after which an ended run is removed, logs included; at least a minute. `spec.ttlSecondsAfterFinished`
   *
   * TRN002 (unsafe) with Delivery.DECLARED: the next sync would run it again. TRN016 with a backend that removes nothing.
   *
   * @default - never with Delivery.DECLARED, 24 hours with Delivery.CREATE_ONCE
   */
  readonly ttl?: Duration;
}

// Less would take the logs away before anything has read them.
const SHORTEST_TTL_SECONDS = 60;

/** Checks of what identifies a run. */
export const declaredRunShape: Shape<DeclaredRunProps> = {
  run: optional(text({ max: 40, grammar: labelValueProblem })),
  name: optional(text({ max: 63 })),
  ttl: optional(duration({ min: SHORTEST_TTL_SECONDS, max: 3650 * 86400 })),
};

const TTL_SECONDS = 24 * 3600;

/** Names and labels of a declared run. */
export interface RunIdentity {
  /** Name without the run: what Services, policies and dashboards know the work by. */
  readonly baseName: string;
  /** Name of the object. */
  readonly objectName: string;
  /** Labels of the pods beside the name. */
  readonly podLabels: { readonly [label: string]: string };
  /** Head of the object. */
  readonly metadata: ApiObjectMetadata & { readonly name: string };
}

/** Names and labels of a declared run; `nameProblem` holds the name budget of its kind. */
export function runIdentity(
  scope: IConstruct,
  props: TrainingProps & DeclaredRunProps,
  nameProblem: (name: string) => string | undefined,
): RunIdentity {
  const name = objectName(scope, props.name, props.run, nameProblem);
  const baseName = props.name ?? scope.node.id;
  const podLabels = { [INSTANCE_LABEL]: name, ...(props.run === undefined ? {} : { [RUN_LABEL]: props.run }) };
  const isDeclared = ClusterProfile.of(scope).delivery === Delivery.DECLARED;
  return {
    baseName,
    objectName: name,
    podLabels,
    metadata: {
      name,
      labels: { ...props.labels, ...podLabels, ...memberLabels(baseName), ...queueLabels(props) },
      // Argo CD asks before it removes a run that may still be at work.
      annotations: isDeclared ? { [ARGO_SYNC_OPTIONS_ANNOTATION]: 'Prune=confirm' } : {},
    },
  };
}

/** Labels that Kueue reads on the object of a job, and only there. */
export function queueLabels({ queue, workloadPriorityClassName }: TrainingProps): { [label: string]: string } {
  return {
    ...(queue ? { [QUEUE_LABEL]: queue.queueName } : {}),
    ...(workloadPriorityClassName === undefined ? {} : { [WORKLOAD_PRIORITY_LABEL]: workloadPriorityClassName }),
  };
}

/** Time after which an ended run is removed, by how manifests reach the cluster. */
export function ttlSeconds(scope: IConstruct, ttl: Duration | undefined): number | undefined {
  if (ttl) return secondsOf(ttl);
  return ClusterProfile.of(scope).delivery === Delivery.CREATE_ONCE ? TTL_SECONDS : undefined;
}

/** What a declared run must not say. */
export function declaredRunProblems(scope: IConstruct, { ttl }: DeclaredRunProps): Problem[] {
  if (!ttl || ClusterProfile.of(scope).delivery !== Delivery.DECLARED) return [];
  const message = `ttl is ${secondsOf(ttl)} s, and a run that Git declares would be made and run again after that.`;
  return [
    {
      rule: TTL_ON_DECLARED_RUN,
      property: 'ttl',
      message,
      fix: 'Leave ttl out; take the run out of Git when it is done. Or set delivery in the profile to CREATE_ONCE.',
    },
  ];
}
