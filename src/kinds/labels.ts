// Labels and annotations that our objects carry, and those of others that we write.

const PREFIX = 'cdk8s-ml.dev';

/** Value of `app.kubernetes.io/managed-by` on every object of ours. */
export const MANAGED_BY = 'cdk8s-ml';

/** Recommended labels. https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export const NAME_LABEL = 'app.kubernetes.io/name';
export const INSTANCE_LABEL = 'app.kubernetes.io/instance';
export const COMPONENT_LABEL = 'app.kubernetes.io/component';
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';

/** Component of the pods of training runs, which keeps them apart from a server of the same name. */
export const TRAINING_COMPONENT = 'training';

/** Identity of a declared run, on the object and its pods. */
export const RUN_LABEL = `${PREFIX}/run`;
/** Schedule that a run was made by. */
export const SCHEDULE_LABEL = `${PREFIX}/schedule`;
/** Pool whose nodes a provisioner labels for us. */
export const POOL_LABEL = `${PREFIX}/pool`;
/** Path of the construct that made an object. */
export const PATH_ANNOTATION = `${PREFIX}/path`;
/** Time that a server needs to load its model, for tools that read manifests. */
export const LOAD_TIME_ANNOTATION = `${PREFIX}/load-time`;
/** Kind of document in a ConfigMap of ours. */
export const DOCUMENT_LABEL = `${PREFIX}/document`;

/** What annotations start with that carry the reason for waiving a rule. */
export const WAIVER_PREFIX = `${PREFIX}/waive-`;

/** Annotation that carries the reason for waiving a rule. */
export function waiverAnnotation(ruleName: string): string {
  return `${WAIVER_PREFIX}${ruleName}`;
}

/** Set by the Job controller on its pods. https://kubernetes.io/docs/reference/labels-annotations-taints/#batchkubernetesio-job-name */
export const JOB_NAME_LABEL = 'batch.kubernetes.io/job-name';
export const JOB_INDEX_LABEL = 'batch.kubernetes.io/job-completion-index';
/** Set by the training operator on its pods. */
export const TRAINING_JOB_NAME_LABEL = 'training.kubeflow.org/job-name';
export const TRAINING_REPLICA_INDEX_LABEL = 'training.kubeflow.org/replica-index';
/** Set by the MPI operator on its pods: `launcher` or `worker`. */
export const TRAINING_JOB_ROLE_LABEL = 'training.kubeflow.org/job-role';
export const TRAINING_REPLICA_TYPE_LABEL = 'training.kubeflow.org/replica-type';
/** Set by KubeRay on the pods of its clusters: `head` or `worker`. */
export const RAY_NODE_TYPE_LABEL = 'ray.io/node-type';
/** Set by the controllers of Volcano on the pods of its Jobs. */
export const VOLCANO_JOB_NAME_LABEL = 'volcano.sh/job-name';
export const VOLCANO_TASK_INDEX_LABEL = 'volcano.sh/task-index';
/** Set by the JobSet operator on its pods. */
export const JOB_SET_NAME_LABEL = 'jobset.sigs.k8s.io/jobset-name';
export const REPLICATED_JOB_NAME_LABEL = 'jobset.sigs.k8s.io/replicatedjob-name';
/** Tells the Kubeflow Trainer which Job of a runtime trains. */
export const TRAINER_ANCESTOR_LABEL = 'trainer.kubeflow.org/trainjob-ancestor-step';

/** Kueue reads these on the job object, never on pods that belong to one. https://kueue.sigs.k8s.io/docs/reference/labels-and-annotations/ */
export const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';
export const WORKLOAD_PRIORITY_LABEL = 'kueue.x-k8s.io/priority-class';
export const MAX_EXEC_TIME_LABEL = 'kueue.x-k8s.io/max-exec-time-seconds';
export const MIN_PARALLELISM_ANNOTATION = 'kueue.x-k8s.io/job-min-parallelism';
export const COMPLETIONS_EQUAL_PARALLELISM_ANNOTATION = 'kueue.x-k8s.io/job-completions-equal-parallelism';

/** Group that a pod is a member of, by name: of the plugin Coscheduling, and of Volcano. */
export const COSCHEDULING_GROUP_LABEL = 'scheduling.x-k8s.io/pod-group';
export const VOLCANO_GROUP_ANNOTATION = 'scheduling.k8s.io/group-name';
/** Queue of KAI that a pod waits in, and the least number of pods of a Job that it starts together. */
export const KAI_QUEUE_LABEL = 'kai.scheduler/queue';
export const KAI_MIN_MEMBER_ANNOTATION = 'kai.scheduler/batch-min-member';

/** Keep autoscalers from moving a running pod. https://karpenter.sh/docs/concepts/disruption/ */
export const DO_NOT_DISRUPT_ANNOTATION = 'karpenter.sh/do-not-disrupt';
/** https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md */
export const SAFE_TO_EVICT_ANNOTATION = 'cluster-autoscaler.kubernetes.io/safe-to-evict';

/** https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ */
export const ARGO_SYNC_OPTIONS_ANNOTATION = 'argocd.argoproj.io/sync-options';
/** https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/ */
export const ARGO_SYNC_WAVE_ANNOTATION = 'argocd.argoproj.io/sync-wave';
/** https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources */
export const FLUX_PRUNE_ANNOTATION = 'kustomize.toolkit.fluxcd.io/prune';

const OWNERS: readonly (readonly [prefix: string, owner: string])[] = [
  [`${PREFIX}/`, 'cdk8s-ml'],
  [NAME_LABEL, 'cdk8s-ml'],
  [INSTANCE_LABEL, 'cdk8s-ml'],
  [MANAGED_BY_LABEL, 'cdk8s-ml'],
  [COMPONENT_LABEL, 'cdk8s-ml'],
  ['batch.kubernetes.io/', 'the Job controller'],
  ['training.kubeflow.org/', 'the training operator'],
  ['kueue.x-k8s.io/', 'Kueue, which reads it on the object and never on pods (see queue)'],
  ['jobset.sigs.k8s.io/', 'JobSet'],
  ['ray.io/', 'KubeRay'],
  ['volcano.sh/', 'Volcano'],
  ['trainer.kubeflow.org/', 'the Kubeflow Trainer'],
  ['controller-uid', 'the Job controller'],
  ['job-name', 'the Job controller'],
];

/** Who sets a label, when users must not. */
export function reservedLabelOwner(label: string): string | undefined {
  return OWNERS.find(([prefix]) => (prefix.endsWith('/') ? label.startsWith(prefix) : label === prefix))?.[1];
}

// https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/api/pod/warnings.go
const ANNOTATION_SUCCESSORS: readonly (readonly [prefix: string, successor: string])[] = [
  ['container.apparmor.security.beta.kubernetes.io/', 'the field appArmorProfile of securityContext'],
  ['container.seccomp.security.alpha.kubernetes.io/', 'the field seccompProfile of securityContext'],
  ['seccomp.security.alpha.kubernetes.io/pod', 'the field seccompProfile of securityContext'],
  ['scheduler.alpha.kubernetes.io/critical-pod', 'priorityClassName'],
  ['security.alpha.kubernetes.io/sysctls', 'the field sysctls of securityContext'],
  ['security.alpha.kubernetes.io/unsafe-sysctls', 'the field sysctls of securityContext'],
];

/** What took the place of an annotation of pods that Kubernetes deprecates. */
export function annotationSuccessor(key: string): string | undefined {
  const found = ANNOTATION_SUCCESSORS.find(([prefix]) =>
    prefix.endsWith('/') ? key.startsWith(prefix) : key === prefix,
  );
  return found?.[1];
}
