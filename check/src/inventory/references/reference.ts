import type { Field } from '../field';

/** What a name leads to. */
export type ReferenceKind =
  | 'claim'
  | 'cluster-queue'
  | 'config-map'
  | 'priority-class'
  | 'queue'
  | 'resource-claim'
  | 'resource-flavor'
  | 'role'
  | 'runtime'
  | 'runtime-class'
  | 'secret'
  | 'service'
  | 'service-account'
  | 'storage-class'
  | 'trigger-authentication'
  | 'workflow-template';

/** A place that names another object. */
export interface Reference {
  readonly kind: ReferenceKind;
  /** Where the name stands. */
  readonly field: Field;
  /** Kinds that it can lead to, as `group/kind`; the group of the core is empty. */
  readonly targets: readonly string[];
  readonly name: string;
  /** Namespace in which it is looked up; undefined when the manifests leave it open, or the target has none. */
  readonly namespace?: string;
  /** Whether the object works without what is named. */
  readonly optional: boolean;
  /** Entry that it asks for in a ConfigMap or Secret. */
  readonly key?: Field;
}

/** What each kind of reference leads to. */
export const TARGETS: { readonly [kind in ReferenceKind]: readonly string[] } = {
  claim: ['/PersistentVolumeClaim'],
  'cluster-queue': ['kueue.x-k8s.io/ClusterQueue'],
  'config-map': ['/ConfigMap'],
  'priority-class': ['scheduling.k8s.io/PriorityClass'],
  queue: ['kueue.x-k8s.io/LocalQueue'],
  'resource-claim': ['resource.k8s.io/ResourceClaim'],
  'resource-flavor': ['kueue.x-k8s.io/ResourceFlavor'],
  role: ['rbac.authorization.k8s.io/Role'],
  runtime: ['serving.kserve.io/ServingRuntime', 'serving.kserve.io/ClusterServingRuntime'],
  'runtime-class': ['node.k8s.io/RuntimeClass'],
  secret: ['/Secret'],
  service: ['/Service'],
  'service-account': ['/ServiceAccount'],
  'storage-class': ['storage.k8s.io/StorageClass'],
  'trigger-authentication': ['keda.sh/TriggerAuthentication'],
  'workflow-template': ['argoproj.io/WorkflowTemplate'],
};

/** Kinds of targets that have no namespace. */
const CLUSTER_WIDE: ReadonlySet<string> = new Set([
  'kueue.x-k8s.io/ClusterQueue',
  'scheduling.k8s.io/PriorityClass',
  'kueue.x-k8s.io/ResourceFlavor',
  'node.k8s.io/RuntimeClass',
  'storage.k8s.io/StorageClass',
  'rbac.authorization.k8s.io/ClusterRole',
  'keda.sh/ClusterTriggerAuthentication',
  'argoproj.io/ClusterWorkflowTemplate',
  'serving.kserve.io/ClusterServingRuntime',
  'trainer.kubeflow.org/ClusterTrainingRuntime',
]);

/** Whether objects of a kind, written `group/kind`, have no namespace. */
export function isClusterWide(target: string): boolean {
  return CLUSTER_WIDE.has(target);
}
